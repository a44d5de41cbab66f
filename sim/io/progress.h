#pragma once

#include <chrono>
#include <string>

namespace onward {

/// Progress on standard error: one redrawn line on a terminal, a JSON line every 30 seconds
/// otherwise. Not thread-safe.
class Progress {
 public:
  /// `what` is counted, such as "replicates".
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(double finished, double total);

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  Clock::time_point start_;
  Clock::time_point shown_;
  bool terminal_;
  bool drawn_ = false;
};

}  // namespace onward
