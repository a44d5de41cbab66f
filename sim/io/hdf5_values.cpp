#include "io/hdf5_values.h"

#include "core/check.h"

namespace onward {

Hdf5Handle make_string_type() {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a string type");
  check_hdf5(H5Tset_size(type.get(), H5T_VARIABLE), "make a string type");
  check_hdf5(H5Tset_cset(type.get(), H5T_CSET_UTF8), "make a string type");
  return type;
}

Hdf5Handle make_space(std::span<const hsize_t> lengths) {
  if (lengths.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar"};
  return {H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr), H5Sclose,
          "make a data space"};
}

Hdf5Handle make_dataset_properties() {
  Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "make properties");
  check_hdf5(H5Pset_obj_track_times(properties.get(), false), "leave out time stamps");
  check_hdf5(
      H5Pset_attr_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
      "keep the order of attributes");
  return properties;
}

Hdf5Handle create_group(hid_t parent, const std::string& name) {
  const Hdf5Handle properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "make properties");
  constexpr unsigned kOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  H5Pset_link_creation_order(properties.get(), kOrder);
  H5Pset_attr_creation_order(properties.get(), kOrder);
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT), H5Gclose,
          "create the group " + name};
}

namespace {

void write_scalar_attribute(hid_t object, const std::string& name, hid_t type, const void* value) {
  const std::string action = "write the attribute " + name;
  const Hdf5Handle space = make_space({});
  const Hdf5Handle attribute(
      H5Acreate2(object, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
      action);
  check_hdf5(H5Awrite(attribute.get(), type, value), action);
}

/// How values are written. HDF5 clears two buffers, of 1 MiB unless told otherwise, each time that
/// it converts texts.
Hdf5Handle make_transfer_properties() {
  Hdf5Handle properties(H5Pcreate(H5P_DATASET_XFER), H5Pclose, "make properties");
  check_hdf5(H5Pset_buffer(properties.get(), 4096, nullptr, nullptr), "make a buffer");
  return properties;
}

Hdf5Handle write_simple(hid_t parent, const std::string& name, hid_t type,
                        std::span<const hsize_t> lengths, const void* values) {
  const Hdf5Handle space = make_space(lengths);
  const Hdf5Handle properties = make_dataset_properties();
  Hdf5Handle dataset(H5Dcreate2(parent, name.c_str(), type, space.get(), H5P_DEFAULT,
                                properties.get(), H5P_DEFAULT),
                     H5Dclose, "create " + name);
  if (H5Sget_simple_extent_npoints(space.get()) > 0) {
    const Hdf5Handle transfer = make_transfer_properties();
    check_hdf5(H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, transfer.get(), values),
               "write " + name);
  }
  return dataset;
}

Hdf5Handle open_scalar_attribute(hid_t object, const std::string& name) {
  const htri_t exists = H5Aexists(object, name.c_str());
  if (exists <= 0) throw Hdf5Error("the attribute " + name + " is missing");
  Hdf5Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose,
                       "open the attribute " + name);
  const Hdf5Handle space(H5Aget_space(attribute.get()), H5Sclose, "read the attribute " + name);
  if (H5Sget_simple_extent_npoints(space.get()) != 1) {
    throw Hdf5Error("the attribute " + name + " is not a single value");
  }
  return attribute;
}

}  // namespace

void write_attribute(hid_t object, const std::string& name, const std::string& text) {
  EXPECT(text.find('\0') == std::string::npos);
  const Hdf5Handle type = make_string_type();
  const char* letters = text.c_str();
  write_scalar_attribute(object, name, type.get(), &letters);
}

void write_attribute(hid_t object, const std::string& name, std::int64_t number) {
  write_scalar_attribute(object, name, H5T_NATIVE_INT64, &number);
}

void write_attribute(hid_t object, const std::string& name, std::uint64_t number) {
  write_scalar_attribute(object, name, H5T_NATIVE_UINT64, &number);
}

void write_attribute(hid_t object, const std::string& name, double number) {
  write_scalar_attribute(object, name, H5T_NATIVE_DOUBLE, &number);
}

Hdf5Handle write_dataset(hid_t parent, const std::string& name,
                         std::span<const std::string> texts) {
  const Hdf5Handle type = make_string_type();
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  const hsize_t length = texts.size();
  return write_simple(parent, name, type.get(), {&length, 1}, pointers.data());
}

Hdf5Handle write_dataset(hid_t parent, const std::string& name,
                         std::span<const std::int32_t> numbers) {
  const hsize_t length = numbers.size();
  return write_simple(parent, name, H5T_NATIVE_INT32, {&length, 1}, numbers.data());
}

