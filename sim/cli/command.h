#pragma once

#include <boost/program_options.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace onward {

/// Exit codes of the program.
inline constexpr int kExitGood = 0;
inline constexpr int kExitInput = 2;    ///< the user's mistake
inline constexpr int kExitMachine = 3;  ///< disk, memory, a stop signal

/// A mistake on the command line.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Arguments after the name of the subcommand.
using Arguments = std::vector<std::string>;

/// Reads `arguments` by `options` (plus --help) with `positional` names. Returns false if help was
/// asked for; it is printed then. Errors: UsageError.
bool read_options(const Arguments& arguments, const std::string& usage,
                  const boost::program_options::options_description& options,
                  const boost::program_options::positional_options_description& positional,
                  boost::program_options::variables_map& values);

// The subcommands: each returns an exit code and may throw UsageError, InputError or
// std::runtime_error. One file each.
int run_command(const Arguments& arguments);
int compare_command(const Arguments& arguments);
int validate_command(const Arguments& arguments);
int calibrate_command(const Arguments& arguments);
int check_command(const Arguments& arguments);
int params_command(const Arguments& arguments);
int export_command(const Arguments& arguments);
int signature_command(const Arguments& arguments);
int version_command(const Arguments& arguments);

/// Finds the subcommand of a whole command line and runs it, turning errors into messages on
/// standard error and an exit code.
int dispatch(int count, const char* const* words);

}  // namespace onward
