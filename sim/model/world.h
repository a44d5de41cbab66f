#pragma once

#include <vector>

#include "core/elementary.h"
#include "core/lanes.h"
#include "core/random.h"
#include "model/home_life.h"
#include "model/needs.h"
#include "model/policy.h"
#include "model/prospects.h"
#include "model/scenario.h"

namespace onward {

struct Guide;
struct Witness;

/// Medians and log standard deviations of what is log-normal in people of a group: their tastes, in
/// the order of Tastes, then their savings on arrival.
struct LogNormals {
  FewDoubles median{};
  FewDoubles spread{};
};

/// A scenario made ready to run: the scenario itself, its calendar of policy laid out, and the
/// constants that the month's verbs would otherwise work out again and again. Never changes.
struct World {
  explicit World(Scenario from);

  Scenario scenario;
  PolicyTimeline policy;
  std::vector<PlaceId> destinations;        ///< places that take asylum claims, in order
  std::vector<std::size_t> destination_of;  ///< by place: position in `destinations`, or kNowhere
  std::vector<std::uint32_t> place_keys;    ///< by place: what its draws are keyed by
  std::vector<std::uint32_t> destination_keys;  ///< by destination: the same
  std::vector<std::size_t> nest_of;             ///< by place: position in `nest_keys`
  std::vector<std::uint32_t> nest_keys;         ///< by subnest of the choice
  std::vector<std::uint64_t> group_prefix;      ///< by group: high 16 bits of its people's entities
  std::vector<LogNormals> log_normals;          ///< by group
  /// By group, then by month and one past the last: hazard of refoulement at the home, added up
  /// from the start of the run.
  std::vector<std::vector<double>> refoulement;
  Prospects prospects;         ///< what destinations offer, by month and group
  HomeLife home_life;          ///< what the groups' homes do, by month and group
  Needs needs;                 ///< what can make a difference at all
  double people = 0.0;         ///< people who are there or arrive before the end
  double region_shares = 0.0;  ///< sum of the shares of all regions
  double evidence_kept = 0.0;  ///< share of evidence kept over a month
  double buzz_kept = 0.0;      ///< share of buzz kept over a month

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  const Parameters& parameters() const { return scenario.parameters; }
  const Place& place(PlaceId id) const { return scenario.places[id.index()]; }
  const Group& group(GroupId id) const { return scenario.groups[id.index()]; }
  std::size_t place_count() const { return scenario.places.size(); }
  std::size_t group_count() const { return scenario.groups.size(); }
  bool is_destination(PlaceId id) const { return destination_of[id.index()] != kNowhere; }
};

/// What every verb of the month is told.
struct Month {
  const World& world;
  int index = 0;  ///< months since the start of the run
  RunKey key;
  const Witness* witness = nullptr;  ///< who follows one person, if anybody
  const Guide* guide = nullptr;      ///< another world whose path is followed, if any
  bool log_departures = true;        ///< whether anybody will read the log of departures

  const Parameters& parameters() const { return world.parameters(); }
  /// The month's position along the month axis of measured series.
  std::size_t row() const { return static_cast<std::size_t>(index); }
  YearMonth date() const { return world.scenario.start + index; }
  std::size_t regime() const { return world.policy.regime(index); }
  const LeverValues& levers(PlaceId place, GroupId group) const {
    return world.policy.levers(index, place, group);
  }
};

/// The 16 bits under which a group's people are drawn.
constexpr std::uint16_t group_key(std::string_view name) {
  const std::uint32_t key = name_key(name);
  return static_cast<std::uint16_t>(key ^ key >> 16);
}

}  // namespace onward
