#include "cli/command.h"

#include <array>
#include <iostream>
#include <new>
#include <string_view>

#include "core/check.h"
#include "io/problems.h"

namespace onward {

namespace {

struct Subcommand {
  const char* name;
  int (*run)(const Arguments&);
  const char* meaning;
};

constexpr std::array<Subcommand, 9> kSubcommands{{
    {"run", run_command, "run a scenario and print its claims beside the record"},
    {"compare", compare_command, "run two worlds on the same draws and say who is displaced"},
    {"validate", validate_command, "score a scenario against its observed record"},
    {"calibrate", calibrate_command, "learn a scenario's parameters from its observed record"},
    {"check", check_command, "find every mistake in scenario files; say what a variant changes"},
    {"params", params_command, "list every parameter and lever"},
    {"export", export_command, "write the tables of a run file as CSV"},
    {"signature", signature_command, "one hash of the model's behaviour"},
    {"version", version_command, "what this program was built from"},
}};

void print_help(std::ostream& out) {
  out << "onward: agent-based simulation of secondary migration\n\nusage: onward SUBCOMMAND "
         "[OPTIONS]\n\n";
  for (const Subcommand& command : kSubcommands) {
    out << "  " << command.name << std::string(12 - std::string(command.name).size(), ' ')
        << command.meaning << '\n';
  }
  out << "\n'onward SUBCOMMAND --help' says more.\n";
}

int unknown_subcommand(const std::string& word) {
  std::vector<std::string_view> names;
  for (const Subcommand& command : kSubcommands) names.emplace_back(command.name);
  std::cerr << "onward: unknown subcommand '" << word << "'.";
  const std::string_view likely = nearest(word, names);
  if (!likely.empty()) std::cerr << " Did you mean '" << likely << "'?";
  std::cerr << '\n';
  return kExitInput;
}

int guarded(const Subcommand& command, const Arguments& arguments) {
  try {
    const int code = command.run(arguments);
    std::cout.flush();
    if (!std::cout) throw std::runtime_error("standard output: cannot write");
    return code;
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return kExitInput;
  } catch (const UsageError& error) {
    std::cerr << "onward " << command.name << ": " << error.what() << ". 'onward " << command.name
              << " --help' lists the options.\n";
    return kExitInput;
  } catch (const std::bad_alloc&) {
    std::cerr << "onward: not enough memory\n";
    return kExitMachine;
  } catch (const std::exception& error) {
    std::cerr << "onward: " << error.what() << '\n';
    return kExitMachine;
  }
}

}  // namespace

bool read_options(const Arguments& arguments, const std::string& usage,
                  const boost::program_options::options_description& options,
                  const boost::program_options::positional_options_description& positional,
                  boost::program_options::variables_map& values) {
  namespace po = boost::program_options;
  po::options_description all = options;
  all.add_options()("help,h", "show this text");
  try {
    // Guessing at shortened options would make an option added later change old scripts.
    const int style =
        po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
    po::store(
        po::command_line_parser(arguments).options(all).positional(positional).style(style).run(),
        values);
    if (values.count("help") != 0) {
      std::cout << "usage: " << usage << "\n\n" << all;
      return false;
    }
    po::notify(values);
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
  return true;
}

int dispatch(int count, const char* const* words) {
  if (count < 2) {
    print_help(std::cerr);
    return kExitInput;
  }
  const std::string name = words[1];
  if (name == "help" || name == "--help" || name == "-h") {
    print_help(std::cout);
    return kExitGood;
  }
  const Arguments arguments(words + 2, words + count);
  if (name == "--version") return version_command(arguments);
  for (const Subcommand& command : kSubcommands) {
    if (name == command.name) return guarded(command, arguments);
  }
  return unknown_subcommand(name);
}

}  // namespace onward
