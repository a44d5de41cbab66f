#include "io/hdf5_input.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "core/check.h"

namespace onward {

void reject_file(const std::string& path, const std::string& problem, const std::string& why,
                 const std::string& suggestion) {
  std::vector<Problem> problems(1);
  problems[0].where.file = path;
  problems[0].problem = problem;
  problems[0].why = why;
  problems[0].suggestion = suggestion;
  throw InputError(std::move(problems));
}

void check_is_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) reject_file(path, "there is no such file");
  if (!std::filesystem::is_regular_file(status)) reject_file(path, "this is not a file");
}

Hdf5Handle open_hdf5_input(const std::string& path, const std::string& what) {
  const Hdf5Quiet quiet;
  const htri_t is_hdf5 = H5Fis_hdf5(path.c_str());
  if (is_hdf5 == 0) reject_file(path, "this is not a " + what, "it is not HDF5");
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (file < 0) reject_file(path, "the " + what + " cannot be opened", hdf5_reason());
  return {file, H5Fclose, "open the file"};
}

}  // namespace onward
