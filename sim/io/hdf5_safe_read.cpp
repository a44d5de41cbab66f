#include "io/hdf5_safe_read.h"

namespace onward {

namespace {

constexpr int kMostDimensions = 8;
constexpr std::size_t kMostDatasets = 10'000;
/// Most bytes of one compressed piece after unpacking.
constexpr hsize_t kMostChunkBytes = hsize_t{256} << 20;

void check_filters(hid_t properties) {
  const int filters = check_hdf5(H5Pget_nfilters(properties), "read its filters");
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    const H5Z_filter_t filter = H5Pget_filter2(properties, static_cast<unsigned>(i), &flags,
                                               &values, nullptr, 0, nullptr, nullptr);
    const bool is_known = filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE ||
                          filter == H5Z_FILTER_FLETCHER32;
    if (!is_known) throw Hdf5Error("it is packed with an unknown filter");
  }
}

/// How a dataset is stored in pieces.
struct Pieces {
  std::vector<hsize_t> lengths;  ///< empty if it is not stored so
  hsize_t bytes = 0;             ///< of an unpacked piece, at most kMostChunkBytes
  bool are_packed = false;
};

Pieces pieces_of(hid_t dataset, hid_t properties) {
  if (H5Pget_layout(properties) != H5D_CHUNKED) return {};
  Pieces pieces;
  pieces.lengths.resize(kMostDimensions);
  const int rank = H5Pget_chunk(properties, kMostDimensions, pieces.lengths.data());
  pieces.lengths.resize(
      static_cast<std::size_t>(check_hdf5(rank, "read the lengths of its pieces")));
  const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read its type");
  pieces.bytes = H5Tget_size(type.get());
  for (const hsize_t length : pieces.lengths) {
    if (length == 0 || pieces.bytes > kMostChunkBytes / length)
      throw Hdf5Error("it is stored in pieces that are too large");
    pieces.bytes *= length;
  }
  pieces.are_packed = check_hdf5(H5Pget_nfilters(properties), "read its filters") > 0;
  return pieces;
}

Hdf5Handle storage_of(hid_t dataset) {
  return {H5Dget_create_plist(dataset), H5Pclose, "read its storage"};
}

void check_storage(hid_t dataset) {
  const Hdf5Handle properties = storage_of(dataset);
  if (!pieces_of(dataset, properties.get()).lengths.empty()) {
    check_filters(properties.get());
  } else if (H5Pget_external_count(properties.get()) != 0) {
    throw Hdf5Error("its values lie in another file");
  }
}

}  // namespace

bool has_dataset(hid_t parent, const std::string& name) {
  H5L_info_t link{};
  if (H5Lexists(parent, name.c_str(), H5P_DEFAULT) <= 0) return false;
  if (H5Lget_info(parent, name.c_str(), &link, H5P_DEFAULT) < 0) return false;
  if (link.type != H5L_TYPE_HARD) return false;
  H5O_info_t object{};
  if (H5Oget_info_by_name2(parent, name.c_str(), &object, H5O_INFO_BASIC, H5P_DEFAULT) < 0) {
    return false;
  }
  return object.type == H5O_TYPE_DATASET;
}

Hdf5Handle open_dataset(hid_t parent, const std::string& name) {
  if (!has_dataset(parent, name)) throw Hdf5Error("the dataset is missing");
  Hdf5Handle dataset(H5Dopen2(parent, name.c_str(), H5P_DEFAULT), H5Dclose, "open the dataset");
  const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose, "read its dimensions");
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank < 0 || rank > kMostDimensions) throw Hdf5Error("it has too many dimensions");
  check_storage(dataset.get());
  return dataset;
}

namespace {

struct NameList {
  std::vector<std::string> names;
  bool is_too_long = false;
};

herr_t add_name(hid_t parent, const char* name, const H5L_info_t*, void* data) {
  auto* list = static_cast<NameList*>(data);
  if (list->names.size() == kMostDatasets) {
    list->is_too_long = true;
    return 1;
  }
  if (has_dataset(parent, name)) list->names.emplace_back(name);
  return 0;
}

}  // namespace

