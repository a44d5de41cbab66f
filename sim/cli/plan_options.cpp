#include "cli/plan_options.h"

#include <algorithm>
#include <limits>
#include <thread>

namespace onward {

namespace po = boost::program_options;

void add_plan_options(po::options_description& options, std::int64_t replicates) {
  const auto threads = static_cast<std::int64_t>(std::max(1u, std::thread::hardware_concurrency()));
  auto add = options.add_options();
  add("replicates,n", po::value<std::int64_t>()->default_value(replicates), "number of replicates");
  add("seed,s", po::value<std::int64_t>()->default_value(1), "seed of all draws");
  add("threads,t", po::value<std::int64_t>()->default_value(threads),
      "threads; they change nothing");
  add("set", po::value<std::vector<std::string>>()->composing(),
      "NAME=VALUE of a parameter; may be repeated");
}

std::int64_t read_bounded(const po::variables_map& values, const char* name, std::int64_t low,
                          std::int64_t high) {
  const auto value = values[name].as<std::int64_t>();
  if (value < low || value > high) {
    throw UsageError("--" + std::string(name) + " must be " + std::to_string(low) + " to " +
                     std::to_string(high));
  }
  return value;
}

ReplicatePlan read_plan(const po::variables_map& values, std::int64_t most) {
  ReplicatePlan plan;
  plan.count = static_cast<std::uint32_t>(read_bounded(values, "replicates", 1, most));
  plan.seed = static_cast<std::uint64_t>(
      read_bounded(values, "seed", 0, std::numeric_limits<std::int64_t>::max()));
  plan.threads = static_cast<int>(read_bounded(values, "threads", 1, 1024));
  return plan;
}

Overrides read_overrides(const po::variables_map& values) {
  Overrides overrides;
  if (values.count("set") == 0) return overrides;
  for (const std::string& text : values["set"].as<std::vector<std::string>>()) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw UsageError("--set wants NAME=VALUE, not '" + text + "'");
    overrides.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return overrides;
}

}  // namespace onward