Hdf5Handle write_text(hid_t parent, const std::string& name, const std::string& text) {
  EXPECT(text.find('\0') == std::string::npos);
  const Hdf5Handle type = make_string_type();
  const char* letters = text.c_str();
  return write_simple(parent, name, type.get(), {}, &letters);
}

namespace {

/// Whether `type` is a variable-length string, which is what this program writes.
bool is_text(hid_t type) {
  return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0;
}

/// Moves strings that HDF5 allocated into ours and frees them.
std::vector<std::string> take_texts(hid_t type, hid_t space, std::vector<char*>& letters) {
  std::vector<std::string> texts;
  for (const char* text : letters) texts.emplace_back(text == nullptr ? "" : text);
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, letters.data());
  return texts;
}

/// Many labels can point to the same long text, so that a small file asks for much memory. A scalar
/// is no longer than its file (and H5Dvlen_get_buf_size crashes on scalars in HDF5 1.10).
void check_text_bytes(hid_t dataset, hid_t type, hid_t space) {
  if (H5Sget_simple_extent_ndims(space) == 0) return;
  hsize_t bytes = 0;
  check_hdf5(H5Dvlen_get_buf_size(dataset, type, space, &bytes), "measure its texts");
  if (bytes > kMostTextBytes) throw Hdf5Error("its texts are too long");
}

}  // namespace

std::string read_text_attribute(hid_t object, const std::string& name) {
  const Hdf5Handle attribute = open_scalar_attribute(object, name);
  const Hdf5Handle stored(H5Aget_type(attribute.get()), H5Tclose, "read the attribute " + name);
  if (!is_text(stored.get())) throw Hdf5Error("the attribute " + name + " is not a text");
  const Hdf5Handle type = make_string_type();
  // The stored character set may be ASCII if another program wrote the file.
  check_hdf5(H5Tset_cset(type.get(), H5Tget_cset(stored.get())), "read the attribute " + name);
  std::vector<char*> letters(1, nullptr);
  check_hdf5(H5Aread(attribute.get(), type.get(), letters.data()), "read the attribute " + name);
  const Hdf5Handle space = make_space({});
  return take_texts(type.get(), space.get(), letters).front();
}

std::uint64_t read_number_attribute(hid_t object, const std::string& name) {
  const Hdf5Handle attribute = open_scalar_attribute(object, name);
  const Hdf5Handle stored(H5Aget_type(attribute.get()), H5Tclose, "read the attribute " + name);
  if (H5Tget_class(stored.get()) != H5T_INTEGER) {
    throw Hdf5Error("the attribute " + name + " is not a whole number");
  }
  std::uint64_t number = 0;
  check_hdf5(H5Aread(attribute.get(), H5T_NATIVE_UINT64, &number), "read the attribute " + name);
  return number;
}

double read_real_attribute(hid_t object, const std::string& name) {
  const Hdf5Handle attribute = open_scalar_attribute(object, name);
  const Hdf5Handle stored(H5Aget_type(attribute.get()), H5Tclose, "read the attribute " + name);
  if (H5Tget_class(stored.get()) != H5T_FLOAT)
    throw Hdf5Error("the attribute " + name + " is not a number");
  double number = 0.0;
  check_hdf5(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, &number), "read the attribute " + name);
  return number;
}

std::vector<std::string> read_texts(hid_t dataset, std::size_t most) {
  const Hdf5Handle stored(H5Dget_type(dataset), H5Tclose, "read its type");
  if (!is_text(stored.get())) throw Hdf5Error("its values are not texts");
  const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "read its length");
  const hssize_t count = check_hdf5(H5Sget_simple_extent_npoints(space.get()), "read its length");
  if (H5Sget_simple_extent_ndims(space.get()) > 1) throw Hdf5Error("it has too many dimensions");
  if (static_cast<std::size_t>(count) > most) throw Hdf5Error("it is too long");
  if (count == 0) return {};
  const Hdf5Handle type = make_string_type();
  check_hdf5(H5Tset_cset(type.get(), H5Tget_cset(stored.get())), "read its type");
  check_text_bytes(dataset, type.get(), space.get());
  std::vector<char*> letters(static_cast<std::size_t>(count), nullptr);
  check_hdf5(H5Dread(dataset, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, letters.data()),
             "read its texts");
  return take_texts(type.get(), space.get(), letters);
}

}  // namespace onward
