#include <iostream>

#include "cli/command.h"
#include "run/signature.h"

namespace onward {

int signature_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  po::options_description options("options");
  options.add_options()("threads,t", po::value<int>()->default_value(1),
                        "threads; they change nothing");
  po::variables_map values;
  if (!read_options(arguments, "onward signature [--threads T]", options, {}, values))
    return kExitGood;
  const int threads = values["threads"].as<int>();
  if (threads < 1 || threads > 1024) throw UsageError("--threads must be 1 to 1024");
  std::cout << signature(threads) << '\n';
  return kExitGood;
}

}  // namespace onward
