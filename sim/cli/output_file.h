#pragma once

#include <chrono>
#include <string>

#include "cli/command.h"
#include "io/run_description.h"
#include "run/replicates.h"

/// What the commands that write HDF5 files share.
namespace onward {

/// How a run of some worlds is to be described. `resolved` is its whole scenario.
RunDescription describe_run(const Worlds& worlds, const std::string& resolved,
                            const ReplicatePlan& plan, const std::string& command_line);

/// A command line as one could type it.
std::string whole_command_line(const char* command, const Arguments& arguments);

double seconds_since(std::chrono::steady_clock::time_point start);

/// What the process has taken since `start`: processor time of all threads since it began.
RunTiming timing_since(std::chrono::steady_clock::time_point start, int threads);

}  // namespace onward
