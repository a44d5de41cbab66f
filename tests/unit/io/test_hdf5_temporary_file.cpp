#include "io/hdf5_temporary_file.h"

#include <numeric>

#include "catch.h"
#include "hdf5_sample.h"

using namespace onward;

namespace {

/// Values of one row of a table; a row is larger than what is put on the disk at once.
constexpr hsize_t kWidth = 400'000;

std::vector<std::int32_t> row_of(int number) {
  std::vector<std::int32_t> values(kWidth);
  std::iota(values.begin(), values.end(), number * 1000);
  return values;
}

/// A table of three rows in a file that is told of each.
void write_rows(Hdf5TemporaryFile& file) {
  const hsize_t lengths[] = {3, kWidth};
  const Hdf5Handle space(H5Screate_simple(2, lengths, nullptr), H5Sclose, "space");
  const Hdf5Handle table(H5Dcreate2(file.id(), "table", H5T_NATIVE_INT32, space.get(), H5P_DEFAULT,
                                    H5P_DEFAULT, H5P_DEFAULT),
                         H5Dclose, "create");
  const hsize_t length[] = {1, kWidth};
  const Hdf5Handle memory(H5Screate_simple(2, length, nullptr), H5Sclose, "memory");
  for (const int row : {2, 0, 1}) {
    const hsize_t start[] = {static_cast<hsize_t>(row), 0};
    check_hdf5(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start, nullptr, length, nullptr),
               "select");
    check_hdf5(H5Dwrite(table.get(), H5T_NATIVE_INT32, memory.get(), space.get(), H5P_DEFAULT,
                        row_of(row).data()),
               "write");
    file.grown();
  }
}

}  // namespace

TEST_CASE("A file holds all that was written before and after it was told to grow") {
  const sample::Folder folder("temporary");
  {
    Hdf5TemporaryFile file(folder.file("a.h5"));
    file.grown();
    write_rows(file);
    file.grown();
    file.keep();
  }
  REQUIRE(folder.names() == std::vector<std::string>{"a.h5"});
  const Hdf5Handle file(H5Fopen(folder.file("a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose,
                        "open");
  const Hdf5Handle table(H5Dopen2(file.get(), "table", H5P_DEFAULT), H5Dclose, "open");
  std::vector<std::int32_t> values(3 * kWidth, -1);
  REQUIRE(H5Dread(table.get(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >=
          0);
  std::vector<std::int32_t> expected;
  for (const int row : {0, 1, 2}) {
    const std::vector<std::int32_t> part = row_of(row);
    expected.insert(expected.end(), part.begin(), part.end());
  }
  CHECK(values == expected);
}

TEST_CASE("A file that has grown and is not kept leaves nothing") {
  const sample::Folder folder("temporary");
  {
    Hdf5TemporaryFile file(folder.file("a.h5"));
    write_rows(file);
    CHECK(folder.names().size() == 1);
  }
  CHECK(folder.names().empty());
}
