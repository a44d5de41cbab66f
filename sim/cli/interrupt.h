#pragma once

#include <functional>

namespace onward {

/// Lets SIGINT and SIGTERM end the work cleanly from now on, and returns the question whether one
/// has come. One place for all subcommands, as a process has one handler for each signal.
std::function<bool()> catch_stop_signals();

}  // namespace onward
