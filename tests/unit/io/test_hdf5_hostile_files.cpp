#include <hdf5.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <random>

#include "catch.h"
#include "core/check.h"
#include "io/hdf5_handle.h"
#include "io/hdf5_values.h"
#include "unit/io/hdf5_sample.h"

using namespace onward;
using sample::contains;
using sample::content_of;

namespace {

/// What reading everything in a file ends with: "" or the message of the error.
std::string outcome_of_reading(const std::string& path) {
  try {
    const RunFile run(path);
    for (const RunSeries& series : run.series()) run.read(series);
    run.read_measures(run.provenance().first_replicate);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

void write_content(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

/// Writes a sound file, lets `spoil` change it, and returns what reading it ends with.
std::string outcome_after(const std::function<void(hid_t)>& spoil) {
  const sample::Folder folder("hostile");
  const std::string path = folder.file("run.h5");
  sample::write_run(path, 2);
  {
    const Hdf5Quiet quiet;
    const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open");
    spoil(file.get());
  }
  const std::string outcome = outcome_of_reading(path);
  INFO(outcome);
  CHECK(contains(outcome, path));
  return outcome;
}

/// Replaces a root attribute by a text.
void set_attribute(hid_t file, const std::string& name, const std::string& text) {
  H5Adelete(file, name.c_str());
  write_attribute(file, name, text);
}

/// Replaces a dataset by an empty one of the given lengths, in pieces so that it takes no room.
Hdf5Handle set_dataset(hid_t file, const std::string& name, hid_t type,
                       std::vector<hsize_t> lengths, hsize_t chunk_length, bool is_packed = false) {
  H5Ldelete(file, name.c_str(), H5P_DEFAULT);
  const Hdf5Handle space = make_space(lengths);
  const Hdf5Handle properties = make_dataset_properties();
  std::vector<hsize_t> chunk = lengths;
  for (hsize_t& length : chunk) length = std::min(length, chunk_length);
  H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
  if (is_packed) H5Pset_deflate(properties.get(), 1);
  Hdf5Handle dataset(
      H5Dcreate2(file, name.c_str(), type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
      H5Dclose, "create " + name);
  write_attribute(dataset.get(), "axes", std::string("replicate month group"));
  write_attribute(dataset.get(), "units", std::string("1"));
  write_attribute(dataset.get(), "long_name", std::string("spoilt"));
  return dataset;
}

}  // namespace

TEST_CASE("What is not a run file is the user's error") {
  const sample::Folder folder("hostile");
  const auto outcome = [&](const std::string& name) {
    CHECK_THROWS_AS(RunFile(folder.file(name)), InputError);
    return outcome_of_reading(folder.file(name));
  };
  CHECK(outcome("none.h5") == folder.file("none.h5") + ": there is no such file.");
  CHECK(outcome(".") == folder.file(".") + ": this is not a file.");
  write_content(folder.file("empty.h5"), "");
  CHECK(contains(outcome("empty.h5"), "this is not a run file (it is not HDF5)"));
  write_content(folder.file("text.h5"), "name: a scenario\n");
  CHECK(contains(outcome("text.h5"), "this is not a run file (it is not HDF5)"));
  {
    const Hdf5Quiet quiet;
    const Hdf5Handle file(
        H5Fcreate(folder.file("other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT),
        H5Fclose, "create");
  }
  CHECK(contains(outcome("other.h5"), "does not say that onward wrote it"));
}

TEST_CASE("A run file of another version or with wrong attributes is refused") {
  CHECK(contains(outcome_after([](hid_t file) { set_attribute(file, "format_version", "2.0"); }),
                 "the run file has format version 2.0"));
  CHECK(contains(outcome_after([](hid_t file) { set_attribute(file, "seed", "many"); }),
                 "the attribute seed is not a whole number"));
  CHECK(contains(outcome_after([](hid_t file) { H5Adelete(file, "created"); }),
                 "the attribute created is missing"));
  CHECK(contains(outcome_after([](hid_t file) {
                   H5Adelete(file, "replicates");
                   write_attribute(file, "replicates", std::int64_t{1} << 40);
                 }),
                 "the attribute replicates is out of range"));
}

TEST_CASE("Datasets that are missing, too large or elsewhere are refused") {
  CHECK(contains(outcome_after([](hid_t file) { H5Ldelete(file, "group", H5P_DEFAULT); }),
                 "group: the dataset is missing"));
  CHECK(contains(outcome_after([](hid_t file) { H5Ldelete(file, "moves", H5P_DEFAULT); }),
                 "no series 'moves'"));
  CHECK(contains(outcome_after([](hid_t file) { H5Ldelete(file, "scenario", H5P_DEFAULT); }),
                 "scenario"));
  CHECK(contains(outcome_after([](hid_t file) {
                   set_dataset(file, "month", H5T_NATIVE_INT32, {1'000'000'000'000}, 100);
                 }),
                 "month: it is too long"));
  CHECK(contains(outcome_after([](hid_t file) {
                   set_dataset(file, "arrivals", H5T_NATIVE_INT32, {2, 1'000'000, 1'000'000}, 9);
                 }),
                 "arrivals: its axis month has another length"));
  CHECK(contains(outcome_after([](hid_t file) {
                   set_dataset(file, "arrivals", H5T_NATIVE_INT32, {2, 16, 2, 1}, 1);
                 }),
                 "arrivals: its axes are not those it names"));
  CHECK(contains(outcome_after([](hid_t file) {
                   set_dataset(file, "arrivals", H5T_NATIVE_FLOAT, {2, 16, 2}, 2);
                 }),
                 "arrivals is not as this program writes it"));
  CHECK(contains(outcome_after([](hid_t file) {
                   set_dataset(file, "arrivals", H5T_STD_REF_OBJ, {2, 16, 2}, 2);
                 }),
                 "its values are not numbers"));
  CHECK(contains(outcome_after([](hid_t file) {
                   H5Ldelete(file, "destination", H5P_DEFAULT);
                   H5Lcreate_external("other.h5", "/place", file, "destination", H5P_DEFAULT,
                                      H5P_DEFAULT);
                 }),
                 "destination: the dataset is missing"));
}

TEST_CASE("A piece that says that it is not packed and is too short is refused") {
  const auto outcome = [](bool is_packed) {
    return outcome_after([&](hid_t file) {
      const Hdf5Handle dataset =
          set_dataset(file, "arrivals", H5T_NATIVE_INT32, {2, 16, 2}, 16, is_packed);
      const std::array<hsize_t, 3> first{0, 0, 0};
      constexpr unsigned kAllFilters = 0xFFFFFFFF;
      H5Dwrite_chunk(dataset.get(), H5P_DEFAULT, is_packed ? kAllFilters : 0, first.data(), 3,
                     "\1\2\3");
    });
  };
  CHECK(contains(outcome(true), "(arrivals: a piece of it is too short)"));
  CHECK(contains(outcome(false), "(arrivals: a piece of it is too short)"));
}

TEST_CASE("A truncated run file is refused") {
  const sample::Folder folder("hostile");
  sample::write_run(folder.file("run.h5"), 2);
  const std::string content = content_of(folder.file("run.h5"));
  for (std::size_t part = 1; part < 20; ++part) {
    const std::string path = folder.file("part.h5");
    write_content(path, content.substr(0, content.size() * part / 20));
    CHECK_THROWS_AS(RunFile(path), InputError);
    CHECK(contains(outcome_of_reading(path), path));
  }
}

TEST_CASE("A damaged run file gives an error or a run, never a crash") {
  const sample::Folder folder("hostile");
  sample::write_run(folder.file("run.h5"), 1);
  const std::string content = content_of(folder.file("run.h5"));
  const std::string path = folder.file("damaged.h5");
  std::mt19937 random(20240229);
  int refused = 0;
  for (int i = 0; i < 60; ++i) {
    std::string damaged = content;
    const std::size_t begin = random() % content.size();
    for (std::size_t k = begin; k < std::min(begin + 1 + i % 16, content.size()); ++k) {
      damaged[k] = static_cast<char>(random());
    }
    write_content(path, damaged);
    const std::string outcome = outcome_of_reading(path);
    if (outcome.empty()) continue;
    ++refused;
    CHECK(contains(outcome, path));
  }
  CHECK(refused > 10);
}