std::vector<std::string> list_datasets(hid_t parent) {
  NameList list;
  if (H5Literate(parent, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, add_name, &list) < 0) {
    list = NameList{};
    check_hdf5(H5Literate(parent, H5_INDEX_NAME, H5_ITER_INC, nullptr, add_name, &list),
               "list the datasets");
  }
  if (list.is_too_long) throw Hdf5Error("it has too many datasets");
  return list.names;
}

std::vector<hsize_t> dataset_lengths(hid_t dataset) {
  const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "read its dimensions");
  const int rank = check_hdf5(H5Sget_simple_extent_ndims(space.get()), "read its dimensions");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
  check_hdf5(H5Sget_simple_extent_dims(space.get(), lengths.data(), nullptr),
             "read its dimensions");
  return lengths;
}

bool holds_integers(hid_t dataset) {
  const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read its type");
  const H5T_class_t kind = H5Tget_class(type.get());
  const bool is_number = kind == H5T_INTEGER || kind == H5T_FLOAT;
  if (!is_number || H5Tget_size(type.get()) > 8) throw Hdf5Error("its values are not numbers");
  return kind == H5T_INTEGER;
}

std::size_t block_size(const std::vector<hsize_t>& lengths) {
  std::size_t size = 1;
  for (const hsize_t length : lengths) {
    if (length == 0) return 0;
    if (length > kMostValues / size) throw Hdf5Error("it is too large");
    size *= length;
  }
  return size;
}

namespace {

/// Refuses the piece at `at` if it should be there unpacked and is shorter than that: HDF5 1.10
/// would read on past its end.
void check_piece(hid_t dataset, const Pieces& pieces, const std::vector<hsize_t>& at) {
  unsigned skipped_filters = 0;
  haddr_t address = HADDR_UNDEF;
  hsize_t size = 0;
  check_hdf5(H5Dget_chunk_info_by_coord(dataset, at.data(), &skipped_filters, &address, &size),
             "find its pieces");
  const bool is_packed = pieces.are_packed && skipped_filters == 0;
  if (address != HADDR_UNDEF && !is_packed && size < pieces.bytes)
    throw Hdf5Error("a piece of it is too short");
}

/// Checks the pieces of a block that is not empty.
void check_pieces(hid_t dataset, const std::vector<hsize_t>& start,
                  const std::vector<hsize_t>& count) {
  const Pieces pieces = pieces_of(dataset, storage_of(dataset).get());
  if (pieces.lengths.empty()) return;
  if (pieces.lengths.size() != start.size())
    throw Hdf5Error("its pieces have other dimensions than itself");
  std::vector<hsize_t> first(start.size());
  for (std::size_t i = 0; i < start.size(); ++i) first[i] = start[i] - start[i] % pieces.lengths[i];
  std::vector<hsize_t> at = first;
  for (std::size_t i = 0; i < at.size();) {
    check_piece(dataset, pieces, at);
    // On to the next one, as a counter with one digit for each dimension.
    for (i = 0; i < at.size(); ++i) {
      at[i] += pieces.lengths[i];
      if (at[i] < start[i] + count[i]) break;
      at[i] = first[i];
    }
  }
}

}  // namespace

std::vector<double> read_block(hid_t dataset, const std::vector<hsize_t>& start,
                               const std::vector<hsize_t>& count) {
  holds_integers(dataset);
  std::vector<double> values(block_size(count));
  if (values.empty()) return values;
  const Hdf5Handle source(H5Dget_space(dataset), H5Sclose, "read its dimensions");
  if (!count.empty()) {
    check_hdf5(H5Sselect_hyperslab(source.get(), H5S_SELECT_SET, start.data(), nullptr,
                                   count.data(), nullptr),
               "select values");
  }
  if (H5Sselect_valid(source.get()) <= 0) throw Hdf5Error("it is too short");
  check_pieces(dataset, start, count);
  const hsize_t size = values.size();
  const Hdf5Handle target(H5Screate_simple(1, &size, nullptr), H5Sclose, "make a data space");
  check_hdf5(
      H5Dread(dataset, H5T_NATIVE_DOUBLE, target.get(), source.get(), H5P_DEFAULT, values.data()),
      "read its values");
  return values;
}

std::vector<double> read_numbers(hid_t dataset) {
  const std::vector<hsize_t> lengths = dataset_lengths(dataset);
  return read_block(dataset, std::vector<hsize_t>(lengths.size(), 0), lengths);
}

}  // namespace onward
