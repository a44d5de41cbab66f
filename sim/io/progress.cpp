#include "io/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace onward {

namespace {

constexpr double kRedrawSeconds = 0.1;
constexpr double kLineSeconds = 30.0;

double seconds_between(std::chrono::steady_clock::time_point from,
                       std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

Progress::Progress(std::string what)
    : what_(std::move(what)),
      start_(Clock::now()),
      shown_(start_),
      terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void Progress::update(double finished, double total) {
  const auto now = Clock::now();
  if (seconds_between(shown_, now) < (terminal_ ? kRedrawSeconds : kLineSeconds)) return;
  shown_ = now;
  const double elapsed = seconds_between(start_, now);
  const double left = finished > 0.0 ? elapsed * (total - finished) / finished : 0.0;
  const std::string text = terminal_ ? fmt::format("\r\x1b[K{:.0f} of {:.0f} {}, {:.0f} s left",
                                                   finished, total, what_, left)
                                     : fmt::format(
                                           "{{\"finished\": {:.0f}, \"total\": {:.0f}, \"unit\": "
                                           "\"{}\", \"elapsed_s\": {:.1f}, "
                                           "\"left_s\": {:.1f}}}\n",
                                           finished, total, what_, elapsed, left);
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
  drawn_ = terminal_;
}

}  // namespace onward
