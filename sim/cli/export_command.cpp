#include <iostream>

#include "cli/command.h"
#include "io/hdf5_csv_export.h"

namespace onward {

int export_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  po::options_description options("options");
  options.add_options()("file", po::value<std::string>(), "run file")(
      "csv", po::value<std::string>(), "folder for the tables");
  po::positional_options_description positional;
  positional.add("file", 1);
  po::variables_map values;
  if (!read_options(arguments, "onward export RUN.h5 --csv DIR", options, positional, values))
    return kExitGood;
  if (values.count("file") == 0) throw UsageError("no run file given");
  if (values.count("csv") == 0) throw UsageError("--csv DIR is missing");
  export_csv(values["file"].as<std::string>(), values["csv"].as<std::string>());
  std::cerr << "wrote tables to " << values["csv"].as<std::string>() << '\n';
  return kExitGood;
}

}  // namespace onward
