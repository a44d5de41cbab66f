#include "unit/io/hdf5_sample.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>

#include "io/hdf5_handle.h"

namespace onward::sample {

Folder::Folder(const std::string& name)
    : path_(std::filesystem::temp_directory_path() /
            ("onward-" + name + '-' + std::to_string(::getpid()))) {
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
  const Hdf5Quiet quiet;  // before a test calls HDF5 itself: calls off HDF5's clean-up at exit
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

MeasureShape shape() {
  MeasureShape shape;
  shape.start = YearMonth{2010, 11};
  shape.months = 16;
  shape.places = {"KOR", "CAN", "DEU", "GBR"};
  shape.destinations = {"CAN", "DEU", "GBR"};
  shape.groups = {"direct", "settled"};
  shape.brokers = 4;
  return shape;
}

RunDescription description(std::uint32_t first_replicate, std::uint32_t replicates) {
  RunDescription description;
  description.shape = shape();
  description.provenance = build_provenance();
  description.provenance.scenario_name = "sample";
  description.scenario_text = "name: sample\ntitle: \"Zürich – a sample\"\n";
  description.provenance.scenario_hash = hash_text(description.scenario_text);
  description.provenance.seed = 18446744073709551615ULL;
  description.provenance.first_replicate = first_replicate;
  description.provenance.replicates = replicates;
  description.provenance.command_line = "onward run sample.yaml";
  description.provenance.created = "2020-02-29T12:00:00Z";
  description.observed = {{2010, PlaceId(1), 154, 154, 154},
                          {2011, PlaceId(3), 5, 1, 4},
                          {2009, PlaceId(3), 99, 99, 99}};
  return description;
}

Measures measures(const MeasureShape& shape, std::uint32_t replicate) {
  Measures measures(shape);
  for (std::size_t row = 0; row < kMeasureRows.size(); ++row) {
    std::uint32_t hash = replicate * 2654435761u + static_cast<std::uint32_t>(row) * 40503u + 1;
    const auto next = [&hash] { return hash = hash * 1664525u + 1013904223u; };
    for (std::int32_t& count : measures.counts(row)) {
      count = static_cast<std::int32_t>(next() >> 28) - 9;
      count = std::max(count, 0);
    }
    for (float& value : measures.values(row)) value = static_cast<float>(next() >> 8) * 0x1p-24f;
  }
  measures.person_months = 1000 + replicate;
  measures.decisions = 2000 + replicate;
  measures.persons = (std::uint64_t{1} << 40) + replicate;
  return measures;
}

void write_run(const std::string& path, const RunDescription& description,
               const std::vector<std::uint32_t>& order) {
  RunWriter writer(path, description);
  for (const std::uint32_t replicate : order) {
    writer.replicate_finished(replicate, measures(description.shape, replicate));
  }
  writer.close({1.5, 2.5, 2});
}

void write_run(const std::string& path, std::uint32_t count) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  write_run(path, description(0, count), order);
}

}  // namespace onward::sample
