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

enum class Intent : std::uint8_t { kStay, kReturnOrigin, kReturnHome, kGo };

/// One thing that a person can do, with what it is worth.
struct Alternative {
  Intent intent = Intent::kStay;
  PlaceId place{};
  Channel channel = Channel::kSelf;
  Story story = Story::kConceal;
  std::uint16_t broker = kNoBroker;
  double belief = 0.0;   ///< chance of protection that the person believes in
  double utility = 0.0;  ///< deterministic part
  double error = 0.0;    ///< random part
};

/// What a utility is added up from.
enum class Term : std::uint8_t {
  kAttraction,
  kSatisfaction,
  kSupport,
  kDiscrimination,
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

/// Errors of the nested logit, drawn as themselves (Cardell 1997): staying has a standard Gumbel
/// error; a destination has lambda * log S1 + tau * log S2 + tau * eta with S1 positive-stable of
/// index lambda shared by all destinations, S2 of index tau / lambda shared by a subnest, and eta
/// standard Gumbel. Then choice probabilities are those of the nested logit with dissimilarities
/// lambda and tau <= lambda.
class ChoiceErrors {
 public:
  ChoiceErrors(RunKey run, Entity person, std::uint32_t occasion, double lambda, double tau);

  /// Error of a destination; its draws are keyed by the names of the place and of its subnest.
  double go(std::uint32_t place_key, std::size_t nest, std::uint32_t nest_key);
  /// Error of an alternative that stands alone.
  double alone(std::uint8_t purpose) const;

 private:
  RunKey run_;
  Entity person_;
  std::uint32_t occasion_;
  double lambda_;
  double tau_;
  double nest_error_;
  std::array<double, kMaxPlaces> subnest_error_;
  std::uint64_t subnest_known_ = 0;
};

/// Everything that the person can do, with utilities and errors.
ChoiceSet weigh(const State& state, const Month& month, const Consideration& occasion);

/// The same alternatives in the same order, with the terms of each utility.
std::vector<Weighed> explain(const State& state, const Month& month, const Consideration& occasion);

/// The alternative of the largest utility plus error.
Choice choose(const State& state, const Month& month, const Consideration& occasion);

/// Chance of protection at a destination that the person believes in without a broker.
double personal_belief(const State& state, const Month& month, PersonId id, PlaceId place);

/// What a broker says of a destination about which the client holds `belief`.
double claimed_belief(double belief, const Scenario& scenario);

/// The same through the offer of a broker, whose claim is trusted in part.
double brokered_belief(double belief, const Scenario& scenario);

}  // namespace onward
