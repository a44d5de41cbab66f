#pragma once

#include <cstdint>

#include "cli/command.h"
#include "io/scenario_tree.h"
#include "run/replicates.h"

namespace onward {

/// Adds --replicates, --seed, --threads and --set, which every command that runs worlds has.
void add_plan_options(boost::program_options::options_description& options,
                      std::int64_t replicates);

/// Reads the first three. Errors: UsageError, also for more than `most` replicates.
ReplicatePlan read_plan(const boost::program_options::variables_map& values, std::int64_t most);

/// Reads every --set. Errors: UsageError.
Overrides read_overrides(const boost::program_options::variables_map& values);

/// The whole number of option `name`. Errors: UsageError if it is not in [low, high].
std::int64_t read_bounded(const boost::program_options::variables_map& values, const char* name,
                          std::int64_t low, std::int64_t high);

}  // namespace onward
