#include "io/hdf5_layout.h"

#include <hdf5_hl.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "core/check.h"
#include "io/hdf5_values.h"
#include "io/measure_listing.h"

namespace onward {

namespace {

/// Level of the deflate filter; higher ones take longer and save little once bytes are shuffled.
constexpr unsigned kDeflateLevel = 1;

/// Most values in one compressed piece: 1 MiB, the size of HDF5's cache of pieces.
constexpr hsize_t kMostChunkValues = (1u << 20) / 4;

std::vector<std::int32_t> numbers_from(std::int32_t first, std::size_t count) {
  std::vector<std::int32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

Hdf5Handle write_labels(hid_t file, Dimension dimension, const MeasureShape& shape) {
  const std::string name(dimension_name(dimension));
  const std::size_t length = shape.length(dimension);
  if (dimension == Dimension::kMonth) {
    std::vector<std::int32_t> days;
    for (int i = 0; i < shape.months; ++i) days.push_back(days_of(shape.start + i));
    return write_dataset(file, name, days);
  }
  if (dimension == Dimension::kYear || dimension == Dimension::kBroker) {
    const int first = dimension == Dimension::kYear ? shape.first_year() : 0;
    return write_dataset(file, name, numbers_from(first, length));
  }
  return write_dataset(file, name, shape.labels(dimension));
}

hobj_ref_t reference_to(hid_t dataset) {
  hobj_ref_t reference = 0;
  check_hdf5(H5Rcreate(&reference, dataset, ".", H5R_OBJECT, -1), "refer to a dataset");
  return reference;
}

/// Adds an attribute that holds a list, each element of which HDF5 stores as `type`.
template <class Element>
void write_list(hid_t object, const std::string& name, hid_t type,
                const std::vector<Element>& elements) {
  const std::string action = "write the attribute " + name;
  const hsize_t length = elements.size();
  const Hdf5Handle space = make_space({&length, 1});
  const Hdf5Handle attribute(
      H5Acreate2(object, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
      action);
  check_hdf5(H5Awrite(attribute.get(), type, elements.data()), action);
}

}  // namespace

std::int32_t days_of(YearMonth month) {
  const std::chrono::year_month_day day{std::chrono::year{month.year()},
                                        std::chrono::month{static_cast<unsigned>(month.month())},
                                        std::chrono::day{1}};
  return static_cast<std::int32_t>(std::chrono::sys_days{day}.time_since_epoch().count());
}

Hdf5Axes::Hdf5Axes(hid_t where, const MeasureShape& shape, std::span<const Dimension> dimensions,
                   ReplicateRange replicates) {
  const std::string replicate(kReplicateAxis);
  const auto first = static_cast<std::int32_t>(replicates.first);
  add(replicate, write_dataset(where, replicate, numbers_from(first, replicates.count)), "1",
      "number of the replicate");
  for (const Dimension dimension : dimensions) {
    const bool is_month = dimension == Dimension::kMonth;
    add(dimension_name(dimension), write_labels(where, dimension, shape),
        is_month ? "days since 1970-01-01" : dimension_unit(dimension),
        dimension_meaning(dimension));
    if (!is_month) continue;
    const hid_t month = axes_.back().scale.get();
    write_attribute(month, "calendar", std::string("proleptic_gregorian"));
    write_attribute(month, "standard_name", std::string("time"));
  }
}

void Hdf5Axes::add(std::string_view name, Hdf5Handle scale, std::string_view unit,
                   std::string_view meaning) {
  Axis axis;
  axis.name = name;
  axis.scale = std::move(scale);
  const hid_t id = axis.scale.get();
  const Hdf5Handle space(H5Dget_space(id), H5Sclose, "measure the axis " + axis.name);
  axis.length = static_cast<hsize_t>(H5Sget_simple_extent_npoints(space.get()));
  check_hdf5(H5DSset_scale(id, axis.name.c_str()), "make the axis " + axis.name);
  write_attribute(id, "units", std::string(unit));
  write_attribute(id, "long_name", std::string(meaning));
  axis.reference = reference_to(id);
  axes_.push_back(std::move(axis));
}

void Hdf5Axes::attach(hid_t dataset, std::span<const std::string_view> names) {
  const hobj_ref_t user = reference_to(dataset);
  std::vector<hvl_t> scales;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Axis& axis = axes_[position_of(names[i])];
    axis.uses.push_back({.dataset = user, .position = static_cast<int>(i)});
    scales.push_back({1, &axis.reference});
  }
  const Hdf5Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "make a type of references");
  write_list(dataset, "DIMENSION_LIST", type.get(), scales);
}

void Hdf5Axes::write_uses(const Axis& axis) {
  if (axis.uses.empty()) return;
  const Hdf5Handle type(H5Tcreate(H5T_COMPOUND, sizeof(Use)), H5Tclose, "make a type of uses");
  check_hdf5(H5Tinsert(type.get(), "dataset", HOFFSET(Use, dataset), H5T_STD_REF_OBJ),
             "make a type of uses");
  check_hdf5(H5Tinsert(type.get(), "dimension", HOFFSET(Use, position), H5T_NATIVE_INT),
             "make a type of uses");
  write_list(axis.scale.get(), "REFERENCE_LIST", type.get(), axis.uses);
}

void Hdf5Axes::close() {
  for (Axis& axis : axes_) {
    write_uses(axis);
    axis.scale.close("write the axis " + axis.name);
  }
  axes_.clear();
}

std::size_t Hdf5Axes::position_of(std::string_view name) const {
  std::size_t i = 0;
  while (i < axes_.size() && axes_[i].name != name) ++i;
  EXPECT(i < axes_.size());
  return i;
}

SeriesPlan plan_series(const MeasureRow& row) {
  SeriesPlan plan;
  plan.name = row.name;
  plan.type = row.is_count ? H5T_NATIVE_INT32 : H5T_NATIVE_FLOAT;
  plan.axes.push_back(kReplicateAxis);
  for (const Dimension axis : axes_of(row)) plan.axes.push_back(dimension_name(axis));
  plan.unit = row.unit;
  plan.meaning = row.meaning;
  return plan;
}

namespace {

/// Lengths of a piece: one replicate, or all of them, cut along the leading axes until it is small
/// enough.
std::vector<hsize_t> chunk_lengths(const SeriesPlan& plan, const std::vector<hsize_t>& lengths) {
  std::vector<hsize_t> chunk = lengths;
  if (!plan.is_written_at_once) chunk[0] = 1;
  hsize_t rest = 1;
  const std::size_t first = plan.is_compressed ? 0 : 1;
  for (std::size_t i = chunk.size(); i-- > first;) {
    chunk[i] = std::max<hsize_t>(1, std::min(chunk[i], kMostChunkValues / rest));
    rest *= chunk[i];
  }
  return chunk;
}

Hdf5Handle series_properties(const SeriesPlan& plan, const std::vector<hsize_t>& lengths) {
  Hdf5Handle properties = make_dataset_properties();
  hsize_t values = 1;
  for (const hsize_t length : lengths) values *= length;
  // HDF5 has no pieces of length 0, and single values need none.
  const bool is_series = plan.axes.front() == kReplicateAxis && lengths.size() >= 2;
  if (!(is_series || plan.is_compressed) || values == 0) return properties;
  const std::vector<hsize_t> chunk = chunk_lengths(plan, lengths);
  const std::string action = "plan the storage of " + plan.name;
  check_hdf5(H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data()), action);
  check_hdf5(H5Pset_shuffle(properties.get()), action);
  check_hdf5(H5Pset_deflate(properties.get(), kDeflateLevel), action);
  return properties;
}

}  // namespace

Hdf5Handle create_series(hid_t file, Hdf5Axes& axes, const SeriesPlan& plan) {
  std::vector<hsize_t> lengths;
  std::string names;
  for (const std::string_view axis : plan.axes) {
    lengths.push_back(axes.length(axis));
    if (!names.empty()) names += ' ';
    names += axis;
  }
  const Hdf5Handle space = make_space(lengths);
  const Hdf5Handle properties = series_properties(plan, lengths);
  Hdf5Handle dataset(H5Dcreate2(file, plan.name.c_str(), plan.type, space.get(), H5P_DEFAULT,
                                properties.get(), H5P_DEFAULT),
                     H5Dclose, "create " + plan.name);
  axes.attach(dataset.get(), plan.axes);
  write_attribute(dataset.get(), "units", plan.unit);
  write_attribute(dataset.get(), "long_name", plan.meaning);
  write_attribute(dataset.get(), "axes", names);
  return dataset;
}

}  // namespace onward
