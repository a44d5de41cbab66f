#include "cli/interrupt.h"

#include <csignal>

namespace onward {

namespace {

// A handler can reach nothing but a global.
volatile std::sig_atomic_t stop_signal = 0;

}  // namespace

std::function<bool()> catch_stop_signals() {
  std::signal(SIGINT, [](int number) { stop_signal = number; });
  std::signal(SIGTERM, [](int number) { stop_signal = number; });
  return [] { return stop_signal != 0; };
}

}  // namespace onward
