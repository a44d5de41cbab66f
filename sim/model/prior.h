#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/validation_plan.h"

/// What is fitted, what is believed of it before the record is seen, and what is believed after.
namespace onward {

/// The family of a prior.
enum class PriorKind : std::uint8_t {
  kUniform,      ///< from low to high
  kNormal,       ///< middle and spread on the value's own scale, cut off at low and high
  kLogNormal,    ///< middle is the median, spread the standard deviation of the log; cut off
  kLogitNormal,  ///< for values in (0, 1): middle is the median, spread that of the logit; cut off
};

/// Their names in files, in the same order.
inline constexpr std::array<std::string_view, 4> kPriorKindNames{"uniform", "normal", "log-normal",
                                                                 "logit-normal"};

/// A prior distribution of one number, cut off at the bounds that its targets allow.
struct Prior {
  PriorKind kind = PriorKind::kNormal;
  double low = 0.0;
  double high = 0.0;
  double middle = 0.0;
  double spread = 0.0;

  bool operator==(const Prior&) const = default;
};

/// One number that is fitted; every target gets it.
struct FittedParameter {
  std::string name;
  std::vector<std::string> targets;  ///< dotted names, as in io/adjustable.h
  Prior prior;
  std::string source;  ///< why it is fitted, and where the prior comes from

  bool operator==(const FittedParameter&) const = default;
};

/// A sample of equal weight from a posterior.
struct Posterior {
  std::string study;       ///< name of the study that made it
  std::string world_hash;  ///< hash of the resolved scenario that it was fitted in
  YearSpan fitted_to;      ///< years of the record that it has seen
  std::string left_out;    ///< cells of those years that it has not seen, in words; may be empty
  std::vector<FittedParameter> parameters;
  std::vector<std::vector<double>> draws;  ///< by draw and parameter
  /// By parameter: how much narrower answers are than the region in which the fit looked, 1 -
  /// variance / variance, on the mean of records that the model made. Empty if nobody has asked.
  std::vector<double> recovered;

  bool operator==(const Posterior&) const = default;
};

}  // namespace onward
