#include <algorithm>
#include <filesystem>

#include "catch.h"
#include "io/scenario_file.h"
#include "unit/io/io_test_tools.h"

/// Every file of tests/scenarios/bad says in its first lines what is wrong with it:
/// `# expect: LINE:COLUMN: TEXT`, with a file name before the line if it is another's, and 0:0 for
/// the file as a whole. Its twin in tests/scenarios/good is the same file without the mistake.
namespace {

using onward_test::kSource;

struct Expected {
  std::string where;  ///< start of the message
  std::string text;   ///< part of the message
};

bool is_position(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789:") == std::string::npos;
}

std::vector<Expected> expectations(const std::filesystem::path& path) {
  constexpr std::string_view kStart = "# expect: ";
  std::vector<Expected> all;
  std::istringstream lines(onward_test::file_text(path.string()));
  for (std::string line;
       std::getline(lines, line) && line.compare(0, kStart.size(), kStart) == 0;) {
    const std::string rest = line.substr(kStart.size());
    const std::string where = rest.substr(0, rest.find(": "));
    const std::string text = rest.substr(where.size() + 2);
    const std::string folder = path.parent_path().string() + '/';
    if (where == "0:0") {
      all.push_back({path.string() + ": ", text});
    } else if (is_position(where)) {
      all.push_back({path.string() + ':' + where + ": ", text});
    } else {
      all.push_back(
          {std::filesystem::path(folder + where).lexically_normal().string() + ": ", text});
    }
  }
  return all;
}

std::vector<std::filesystem::path> files_of(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(kSource + "/tests/scenarios/" + folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> problems_of(const std::filesystem::path& path) {
  return onward_test::messages_of([&] { onward::load_scenario(path.string()); });
}

}  // namespace

TEST_CASE("every bad scenario gives exactly the problems that it announces") {
  const auto files = files_of("bad");
  REQUIRE(files.size() >= 45);
  for (const auto& path : files) {
    INFO(path.string());
    const auto expected = expectations(path);
    const auto problems = problems_of(path);
    CAPTURE(problems);
    CHECK_FALSE(expected.empty());
    CHECK(problems.size() == expected.size());
    for (const Expected& each : expected) {
      CAPTURE(each.where, each.text);
      CHECK(std::any_of(problems.begin(), problems.end(), [&](const std::string& problem) {
        return problem.compare(0, each.where.size(), each.where) == 0 &&
               problem.find(each.text) != std::string::npos;
      }));
    }
  }
}

TEST_CASE("every bad scenario has a twin that is good") {
  for (const auto& path : files_of("bad")) {
    const auto twin = path.parent_path().parent_path() / "good" / path.filename();
    INFO(twin.string());
    CHECK(std::filesystem::exists(twin));
  }
  for (const auto& path : files_of("good")) {
    INFO(path.string());
    CHECK(problems_of(path).empty());
    CHECK_NOTHROW(onward::load_scenario(path.string()));
  }
}
