// The reduced workload of WORKLOAD.md as bare loops over arrays: a floor for its time on one thread
// of this machine. No scenario, no keyed draws, no record of a person's life. Called as the peers:
//
//     peer_floor PEOPLE HAZARD SEED
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "floor.h"

namespace {

using namespace floor_peer;
using Json = nlohmann::json;

void report(Json& tables, const Floor& floor, std::size_t people) {
  Json moves(
      std::vector<std::vector<int>>(kDestinations + 1, std::vector<int>(kDestinations + 1, 0)));
  Json stock{0};
  Json offers;
  double success = 0.0;
  int products = 0;
  int away = 0;
  for (std::size_t d = 0; d < kDestinations; ++d) {
    moves[0][d + 1] = floor.moves_out[d];
    moves[d + 1][0] = floor.moves_back[d];
    stock.push_back(floor.abroad()[d]);
    away += floor.abroad()[d];
    int sellers = 0;
    for (const Broker& broker : floor.brokers()) {
      if (!broker.offers[d]) continue;
      ++sellers;
      success += broker.success(d);
    }
    products += sellers;
    offers.push_back(sellers);
  }
  stock[0] = static_cast<int>(people) - away;
  tables["moves"].push_back(moves);
  tables["stock"].push_back(stock);
  tables["clients"].push_back(floor.clients);
  tables["offers"].push_back(offers);
  tables["considerations"].push_back(floor.considerations);
  tables["success"].push_back(products == 0 ? 0.0 : success / products);
}

double seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::cerr << "usage: peer_floor PEOPLE HAZARD SEED\n";
    return 2;
  }
  const auto people = static_cast<std::size_t>(std::stoull(words[1]));
  const double begin = seconds();
  Floor floor(people, std::stod(words[2]), std::stoull(words[3]));
  const double start = seconds() - begin;
  double months = 0.0;
  std::size_t decisions = 0;
  Json tables;
  for (int month = 0; month < kMonths; ++month) {
    const double before = seconds();
    floor.step(month);
    months += seconds() - before;
    decisions += floor.considerations;
    report(tables, floor, people);
  }
  std::cout << Json{{"start_s", start},
                    {"months_s", months},
                    {"person_months", people * kMonths},
                    {"decisions", decisions},
                    {"tables", tables}};
}
