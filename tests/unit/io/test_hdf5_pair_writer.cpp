#include "io/hdf5_pair_writer.h"

#include "catch.h"
#include "io/hdf5_values.h"
#include "unit/io/hdf5_sample.h"

using namespace onward;
using sample::contains;

namespace {

/// Two runs of two replicates each, the base's first and the variant's last.
void store_all(PairWriter& writer) {
  for (const std::uint32_t replicate : {1u, 0u}) {
    writer.base().replicate_finished(replicate, sample::measures(sample::shape(), replicate));
    writer.variant().replicate_finished(replicate,
                                        sample::measures(sample::shape(), replicate + 7));
  }
}

TableSet small_tables() {
  return {.attributes = {{"parting", std::string("2011-02")}, {"placebos", std::int64_t{2}}},
          .axes = {{"letter", "letters", std::vector<std::string>{"ä", "b", "c"}},
                   {"none", "nothing", std::vector<std::int32_t>{}}},
          .tables = {{"counts",
                      {"replicate", "letter"},
                      "person",
                      "counts",
                      std::vector<std::int32_t>{1, 2, 3, -4, 5, 6}},
                     {"means", {"letter"}, "1", "means", std::vector<double>{0.5, 1.5, 2.5}},
                     {"empty", {"replicate", "none"}, "1", "empty", std::vector<std::int32_t>{}}}};
}

Hdf5Handle open_file(const std::string& path) {
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open"};
}

template <class Value>
std::vector<Value> values_of(hid_t file, const std::string& name, hid_t type) {
  const Hdf5Handle dataset(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, "open " + name);
  const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose, "measure");
  std::vector<Value> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
  if (!values.empty())
    check_hdf5(H5Dread(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read");
  return values;
}

}  // namespace

TEST_CASE("A comparison file that is not closed leaves nothing, and an older one stays") {
  const sample::Folder folder("pair");
  {
    PairWriter writer(folder.file("compare.h5"), sample::description(0, 2),
                      sample::description(0, 2));
    store_all(writer);
    REQUIRE(folder.names().size() == 1);
    CHECK(contains(folder.names().front(), "compare.h5.partial-"));
  }
  CHECK(folder.names().empty());
}

TEST_CASE("A comparison file holds both runs and the tables") {
  const sample::Folder folder("pair");
  const std::string path = folder.file("compare.h5");
  PairWriter writer(path, sample::description(0, 2), sample::description(0, 2));
  store_all(writer);
  writer.close(small_tables(), {1.5, 2.5, 2});
  REQUIRE(folder.names() == std::vector<std::string>{"compare.h5"});

  const Hdf5Handle file = open_file(path);
  CHECK(read_text_attribute(file.get(), "format") == "onward comparison");
  CHECK(read_text_attribute(file.get(), "base_name") == "sample");
  CHECK(read_text_attribute(file.get(), "parting") == "2011-02");
  CHECK(read_number_attribute(file.get(), "placebos") == 2);
  CHECK(values_of<std::int32_t>(file.get(), "counts", H5T_NATIVE_INT32) ==
        std::vector<std::int32_t>{1, 2, 3, -4, 5, 6});
  CHECK(values_of<double>(file.get(), "means", H5T_NATIVE_DOUBLE) ==
        std::vector<double>{0.5, 1.5, 2.5});
  CHECK(values_of<std::int32_t>(file.get(), "empty", H5T_NATIVE_INT32).empty());
}

TEST_CASE("Each group of a comparison file is what a run file would be") {
  const sample::Folder folder("pair");
  PairWriter writer(folder.file("compare.h5"), sample::description(0, 2),
                    sample::description(0, 2));
  store_all(writer);
  writer.close(small_tables(), {});
  sample::write_run(folder.file("run.h5"), 2);
  const Hdf5Handle pair = open_file(folder.file("compare.h5"));
  const Hdf5Handle run = open_file(folder.file("run.h5"));
  for (const MeasureRow& row : kMeasureRows) {
    const std::string name(row.name);
    const hid_t type = row.is_count ? H5T_NATIVE_INT32 : H5T_NATIVE_FLOAT;
    const auto alone = values_of<std::int32_t>(run.get(), name, type);
    CHECK(values_of<std::int32_t>(pair.get(), "base/" + name, type) == alone);
    CHECK(values_of<std::int32_t>(pair.get(), "variant/" + name, type) != alone);
  }
}

TEST_CASE("A comparison file that cannot be created is named") {
  const sample::Folder folder("pair");
  const std::string path = folder.file("missing/compare.h5");
  std::string message;
  try {
    PairWriter writer(path, sample::description(0, 1), sample::description(0, 1));
  } catch (const std::runtime_error& error) {
    message = error.what();
  }
  CHECK(message == path + ": cannot create the file: No such file or directory");
}
