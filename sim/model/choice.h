#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/brokers.h"

namespace onward {

inline constexpr std::uint16_t kNoBroker = 0xffff;

/// A person's occasion to choose. `key` names the occasion: the same key has the same errors.
struct Consideration {
  PersonId person{};
  std::uint32_t key = 0;
  double sunk = 0.0;           ///< added cost of staying, for those already committed
  bool after_refusal = false;  ///< the choice of a refused person who is abroad
};

/// What a community knew when an occasion came up, for a choice that is made when it knows more.
struct Lessons {
  double trust = 0.0;  ///< in what brokers claim
  /// For each place that has refused the person, in order: cases that the belief about it rests on.
  const double* evidence = nullptr;
};

struct Surroundings;

enum class Intent : std::uint8_t { kStay, kReturnOrigin, kReturnHome, kGo };

/// One thing that a person can do, with what it is worth.
struct Alternative {
  Intent intent = Intent::kStay;
  PlaceId place{};
  Channel channel = Channel::kSelf;
  Story story = Story::kConceal;
  std::uint16_t broker = kNoBroker;
  bool resettled = false;  ///< taken in by the destination, without a claim
  double belief = 0.0;     ///< chance of protection that the person believes in
  double utility = 0.0;    ///< deterministic part
  double error = 0.0;      ///< random part
};

/// What a utility is added up from.
enum class Term : std::uint8_t {
  kAttraction,
  kSatisfaction,
  kSupport,
  kDiscrimination,
  kRefoulement,
  kKinFear,
  kSunk,
  kReturnOrigin,
  kReturnFear,
  kAfterRefusal,
  kWage,
  kBenefit,
  kWorkRight,
  kSchool,
  kEnglish,
  kFamilyReunion,
  kWaiting,
  kDetention,
  kRemoval,
  kDiaspora,
  kBroker,
  kResettlement,
  kProtection,
  kCost,
};
inline constexpr std::size_t kTerms = static_cast<std::size_t>(Term::kCost) + 1;

/// One value for each Term.
using Terms = std::array<double, kTerms>;

/// An alternative taken apart. `terms` add up to its utility but for rounding.
struct Weighed {
  Alternative alternative;
  Terms terms{};
  double own_belief = 0.0;  ///< chance of protection without a broker's words
  double claimed = 0.0;     ///< chance that the broker claims
  double price = 0.0;       ///< of the broker, money
  double travel = 0.0;      ///< cost of the journey itself, money
};

/// All alternatives of one consideration; `size` of them are set.
struct ChoiceSet {
  std::array<Alternative, kMaxPlaces + 3> alternatives;
  std::size_t size = 0;

  void add(const Alternative& alternative) { alternatives[size++] = alternative; }
  std::span<const Alternative> all() const { return {alternatives.data(), size}; }
};

/// What a person chose, and on which occasion.
struct Choice {
  Consideration occasion;
  Alternative chosen;
};

/// Everything that the person can do, with utilities and errors.
ChoiceSet weigh(const State& state, const Month& month, const Consideration& occasion);

/// The same alternatives in the same order, with the terms of each utility.
std::vector<Weighed> explain(const State& state, const Month& month, const Consideration& occasion,
                             const Lessons* lessons = nullptr);

/// The alternative of the largest utility plus error. Without `lessons` the person's community
/// knows what it knows now.
Choice choose(const State& state, const Month& month, const Consideration& occasion,
              const Lessons* lessons = nullptr);
/// The same with the surroundings of the person's community at hand.
Choice choose(const State& state, const Month& month, const Consideration& occasion,
              const Surroundings& around, const Lessons* lessons = nullptr);

/// Appends the evidence of Lessons, as things stand, of a member whose row has `refusals`.
void note_evidence(const State& state, const Month& month, CommunityId community,
                   std::uint32_t refusals, std::vector<double>& out);

/// A belief that rests on so many cases, held by a person whom the place refused.
inline double refused_belief(const Parameters& parameters, double belief, double cases) {
  return belief * cases / (cases + parameters.get<"belief.own_refusal">());
}

/// Chance of protection at a destination that a member of the community believes in without a
/// broker; `refused` if the place has refused the member.
double personal_belief(const State& state, const Month& month, CommunityId community, PlaceId place,
                       bool refused);

/// What a broker says of a destination about which the client holds `belief`.
inline double claimed_belief(double belief, double exaggeration) {
  return 1.0 - (1.0 - belief) * (1.0 - exaggeration);
}

/// The same through a broker whose claim is given the weight `trust`.
inline double brokered_belief(double belief, double exaggeration, double trust) {
  return belief + trust * (claimed_belief(belief, exaggeration) - belief);
}

/// The same with the weight that the community gives to brokers' claims.
double brokered_belief(const State& state, const Month& month, CommunityId community,
                       double belief);

/// Chance of protection that a person sees in a claim with this story, given the own `belief` in
/// one that conceals.
double story_belief(const Parameters& parameters, double belief, Story story);

/// Chance of protection that a person believes in with a broker's story, given the own `belief`.
double offered_belief(const State& state, const Month& month, CommunityId community, double belief,
                      Story story);

}  // namespace onward
