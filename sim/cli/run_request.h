#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/plan_options.h"
#include "cli/posterior_use.h"
#include "io/hdf5_run_file.h"

namespace onward {

/// What the arguments of `onward run` ask for.
struct RunRequest {
  std::string scenario;           ///< scenario file; empty if a run is made again
  std::unique_ptr<RunFile> from;  ///< file whose run is made again
  std::string output;             ///< run file to write; may be empty
  ReplicatePlan plan;
  Overrides overrides;  ///< parameters set on the command line
  std::optional<PosteriorInput> posterior;
  bool json = false;
  std::optional<std::string> trace;  ///< person to follow; the plan is one replicate then
  std::string command_line;
};

/// Reads the arguments; nothing if they ask for help. Errors: UsageError, InputError.
std::optional<RunRequest> read_run_request(const Arguments& arguments);

}  // namespace onward
