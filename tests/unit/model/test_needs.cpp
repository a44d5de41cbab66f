#include "model/needs.h"

#include "catch.h"
#include "model/world.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("A term is needed if both its weight and its lever are ever more than 0") {
  Scenario s = scenario();
  s.parameters.set<"choice.discrimination">(0.5);
  s.parameters.set<"choice.grant">(0.01);
  s.parameters.set<"push.grant">(-0.1);
  CHECK_FALSE(World(s).needs.discrimination);
  CHECK_FALSE(World(s).needs.support);
  s.policy = {change(s.start + 7, kHome, lever_index<"discrimination">(), 0.1, Publicity::kSilent),
              change(s.start + 9, kHome, lever_index<"job_incentive">(), 5.0, Publicity::kSilent)};
  CHECK(World(s).needs.discrimination);
  CHECK(World(s).needs.support);
  CHECK(World(s).needs.push_support);
  s.parameters.set<"choice.discrimination">(0.0);
  s.parameters.set<"choice.grant">(0.0);
  CHECK_FALSE(World(s).needs.discrimination);
  CHECK_FALSE(World(s).needs.support);
  CHECK(World(s).needs.push_support);
}

TEST_CASE("Resettlement is needed if any destination ever takes in anybody") {
  Scenario s = scenario();
  CHECK_FALSE(World(s).needs.resettlement);
  s.policy = {change(s.start + 3, kBeta, lever_index<"resettlement">(), 0.5, Publicity::kSilent)};
  CHECK(World(s).needs.resettlement);
}

TEST_CASE("Errors that destinations share are needed as far as they differ from 0") {
  const auto needs = [](double lambda, double tau) {
    Scenario s = scenario();
    s.parameters.set<"choice.dissimilarity">(lambda);
    s.parameters.set<"choice.subnest_dissimilarity">(tau);
    return World(s).needs;
  };
  CHECK_FALSE(needs(1.0, 1.0).nest);
  CHECK_FALSE(needs(1.0, 1.0).subnests);
  CHECK(needs(0.7, 0.9).nest);
  CHECK_FALSE(needs(0.7, 0.7).subnests);
  CHECK(needs(0.7, 0.3).subnests);
}
