#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "catch.h"
#include "io/scenario_file.h"
#include "io/yaml_tree.h"
#include "support/samples.h"
#include "unit/io/io_test_tools.h"

/// The worst files we can think of, each read in a process of its own: all must be refused with few
/// and clear problems, in bounded time and memory.
namespace {

using onward::kMaxTextBytes;

struct Cost {
  double seconds = 0.0;  ///< of processor time
  double megabytes = 0.0;
  bool refused = false;
};

/// Twice what the slowest file took when the limits were chosen, on a slow machine.
constexpr double kMostSeconds = 2.0;
constexpr double kMostMegabytes = 200.0;

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0.0;
  double resident = 0.0;
  file >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

Cost cost_of_reading(const std::string& path) {
  const double before = resident_megabytes();
  const pid_t child = fork();
  if (child == 0) {
    const auto problems = onward_test::messages_of([&] { onward::load_scenario(path); });
    std::size_t letters = 0;
    for (const std::string& problem : problems) letters += problem.size();
    _exit(!problems.empty() && problems.size() <= 101 && letters < 100'000 ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1000.0 - before,
          WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

/// `piece` again and again, up to `bytes`.
std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  while (text.size() + piece.size() <= bytes) text += piece;
  return text;
}

/// Lines made from their numbers.
std::string lines(int count, const std::function<std::string(const std::string&)>& line) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line(std::to_string(i)) + '\n';
  return text;
}

void check_refused(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / ("onward-limit-" + name + ".yaml");
  std::ofstream(path, std::ios::binary) << text;
  const Cost cost = cost_of_reading(path.string());
  std::filesystem::remove(path);
  CAPTURE(name, cost.seconds, cost.megabytes);
  CHECK(cost.refused);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // Sanitizers and valgrind multiply both; the bounds are those of the program that people run.
  if (under_slow_checker()) return;
  CHECK(cost.seconds < kMostSeconds);
  CHECK(cost.megabytes < kMostMegabytes);
#endif
}

}  // namespace

TEST_CASE("huge files of one kind of character are refused cheaply") {
  const std::size_t full = kMaxTextBytes - 16;
  check_refused("open-16M", repeated("[", std::size_t{16} << 20));
  check_refused("open", repeated("[", full));
  check_refused("open-braces", repeated("{a: ", full));
  check_refused("keys-in-keys", repeated("a: ", full));
  check_refused("dashes", repeated("- ", full));
  check_refused("questions", repeated("? ", full));
  check_refused("quotes", "a: [" + repeated("'", 390'000) + ']');
  check_refused("anchors", "a: [" + repeated("&a ", 390'000) + "x]");
  check_refused("tags", '[' + repeated("!a ", 390'000) + ']');
  check_refused("commas", '[' + repeated("1,", 790'000) + ']');
  check_refused("blank-lines", repeated("\n", 390'000) + "a: 1\n");
  check_refused("spaces", repeated(" ", full) + "a: 1\n");
  check_refused("comments", repeated("# ccccccccccccccccccccccccccccccccccccccccccc\n", full));
}

TEST_CASE("huge scalars and keys are refused cheaply, and shown short") {
  const std::size_t full = kMaxTextBytes - 16;
  check_refused("scalar", "a: " + repeated("x", full));
  check_refused("words", "a: " + repeated("xy ", full) + 'x');
  check_refused("quoted", "a: \"" + repeated("x", full) + '"');
  check_refused("key", repeated("x", full) + ": 1\n");
  check_refused("extends", "name: x\nextends: " + repeated("x/", full));
}

TEST_CASE("many values and many problems are refused cheaply") {
  check_refused("keys", lines(99'000, [](const std::string& i) { return 'k' + i + ": 1"; }));
  check_refused("same-keys", lines(99'000, [](const std::string&) { return "k: 1"; }));
  check_refused("lists", lines(60, [](const std::string& i) {
                  return 'k' + i + ": [" + repeated("{a: 1},", 7 * 900) + ']';
                }));
  check_refused("parameters", "parameters:\n" + lines(90'000, [](const std::string& i) {
                                return "  attention.bse" + i + ": 1";
                              }));
  check_refused("groups", "groups:\n" + lines(1900, [](const std::string& i) {
                            return "  \"g " + i + "\": {home: [" + repeated("x,", 100) + "]}";
                          }));
  check_refused("policy", "policy:\n" + repeated("- {}\n", 300'000));
}

TEST_CASE("aliases cannot multiply values without end") {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    text += 'a' + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
            repeated("*a" + std::to_string(i - 1) + ", ", 50) + "]\n";
  }
  check_refused("laughs", text);
  std::string nested;
  for (int i = 0; i < 30; ++i) nested += "&a" + std::to_string(i) + " [";
  check_refused("anchors-in-anchors",
                "a: " + nested + repeated("x,", 3900) + std::string(30, ']') + '\n');
  check_refused("self", "&a [*a]\n");
}

TEST_CASE("many changes of policy that contradict one another are refused cheaply") {
  std::string text = onward_test::file_text(onward_test::kSource + "/tests/scenarios/base.yaml");
  text.resize(text.find("policy:"));
  text += "policy:\n" + lines(1000, [](const std::string& i) {
            return "  - {id: p" + i + ", at: 2001-05, where: [A, B], set: {recognition: 0.1}}";
          });
  check_refused("conflicts", text);
}
