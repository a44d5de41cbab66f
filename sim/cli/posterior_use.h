#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "io/scenario_tree.h"
#include "run/worlds.h"

/// How the commands that run worlds take their parameters from a posterior.
namespace onward {

/// A posterior, and the file that it was read from.
struct PosteriorInput {
  std::string file;
  Posterior posterior;
};

/// Adds --posterior.
void add_posterior_option(boost::program_options::options_description& options);

/// Reads the file that --posterior names, if it is given. Errors: InputError.
std::optional<PosteriorInput> read_posterior_option(
    const boost::program_options::variables_map& values);

/// What a scenario file makes with a posterior or without.
struct WorldsInUse {
  Worlds worlds;
  std::string resolved;  ///< the whole scenario, without any draw
  std::string notes;  ///< lines for the user: what stays fixed and what cannot be known; or empty
};

/// Reads a scenario. With a posterior each replicate gets a draw; but numbers that --set names, and
/// those that the file changes against the world that the posterior was fitted in (or against the
/// last one that it extends, if it was fitted elsewhere), stay as they are in every draw. Errors:
/// InputError for scenarios and for draws that do not fit.
WorldsInUse load_worlds(const std::string& scenario, const Overrides& overrides,
                        const std::optional<PosteriorInput>& input);

/// The lines of several, each once.
std::string joined_notes(const std::string& first, const std::string& second);

}  // namespace onward
