#include "model/world.h"

#include <algorithm>
#include <utility>

#include "core/elementary.h"

namespace onward {

namespace {

std::vector<PlaceId> asylum_places(const std::vector<Place>& places) {
  std::vector<PlaceId> found;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].asylum) found.push_back(PlaceId{i});
  }
  return found;
}

LogNormals log_normals_of(const Parameters& parameters, const Group& group) {
  return {
      .median = {parameters.get<"choice.protection">(), parameters.get<"choice.diaspora">(),
                 parameters.get<"choice.school">(), parameters.get<"choice.cost">(), group.savings},
      .spread = {parameters.get<"choice.protection_spread">(),
                 parameters.get<"choice.diaspora_spread">(),
                 parameters.get<"choice.school_spread">(), parameters.get<"choice.cost_spread">(),
                 group.savings_spread}};
}

}  // namespace

World::World(Scenario from)
    : scenario(std::move(from)),
      policy(scenario),
      destinations(asylum_places(scenario.places)),
      prospects(scenario, policy, destinations),
      home_life(scenario, policy),
      needs(scenario, policy) {
  std::size_t known_destinations = 0;
  for (std::size_t i = 0; i < scenario.places.size(); ++i) {
    const Place& place = scenario.places[i];
    destination_of.push_back(place.asylum ? known_destinations++ : kNowhere);
    place_keys.push_back(name_key(place.name));
    if (place.asylum) destination_keys.push_back(place_keys.back());
    // A place in no subnest is alone in one of its own.
    const std::uint32_t nest = name_key(place.nest.empty() ? place.name : place.nest);
    const auto known = std::find(nest_keys.begin(), nest_keys.end(), nest);
    nest_of.push_back(static_cast<std::size_t>(known - nest_keys.begin()));
    if (known == nest_keys.end()) nest_keys.push_back(nest);
  }
  for (const Group& group : scenario.groups) {
    log_normals.push_back(log_normals_of(parameters(), group));
    group_prefix.push_back(static_cast<std::uint64_t>(group_key(group.name)) << 48);
    for (const auto& [year, count] : group.arrivals)
      people += year <= scenario.end.year() ? count : 0.0;
  }
  for (std::size_t g = 0; g < scenario.groups.size(); ++g) {
    std::vector<double>& sum = refoulement.emplace_back(1, 0.0);
    for (int month = 0; month < scenario.months(); ++month) {
      const LeverValues& levers = policy.levers(month, scenario.groups[g].home, GroupId{g});
      sum.push_back(sum.back() + levers.get<"refoulement">());
    }
  }
  for (const Category& region : scenario.communities.regions) region_shares += region.share;
  evidence_kept = exact_exp(-1.0 / parameters().get<"belief.memory">());
  buzz_kept = exact_exp(-1.0 / parameters().get<"attention.buzz_memory">());
}

}  // namespace onward
