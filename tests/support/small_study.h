#pragma once

#include "io/study_file.h"
#include "support/observed_world.h"

namespace onward::small {

/// A study of the small world with two numbers to fit, quick to run. Its record is made up of
/// rising claims at alpha and few at beta.
inline CalibrationStudy study() {
  CalibrationStudy study;
  study.name = "small";
  study.scenario = observed_scenario({{20, 5}, {24, 0}, {16, 5}});
  study.scenario.parameters.set<"attention.base">(0.05);
  study.world = "fnv1a64:0";
  study.fit.years = {2001, 2003};
  study.parameters = {{.name = "hazard",
                       .targets = {"attention.base"},
                       .prior = {PriorKind::kLogNormal, 0.0, 1.0, 0.02, 1.0},
                       .source = "test"},
                      {.name = "attraction-beta",
                       .targets = {"destinations.beta.attraction"},
                       .prior = {PriorKind::kNormal, -100.0, 100.0, -2.0, 2.0},
                       .source = "test"}};
  study.plan = {.climbs = 1,
                .generations = 0,
                .offspring = 8,
                .first_draws = 60,
                .particles = 30,
                .replicates = 2,
                .keep = 0.5,
                .most_moves = 3,
                .settle = 2,
                .least_acceptance = 0.0,
                .most_points = 200,
                .bank = 80,
                .bank_spread = 1.3};
  study.plan.checks = 40;
  study.plan.draws = 50;
  return study;
}

}  // namespace onward::small
