#include "cli/output_file.h"

#include <sys/resource.h>

namespace onward {

namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

RunDescription describe_run(const Worlds& worlds, const std::string& resolved,
                            const ReplicatePlan& plan, const std::string& command_line) {
  const World& world = worlds.centre();
  RunDescription description;
  description.shape = measure_shape(world.scenario);
  description.provenance = build_provenance();
  description.provenance.scenario_name = world.scenario.name;
  description.provenance.scenario_hash = hash_text(resolved);
  description.provenance.seed = plan.seed;
  description.provenance.first_replicate = plan.first;
  description.provenance.replicates = plan.count;
  description.provenance.command_line = command_line;
  description.provenance.created = utc_now();
  description.scenario_text = resolved;
  description.observed = world.scenario.observed;
  if (worlds.posterior() != nullptr) description.posterior = *worlds.posterior();
  return description;
}

std::string whole_command_line(const char* command, const Arguments& arguments) {
  std::vector<const char*> words{"onward", command};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  return command_line_text(static_cast<int>(words.size()), words.data());
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

RunTiming timing_since(std::chrono::steady_clock::time_point start, int threads) {
  return {.wall_seconds = seconds_since(start), .cpu_seconds = cpu_seconds(), .threads = threads};
}

}  // namespace onward
