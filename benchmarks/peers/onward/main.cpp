// The reduced workload of WORKLOAD.md in Onward, called and reporting as the peers are:
//
//     peer_onward PEOPLE HAZARD SEED
//
// prints one JSON object: seconds of the start and of the months, counts of work, monthly tables.
#include <chrono>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "engine/step.h"
#include "io/scenario_file.h"

namespace onward {
namespace {

using Json = nlohmann::json;

double seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

/// Hazard of a person at work, so that the mean hazard over all people is `mean`.
double base_hazard(const World& world, double mean) {
  const double tertiary = world.scenario.groups[0].ages[0].tertiary;
  const double odds = std::exp(world.parameters().get<"life.work_tertiary">());
  const double out_of_work = tertiary / (1.0 + odds) + (1.0 - tertiary) * 0.5;
  const double ratio = std::exp(world.parameters().get<"push.unemployment">());
  return mean / (1.0 + (ratio - 1.0) * out_of_work);
}

World make_world(double people, double hazard) {
  const std::string path = std::string(ONWARD_SOURCE_DIR) + "/benchmarks/workload.yaml";
  Scenario scenario = load_scenario(path).scenario;
  scenario.groups[0].arrivals.begin()->second = people;
  scenario.parameters.set<"attention.base">(base_hazard(World(scenario), hazard));
  return World(scenario);
}

/// Mean success that brokers believe their products to have, over all on offer.
double mean_success(const State& state, const Month& month) {
  double sum = 0.0;
  double products = 0.0;
  for (std::size_t slot = 0; slot < state.brokers.slots.size(); ++slot) {
    const Broker& broker = state.brokers.slots[slot];
    for (std::size_t product = 0; product < broker.offers.size(); ++product) {
      if (broker.offers[product] == 0) continue;
      sum += product_success(state, month.parameters(), slot, product);
      products += 1.0;
    }
  }
  return products == 0.0 ? 0.0 : sum / products;
}

/// The places in the peers' order: home, then destinations by name.
std::vector<std::size_t> place_order(const World& world) {
  std::vector<std::size_t> order{world.group(GroupId{}).home.index()};
  for (const PlaceId place : world.destinations) order.push_back(place.index());
  return order;
}

void report_month(Json& tables, State& state, const Month& month) {
  Measures& measures = state.measures;
  const std::size_t row = month.row();
  Json moves;
  Json stock;
  for (const std::size_t from : place_order(month.world)) {
    Json line;
    for (const std::size_t to : place_order(month.world))
      line.push_back(measures.count<"moves">(row, from, to));
    moves.push_back(line);
    int people = 0;
    for (std::size_t status = 0; status < kStatusNames.size(); ++status)
      people += measures.count<"stock">(row, from, status);
    stock.push_back(people);
  }
  Json clients;
  Json offers;
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    clients.push_back(
        measures.count<"applications">(row, d, 0, static_cast<std::size_t>(Channel::kBroker)));
    offers.push_back(measures.count<"broker_offers">(row, d, 0));
  }
  tables["moves"].push_back(moves);
  tables["stock"].push_back(stock);
  tables["clients"].push_back(clients);
  tables["offers"].push_back(offers);
  tables["considerations"].push_back(measures.count<"considerations">(row, 0));
  tables["success"].push_back(mean_success(state, month));
}

int run(double people, double hazard, std::uint64_t seed) {
  const World world = make_world(people, hazard);
  ThreadTeam team(1);
  double months = 0.0;
  const double begin_time = seconds();
  Simulation simulation = begin(world, run_key(seed, 0));
  const double start = seconds() - begin_time;
  Json tables;
  for (int index = 0; index < world.scenario.months(); ++index) {
    const double before = seconds();
    step(simulation, index, team);
    months += seconds() - before;
    const Month month{.world = world, .index = index, .key = simulation.key};
    report_month(tables, simulation.state, month);
  }
  const Measures& measures = simulation.state.measures;
  std::cout << Json{{"start_s", start},
                    {"months_s", months},
                    {"person_months", measures.person_months},
                    {"decisions", measures.decisions},
                    {"tables", tables}};
  return 0;
}

}  // namespace
}  // namespace onward

int main(int count, char** words) {
  if (count != 4) {
    std::cerr << "usage: peer_onward PEOPLE HAZARD SEED\n";
    return 2;
  }
  return onward::run(std::stod(words[1]), std::stod(words[2]), std::stoull(words[3]));
}
