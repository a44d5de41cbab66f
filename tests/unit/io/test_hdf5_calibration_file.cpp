#include "io/hdf5_calibration_file.h"

#include <filesystem>

#include "catch.h"
#include "io/hdf5_values.h"
#include "unit/io/io_test_tools.h"

using namespace onward;

namespace {

CalibrationFile sample() {
  CalibrationFile file;
  file.study = "sample";
  file.bank_hash = "fnv1a64:1";
  file.study_hash = "fnv1a64:2";
  file.seen = "2004-2005";
  file.parameters = {"a", "b"};
  file.destinations = {"X", "Y"};
  file.first_year = 2004;
  file.years = 2;
  file.runs = 1;
  file.standard = {0.5, -1.0, 0.25, 2.0, 1.5, 0.0};
  file.value = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
  file.claims = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  file.distance = {10.5, 9.0, 30.0};
  file.round = {0, 0, 1};
  file.population = {1, 0};
  file.rounds = {2.0, 10.0, 9.0, 1.0, 1.0, 0.0, 2.0, 3.0};
  file.step = 0.75;
  file.bank_standard = {0.5, 0.75};
  file.bank_value = {7.0, 8.0};
  file.bank_claims = {1, 0, 0, 2};
  return file;
}

std::string temporary(const char* name) {
  return (std::filesystem::temp_directory_path() / name).string();
}

/// What reading says once `damage` was done to a whole file.
template <class Damage>
std::string outcome_after(Damage damage) {
  const std::string path = temporary("onward-calibration-damaged.h5");
  write_calibration(path, sample());
  {
    const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open");
    damage(file.get());
  }
  const auto messages = onward_test::messages_of([&] { read_calibration(path); });
  std::filesystem::remove(path);
  return messages.empty() ? "" : messages.front();
}

}  // namespace

TEST_CASE("a calibration file reads back as it was", "[calibration][hdf5]") {
  const std::string path = temporary("onward-calibration.h5");
  write_calibration(path, sample());
  CHECK(read_calibration(path) == sample());
  std::filesystem::remove(path);
}

TEST_CASE("damaged calibration files are refused", "[calibration][hdf5]") {
  const Hdf5Quiet quiet;
  CHECK(outcome_after([](hid_t) {}).empty());
  CHECK_FALSE(outcome_after([](hid_t file) { H5Ldelete(file, "claims", H5P_DEFAULT); }).empty());
  CHECK_FALSE(outcome_after([](hid_t file) { H5Adelete(file, "study_hash"); }).empty());
  CHECK_FALSE(outcome_after([](hid_t file) {
                H5Ldelete(file, "population", H5P_DEFAULT);
                write_dataset(file, "population", std::vector<std::int32_t>{1, 77});
              }).empty());
  CHECK_FALSE(outcome_after([](hid_t file) {
                H5Ldelete(file, "point_round", H5P_DEFAULT);
                write_dataset(file, "point_round", std::vector<std::int32_t>{1, 2});
              }).empty());
}
