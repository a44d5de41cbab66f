#include "io/hdf5_run_writer.h"

#include <algorithm>
#include <limits>

#include "core/check.h"
#include "io/hdf5_layout.h"
#include "io/hdf5_temporary_file.h"
#include "io/hdf5_values.h"

namespace onward {

/// The open file. Members are closed in reverse order, the file last.
struct RunWriter::File {
  Hdf5TemporaryFile temporary;
  std::vector<Hdf5Handle> series;    ///< in the order of kMeasureRows
  std::vector<Hdf5Handle> counters;  ///< in the order of kCounters

  explicit File(const std::string& path) : temporary(path) {}
};

namespace {

/// A number of one replicate that tells how much was simulated.
struct Counter {
  std::string_view name;
  std::uint64_t Measures::*value;
  std::string_view unit;
  std::string_view meaning;
};

constexpr auto kCounters = std::to_array<Counter>({
    {"simulated_person_months", &Measures::person_months, "person month",
     "person-months simulated"},
    {"simulated_choices", &Measures::decisions, "decision", "choices evaluated"},
    {"simulated_persons", &Measures::persons, "person", "people ever present"},
});

std::string hdf5_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  H5get_libversion(&major, &minor, &release);
  return "HDF5 " + std::to_string(major) + '.' + std::to_string(minor) + '.' +
         std::to_string(release);
}

void write_provenance(hid_t file, const Provenance& provenance) {
  write_attribute(file, "Conventions", std::string("CF-1.9"));
  write_attribute(file, "format", std::string(kFormatName));
  write_attribute(file, "format_version", provenance.format_version);
  write_attribute(file, "program_version", provenance.program_version);
  write_attribute(file, "git_commit", provenance.git_commit);
  write_attribute(file, "compiler", provenance.compiler);
  write_attribute(file, "flags", provenance.flags);
  write_attribute(file, "libraries", hdf5_version() + ", " + provenance.libraries);
  write_attribute(file, "scenario_name", provenance.scenario_name);
  write_attribute(file, "scenario_hash", provenance.scenario_hash);
  write_attribute(file, "seed", provenance.seed);
  write_attribute(file, "first_replicate", std::int64_t{provenance.first_replicate});
  write_attribute(file, "replicates", std::int64_t{provenance.replicates});
  write_attribute(file, "command_line", provenance.command_line);
  write_attribute(file, "created", provenance.created);
}

void write_scenario(hid_t file, const std::string& text) {
  const Hdf5Handle group(H5Gcreate2(file, "scenario", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                         H5Gclose, "create the group scenario");
  const Hdf5Handle dataset = write_text(group.get(), "text", text);
  write_attribute(dataset.get(), "long_name", std::string("the resolved scenario as YAML"));
}

/// Row-major tables year x destination of the record and its bounds; NaN where there is none.
struct RecordTables {
  std::vector<float> count;
  std::vector<float> lower;
  std::vector<float> upper;
};

RecordTables tabulate_record(const RunDescription& description) {
  const MeasureShape& shape = description.shape;
  const std::size_t years = shape.length(Dimension::kYear);
  const std::size_t width = shape.destinations.size();
  const std::vector<float> empty(years * width, std::numeric_limits<float>::quiet_NaN());
  RecordTables tables{empty, empty, empty};
  for (const ObservedCount& cell : description.observed) {
    EXPECT(cell.place.index() < shape.places.size());
    const auto found = std::find(shape.destinations.begin(), shape.destinations.end(),
                                 shape.places[cell.place.index()]);
    const int year = cell.year - shape.first_year();
    if (found == shape.destinations.end() || year < 0 || year >= static_cast<int>(years)) continue;
    const auto column = static_cast<std::size_t>(found - shape.destinations.begin());
    const std::size_t i = static_cast<std::size_t>(year) * width + column;
    tables.count[i] = static_cast<float>(cell.count);
    tables.lower[i] = static_cast<float>(cell.lower);
    tables.upper[i] = static_cast<float>(cell.upper);
  }
  return tables;
}

void write_record_table(hid_t file, const Hdf5Axes& axes, const std::string& name,
                        const std::string& meaning, const std::vector<float>& values) {
  const SeriesPlan plan{name, H5T_NATIVE_FLOAT, {"year", "destination"}, "person", meaning};
  const Hdf5Handle dataset = create_series(file, axes, plan);
  if (values.empty()) return;
  check_hdf5(
      H5Dwrite(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
      "write " + name);
}

void write_record(hid_t file, const Hdf5Axes& axes, const RunDescription& description) {
  const RecordTables tables = tabulate_record(description);
  write_record_table(file, axes, "record", "yearly claims in the observed record", tables.count);
  write_record_table(file, axes, "record_lower", "smallest true count behind the record",
                     tables.lower);
  write_record_table(file, axes, "record_upper", "largest true count behind the record",
                     tables.upper);
}

}  // namespace

RunWriter::RunWriter(std::string path, const RunDescription& description)
    : path_(std::move(path)),
      shape_(description.shape),
      first_replicate_(description.provenance.first_replicate),
      is_finished_(description.provenance.replicates, false) {
  EXPECT(!is_finished_.empty());
  with_hdf5_path(path_, [&] {
    file_ = std::make_unique<File>(path_);
    const hid_t file = file_->temporary.id();
    write_provenance(file, description.provenance);
    write_scenario(file, description.scenario_text);
    const Hdf5Axes axes(file, shape_, first_replicate_, description.provenance.replicates);
    write_record(file, axes, description);
    for (const MeasureRow& row : kMeasureRows) {
      file_->series.push_back(create_series(file, axes, plan_series(row)));
    }
    for (const Counter& counter : kCounters) {
      const SeriesPlan plan{std::string(counter.name),
                            H5T_NATIVE_INT64,
                            {kReplicateAxis},
                            std::string(counter.unit),
                            std::string(counter.meaning)};
      file_->counters.push_back(create_series(file, axes, plan));
    }
  });
}

RunWriter::~RunWriter() {
  const Hdf5Quiet quiet;
  file_.reset();
}

void RunWriter::replicate_finished(std::uint32_t replicate, const Measures& measures) {
  EXPECT(file_ != nullptr);
  EXPECT(measures.shape() == shape_);
  const std::size_t position = replicate - first_replicate_;
  EXPECT(replicate >= first_replicate_ && position < is_finished_.size());
  EXPECT(!is_finished_[position]);
  with_hdf5_path(path_, [&] {
    for (std::size_t i = 0; i < kMeasureRows.size(); ++i) {
      const bool is_count = kMeasureRows[i].is_count;
      const void* values = is_count ? static_cast<const void*>(measures.counts(i).data())
                                    : static_cast<const void*>(measures.values(i).data());
      write_replicate(file_->series[i].get(), position,
                      is_count ? H5T_NATIVE_INT32 : H5T_NATIVE_FLOAT, values,
                      std::string(kMeasureRows[i].name));
    }
    for (std::size_t i = 0; i < kCounters.size(); ++i) {
      write_replicate(file_->counters[i].get(), position, H5T_NATIVE_UINT64,
                      &(measures.*kCounters[i].value), std::string(kCounters[i].name));
    }
  });
  is_finished_[position] = true;
}

std::uint32_t RunWriter::finished() const {
  return static_cast<std::uint32_t>(std::count(is_finished_.begin(), is_finished_.end(), true));
}

void RunWriter::close(const RunTiming& timing) {
  EXPECT(file_ != nullptr);
  EXPECT(finished() == is_finished_.size());
  with_hdf5_path(path_, [&] {
    const hid_t file = file_->temporary.id();
    write_attribute(file, "timing_wall_seconds", timing.wall_seconds);
    write_attribute(file, "timing_cpu_seconds", timing.cpu_seconds);
    write_attribute(file, "timing_threads", std::int64_t{timing.threads});
    for (Hdf5Handle& series : file_->series) series.close("write the series");
    for (Hdf5Handle& counter : file_->counters) counter.close("write the counters");
    file_->temporary.keep();
    file_.reset();
  });
}

}  // namespace onward
