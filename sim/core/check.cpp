#include "core/check.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace onward {

void fail_check(const char* file, int line, const char* expression) {
  std::fprintf(stderr, "%s:%d: internal check failed: %s\n", file, line, expression);
  std::abort();
}

std::string to_text(const Problem& problem) {
  std::string text = problem.where.file;
  if (problem.where.line > 0) {
    text += ':' + std::to_string(problem.where.line) + ':' + std::to_string(problem.where.column);
  }
  text += ": " + problem.problem;
  if (!problem.why.empty()) text += " (" + problem.why + ')';
  text += '.';
  if (!problem.suggestion.empty()) text += ' ' + problem.suggestion + '?';
  return text;
}

namespace {

std::string join(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_text(problem);
  }
  return text;
}

}  // namespace

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(join(problems)), problems_(std::move(problems)) {}

InputError::InputError(Problem problem) : std::runtime_error(to_text(problem)) {
  problems_.push_back(std::move(problem));
}

}  // namespace onward
