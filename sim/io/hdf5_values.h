#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/hdf5_handle.h"

/// Texts, numbers and attributes in HDF5 files. All texts are variable-length UTF-8 strings, the
/// only kind that every reader of netCDF-4 accepts. Errors: Hdf5Error throughout.
namespace onward {

/// The type of variable-length UTF-8 strings.
Hdf5Handle make_string_type();

/// A simple data space of the given lengths; a scalar if there are none.
Hdf5Handle make_space(std::span<const hsize_t> lengths);

/// Creation properties of datasets: attributes keep their order, no time stamps.
Hdf5Handle make_dataset_properties();

/// Creates a group that lists what is in it in the order of creation, as netCDF-4 wants.
Hdf5Handle create_group(hid_t parent, const std::string& name);

/// Adds an attribute to an object.
void write_attribute(hid_t object, const std::string& name, const std::string& text);
void write_attribute(hid_t object, const std::string& name, std::int64_t number);
void write_attribute(hid_t object, const std::string& name, std::uint64_t number);
void write_attribute(hid_t object, const std::string& name, double number);

/// Creates and fills a one-dimensional dataset.
Hdf5Handle write_dataset(hid_t parent, const std::string& name, std::span<const std::string> texts);
Hdf5Handle write_dataset(hid_t parent, const std::string& name,
                         std::span<const std::int32_t> numbers);

/// Creates a scalar dataset that holds one text.
Hdf5Handle write_text(hid_t parent, const std::string& name, const std::string& text);

/// Reads an attribute. Errors also where it is missing, of another kind or not a scalar.
std::string read_text_attribute(hid_t object, const std::string& name);
std::uint64_t read_number_attribute(hid_t object, const std::string& name);
double read_real_attribute(hid_t object, const std::string& name);

/// Most bytes of the texts of one list, 64 MiB.
inline constexpr std::size_t kMostTextBytes = std::size_t{1} << 26;

/// Reads a whole dataset of strings, scalar (one text) or one-dimensional, of at most `most` texts
/// and kMostTextBytes. Errors also where it is of another kind or larger.
std::vector<std::string> read_texts(hid_t dataset, std::size_t most);

}  // namespace onward
