#pragma once

#include "io/data_table.h"
#include "run/comparison_summary.h"

namespace onward {

/// The tables of a comparison file, as docs/output_format.md lists them: counts by replicate, and
/// the summary's means with their intervals.
TableSet comparison_tables(const World& base, const Comparison& comparison,
                           const ComparisonSummary& summary);

}  // namespace onward
