#include <iostream>

#include "cli/command.h"
#include "io/provenance.h"

namespace onward {

int version_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  po::variables_map values;
  if (!read_options(arguments, "onward version", po::options_description("options"), {}, values))
    return kExitGood;
  const Provenance build = build_provenance();
  std::cout << "onward " << build.program_version << "\ncommit    " << build.git_commit
            << "\ncompiler  " << build.compiler << "\nflags     " << build.flags << "\nlibraries "
            << build.libraries << "\nrun files " << build.format_version << '\n';
  return kExitGood;
}

}  // namespace onward
