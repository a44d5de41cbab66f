#pragma once

#include <string>

#include "run/comparison_summary.h"
#include "run/summary.h"

namespace onward {

/// What a comparison found, with the worlds that it is about.
struct ComparisonFindings {
  const World& base;
  const World& variant;
  const Comparison& comparison;
  const YearlyClaims& base_claims;
  const YearlyClaims& variant_claims;
  ComparisonSummary summary;
};

/// For readers: what the blocked do instead, claims that differ, who they are, ratios, and how much
/// of it could be chance.
std::string comparison_text(const ComparisonFindings& findings);

/// For programs; the keys are part of the stable contract (docs/comparison.md).
std::string comparison_json(const ComparisonFindings& findings);

}  // namespace onward
