#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/measures.h"

/// The words in which files and documentation speak of measured series and their axes.
namespace onward {

/// Name of an axis in files, such as "destination"; empty for Dimension::kNone.
std::string_view dimension_name(Dimension dimension);

/// What the labels of an axis are, in a few words; empty for Dimension::kNone.
std::string_view dimension_meaning(Dimension dimension);

/// Unit of an axis that has one ("year"), else "1". The axis `month` has a CF unit of its own.
std::string_view dimension_unit(Dimension dimension);

/// The axes of a series in stored order, without Dimension::kNone and without the replicate.
std::vector<Dimension> axes_of(const MeasureRow& row);

/// Every axis that a file can have, without the replicate, in the order in which files list them.
std::vector<Dimension> all_dimensions();

/// The table of all measured series in Markdown, as it stands in docs/output_format.md.
std::string measures_markdown();

}  // namespace onward
