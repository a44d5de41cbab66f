#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cli/calibration_report.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/plan_options.h"
#include "io/hdf5_posterior_file.h"
#include "io/progress.h"
#include "run/calibration.h"

namespace onward {

namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "onward calibrate STUDY [-o posterior.h5] [--bank bank.h5] [--resume] [--threads T]\n"
    "       onward calibrate STUDY --from-bank bank.h5 [-o posterior.h5]";

struct CalibrateRequest {
  std::string study;
  std::string output;  ///< posterior file
  std::string bank;    ///< calibration file: every point, kept after each round
  bool resume = false;
  bool is_from_bank = false;  ///< nothing is run: the bank of another study answers
  int threads = 1;
};

/// Reads the arguments; nothing if they ask for help. Errors: UsageError.
std::optional<CalibrateRequest> read_request(const Arguments& arguments) {
  const auto threads = static_cast<std::int64_t>(std::max(1u, std::thread::hardware_concurrency()));
  po::options_description options("options");
  auto add = options.add_options();
  add("study", po::value<std::string>(), "study file");
  add("output,o", po::value<std::string>(), "posterior file to write (default: STUDY's name .h5)");
  add("bank", po::value<std::string>(),
      "file that keeps every point, saved after each round (default: STUDY's name .bank.h5)");
  add("resume", "go on from the bank file, if there is one");
  add("from-bank", po::value<std::string>(),
      "run nothing: let the bank of another study of the same scenario and parameters answer");
  add("threads,t", po::value<std::int64_t>()->default_value(threads),
      "threads; they change nothing");
  po::positional_options_description positional;
  positional.add("study", 1);
  po::variables_map values;
  if (!read_options(arguments, kUsage, options, positional, values)) return std::nullopt;
  if (values.count("study") == 0) throw UsageError("give one study");
  CalibrateRequest request;
  request.study = values["study"].as<std::string>();
  if (values.count("output") != 0) request.output = values["output"].as<std::string>();
  if (values.count("bank") != 0) request.bank = values["bank"].as<std::string>();
  request.resume = values.count("resume") != 0;
  request.is_from_bank = values.count("from-bank") != 0;
  if (request.is_from_bank) {
    if (request.resume || values.count("bank") != 0)
      throw UsageError("--from-bank runs nothing: --bank and --resume do not go with it");
    request.bank = values["from-bank"].as<std::string>();
  }
  request.threads = static_cast<int>(read_bounded(values, "threads", 1, 1024));
  return request;
}

/// What was kept, if it is to go on; otherwise nothing. Errors: UsageError if points would be lost.
CalibrationState first_state(const CalibrateRequest& request, const CalibrationStudy& study) {
  const bool exists = std::filesystem::exists(request.bank);
  if (!request.resume && exists)
    throw UsageError("'" + request.bank + "' exists; go on with --resume, or name another --bank");
  if (!exists) return {};
  return take_up(read_calibration(request.bank), study, request.bank);
}

/// One line for each round on standard error.
void print_round(const RoundReport& report, std::size_t number) {
  std::string text;
  switch (report.kind) {
    case RoundKind::kClimb:
      text = fmt::format("climb: {} generations, last median {:.1f}, best {:.1f}, step {:.2f}",
                         report.moves, report.tolerance, report.best, report.step);
      break;
    case RoundKind::kFirst:
      text = fmt::format("first population: {} points, tolerance {:.1f}, best {:.1f}",
                         report.distinct, report.tolerance, report.best);
      break;
    case RoundKind::kMoves:
      text = fmt::format(
          "tolerance {:.1f}, best {:.1f}, accepted {:.0f} % in {} moves, {} distinct",
          report.tolerance, report.best, 100.0 * report.acceptance, report.moves, report.distinct);
      break;
  }
  std::cerr << fmt::format("round {}: {}; {} points\n", number, text, report.points);
}

/// Runs the rounds and the bank. False if a signal stopped it.
bool work(CalibrationState& state, const CalibrationStudy& study, const CalibrateRequest& request) {
  const PointRunner runner(study);
  ThreadTeam team(request.threads);
  Progress progress("points of the round");
  const CalibrationRun run{
      .runner = runner,
      .team = team,
      .stop = catch_stop_signals(),
      .progress = [&](double finished, double total) { progress.update(finished, total); }};
  const CalibrationHooks hooks{
      .round = [&](const RoundReport& report) { print_round(report, state.rounds.size() - 1); },
      .save =
          [&](const CalibrationState& now) {
            write_calibration(request.bank, to_file(now, study));
          }};
  return calibrate(state, run, hooks);
}

}  // namespace

int calibrate_command(const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  auto request = read_request(arguments);
  if (!request) return kExitGood;
  const CalibrationStudy study = load_study(request->study);
  if (request->output.empty()) request->output = study.name + ".h5";
  if (request->bank.empty()) request->bank = study.name + ".bank.h5";
  CalibrationState state;
  if (request->is_from_bank) {
    state = take_bank(read_calibration(request->bank), study, request->bank);
  } else {
    state = first_state(*request, study);
    if (!work(state, study, *request)) {
      std::cerr << "onward calibrate: stopped by a signal; "
                << (state.rounds.empty()
                        ? "not a round was finished, nothing was kept"
                        : "'" + request->bank + "' holds the last whole round, --resume goes on")
                << '\n';
      return kExitMachine;
    }
  }
  const CalibrationAnswer answer = answer_of(state, study);
  write_posterior(request->output, answer.posterior);
  std::cout << calibration_text(state, study, answer);
  std::cerr << "wrote " << request->output << " in " << seconds_since(start) << " s\n";
  return kExitGood;
}

}  // namespace onward
