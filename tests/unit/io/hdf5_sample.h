#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/hdf5_run_file.h"
#include "io/hdf5_run_writer.h"

/// A small run with recognisable numbers, for the tests of run files.
namespace onward::sample {

/// An empty folder of its own for one test, removed at the end.
class Folder {
 public:
  explicit Folder(const std::string& name);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string text() const { return path_.string(); }

  /// Names of everything inside, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

/// Whether `part` stands in `text`.
bool contains(const std::string& text, const std::string& part);

/// All bytes of a file.
std::string content_of(const std::string& path);

MeasureShape shape();

/// Two cells of the record inside the run (one of them rounded), one before it.
RunDescription description(std::uint32_t first_replicate, std::uint32_t replicates);

/// Values that are a hash of replicate, series and position.
Measures measures(const MeasureShape& shape, std::uint32_t replicate);

/// Writes a whole run file, the replicates in the given order.
void write_run(const std::string& path, const RunDescription& description,
               const std::vector<std::uint32_t>& order);

/// Writes a whole run file with replicates 0 to count - 1.
void write_run(const std::string& path, std::uint32_t count);

}  // namespace onward::sample
