#pragma once

#include <string>
#include <vector>

#include "io/hdf5_handle.h"

/// Reading datasets of a file that may be damaged or made to harm: kind, storage and size are
/// checked before any memory is taken. Errors: Hdf5Error throughout.
namespace onward {

/// Most labels of an axis.
inline constexpr std::size_t kMostLabels = 10'000'000;
/// Most values that are read at once.
inline constexpr std::size_t kMostValues = std::size_t{1} << 28;

/// Opens `name` under `parent` if it is a dataset stored inside the file (not behind a link to
/// elsewhere, not in external raw files), with at most 8 dimensions and known filters.
Hdf5Handle open_dataset(hid_t parent, const std::string& name);

/// Whether `name` under `parent` is a dataset that is a member of this file.
bool has_dataset(hid_t parent, const std::string& name);

/// Names of all datasets directly under `parent` in the order in which they were created, if the
/// file keeps it, else by name. Links to elsewhere are left out.
std::vector<std::string> list_datasets(hid_t parent);

/// Lengths of a dataset's dimensions.
std::vector<hsize_t> dataset_lengths(hid_t dataset);

/// Whether a dataset's values are integers. Errors also if they are neither integers nor floats.
bool holds_integers(hid_t dataset);

/// Number of values of a block of the given lengths. Errors also if it exceeds kMostValues.
std::size_t block_size(const std::vector<hsize_t>& lengths);

/// Reads the block of a dataset that starts at `start` and has the lengths `count`.
std::vector<double> read_block(hid_t dataset, const std::vector<hsize_t>& start,
                               const std::vector<hsize_t>& count);

/// Reads all of a dataset of numbers.
std::vector<double> read_numbers(hid_t dataset);

}  // namespace onward
