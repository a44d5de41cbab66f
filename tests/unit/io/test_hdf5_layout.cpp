#include "io/hdf5_layout.h"

#include <hdf5_hl.h>

#include <array>

#include "catch.h"
#include "hdf5_sample.h"
#include "io/hdf5_values.h"

using namespace onward;

namespace {

Hdf5Handle create_file(const std::string& path) {
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, "create"};
}

Hdf5Handle open_dataset(hid_t file, const std::string& name) {
  return {H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, "open " + name};
}

Hdf5Handle open_attribute(hid_t object, const std::string& name) {
  return {H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open " + name};
}

/// A file with the axes `row`, `column` and `unused` and two tables, of which `square` has the axis
/// `row` twice.
void write_tables(hid_t file) {
  Hdf5Axes axes;
  const std::vector<std::int32_t> numbers{1, 2, 3};
  for (const std::string name : {"row", "column", "unused"})
    axes.add(name, write_dataset(file, name, numbers), "1", "a number");
  const auto create = [&](const std::string& name, std::vector<std::string_view> of) {
    create_series(file, axes,
                  {.name = name, .axes = std::move(of), .unit = "1", .meaning = "a table"});
  };
  create("table", {"row", "column"});
  create("square", {"row", "row"});
  axes.close();
}

bool is_attached(hid_t file, const std::string& series, const std::string& axis, unsigned at) {
  const Hdf5Handle dataset = open_dataset(file, series);
  const Hdf5Handle scale = open_dataset(file, axis);
  return check_hdf5(H5DSis_attached(dataset.get(), scale.get(), at), "ask") > 0;
}

/// Whether both attributes are of the same type and length.
bool are_alike(hid_t one, hid_t other, const std::string& name) {
  const Hdf5Handle a = open_attribute(one, name);
  const Hdf5Handle b = open_attribute(other, name);
  const Hdf5Handle type_a(H5Aget_type(a.get()), H5Tclose, "type");
  const Hdf5Handle type_b(H5Aget_type(b.get()), H5Tclose, "type");
  const Hdf5Handle space_a(H5Aget_space(a.get()), H5Sclose, "space");
  const Hdf5Handle space_b(H5Aget_space(b.get()), H5Sclose, "space");
  return H5Tequal(type_a.get(), type_b.get()) > 0 &&
         H5Sextent_equal(space_a.get(), space_b.get()) > 0;
}

}  // namespace

TEST_CASE("HDF5 finds the scale of each axis of a series", "[layout]") {
  const sample::Folder folder("layout");
  const Hdf5Handle file = create_file(folder.file("a.h5"));
  write_tables(file.get());
  for (const std::string axis : {"row", "column"}) {
    CHECK(is_attached(file.get(), "table", axis, 0) == (axis == "row"));
    CHECK(is_attached(file.get(), "table", axis, 1) == (axis == "column"));
    CHECK(is_attached(file.get(), "square", axis, 0) == (axis == "row"));
    CHECK(is_attached(file.get(), "square", axis, 1) == (axis == "row"));
  }
  CHECK(H5DSget_num_scales(open_dataset(file.get(), "table").get(), 0) == 1);
  CHECK(H5DSget_num_scales(open_dataset(file.get(), "table").get(), 1) == 1);
  CHECK(H5Aexists(open_dataset(file.get(), "unused").get(), "REFERENCE_LIST") == 0);
}

TEST_CASE("What is kept of the uses of a scale is what HDF5 would keep", "[layout]") {
  const sample::Folder folder("layout");
  const Hdf5Handle ours = create_file(folder.file("ours.h5"));
  write_tables(ours.get());
  const Hdf5Handle theirs = create_file(folder.file("theirs.h5"));
  const std::array<hsize_t, 2> lengths{3, 3};
  const Hdf5Handle space = make_space(lengths);
  const Hdf5Handle row = write_dataset(theirs.get(), "row", std::vector<std::int32_t>{1, 2, 3});
  H5DSset_scale(row.get(), "row");
  for (const char* name : {"table", "square"}) {
    const Hdf5Handle dataset(H5Dcreate2(theirs.get(), name, H5T_NATIVE_INT32, space.get(),
                                        H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                             H5Dclose, "create");
    REQUIRE(H5DSattach_scale(dataset.get(), row.get(), 0) >= 0);
    if (name == std::string("square")) REQUIRE(H5DSattach_scale(dataset.get(), row.get(), 1) >= 0);
    CHECK(are_alike(open_dataset(ours.get(), name).get(), dataset.get(), "DIMENSION_LIST"));
  }
  CHECK(are_alike(open_dataset(ours.get(), "row").get(), row.get(), "REFERENCE_LIST"));
}

TEST_CASE("HDF5 can take a scale away from a series and give it another", "[layout]") {
  const sample::Folder folder("layout");
  const Hdf5Handle file = create_file(folder.file("a.h5"));
  write_tables(file.get());
  const Hdf5Handle table = open_dataset(file.get(), "table");
  REQUIRE(H5DSdetach_scale(table.get(), open_dataset(file.get(), "row").get(), 0) >= 0);
  CHECK_FALSE(is_attached(file.get(), "table", "row", 0));
  CHECK(is_attached(file.get(), "square", "row", 1));
  REQUIRE(H5DSattach_scale(table.get(), open_dataset(file.get(), "unused").get(), 0) >= 0);
  CHECK(is_attached(file.get(), "table", "unused", 0));
}
