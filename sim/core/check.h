#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace onward {

/// Prints `file:line: MESSAGE` to standard error and aborts: a mistake of ours, never of the user.
[[noreturn]] void fail_check(const char* file, int line, const char* expression);

/// Where a value came from: a file (or an option such as `--set`) and a one-based line and column.
/// Line 0 means that there is no position inside the source.
struct Position {
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const Position&) const = default;
};

/// One mistake of the user, printed as `file:line:column: PROBLEM (WHY). SUGGESTION?`.
struct Problem {
  Position where;
  std::string problem;     ///< what is wrong, naming the offending word
  std::string why;         ///< the rule that it breaks; may be empty
  std::string suggestion;  ///< what to write instead; may be empty

  bool operator==(const Problem&) const = default;
};

/// The one-line text of a problem.
std::string to_text(const Problem& problem);

/// The user's mistakes, all of them at once. `what()` holds one line for each.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Problem> problems);
  explicit InputError(Problem problem);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

}  // namespace onward

/// A condition that the caller must have ensured. Always checked outside the month loop's hot path.
#define EXPECT(condition) \
  ((condition) ? static_cast<void>(0) : ::onward::fail_check(__FILE__, __LINE__, #condition))

/// A condition that this function promises its caller.
#define ENSURE(condition) EXPECT(condition)
