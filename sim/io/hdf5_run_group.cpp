#include "io/hdf5_run_group.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "core/check.h"
#include "io/hdf5_layout.h"
#include "io/hdf5_posterior_group.h"
#include "io/hdf5_provenance.h"
#include "io/hdf5_safe_read.h"
#include "io/hdf5_values.h"
#include "io/measure_listing.h"

namespace onward {

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

/// Packed bytes that wait until they are written. What HDF5 keeps of a series has left the
/// processor's cache when the next replicate comes; many replicates written series by series find
/// it there.
constexpr std::size_t kMostWaiting = std::size_t{1} << 18;

const void* values_of(const Measures& measures, std::size_t row) {
  return kMeasureRows[row].is_count ? static_cast<const void*>(measures.counts(row).data())
                                    : static_cast<const void*>(measures.values(row).data());
}

void write_scenario(hid_t where, const std::string& text) {
  const Hdf5Handle group(H5Gcreate2(where, "scenario", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
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

void write_record_table(hid_t where, Hdf5Axes& axes, const std::string& name,
                        const std::string& meaning, const std::vector<float>& values) {
  const SeriesPlan plan{name, H5T_NATIVE_FLOAT, {"year", "destination"}, "person", meaning};
  const Hdf5Handle dataset = create_series(where, axes, plan);
  if (values.empty()) return;
  check_hdf5(
      H5Dwrite(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
      "write " + name);
}

void write_record(hid_t where, Hdf5Axes& axes, const RunDescription& description) {
  const RecordTables tables = tabulate_record(description);
  write_record_table(where, axes, "record", "yearly claims in the observed record", tables.count);
  write_record_table(where, axes, "record_lower", "smallest true count behind the record",
                     tables.lower);
  write_record_table(where, axes, "record_upper", "largest true count behind the record",
                     tables.upper);
}

}  // namespace

RunGroup::RunGroup(std::string path, Hdf5TemporaryFile& file, hid_t where,
                   const RunDescription& description)
    : path_(std::move(path)),
      file_(file),
      shape_(description.shape),
      first_replicate_(description.provenance.first_replicate),
      is_finished_(description.provenance.replicates, false) {
  EXPECT(!is_finished_.empty());
  write_origin(where, description.provenance, std::string(kFormatName));
  write_scenario_identity(where, description.provenance, "scenario");
  write_scenario(where, description.scenario_text);
  if (description.posterior) add_posterior_group(where, *description.posterior);
  Hdf5Axes axes(where, shape_, all_dimensions(),
                {first_replicate_, description.provenance.replicates});
  write_record(where, axes, description);
  for (const MeasureRow& row : kMeasureRows) {
    Hdf5Handle dataset = create_series(where, axes, plan_series(row));
    std::optional<PiecePlan> pieces = PiecePlan::of(dataset.get());
    EXPECT(pieces || block_size(dataset_lengths(dataset.get())) == 0);
    series_.push_back({.dataset = std::move(dataset), .pieces = std::move(pieces)});
  }
  for (const Counter& counter : kCounters) {
    const SeriesPlan plan{std::string(counter.name),
                          H5T_NATIVE_INT64,
                          {kReplicateAxis},
                          std::string(counter.unit),
                          std::string(counter.meaning)};
    counters_.push_back({.dataset = create_series(where, axes, plan),
                         .values = std::vector<std::int64_t>(is_finished_.size())});
  }
  axes.close();
}

void RunGroup::replicate_finished(std::uint32_t replicate, const Measures& measures) {
  receive(replicate, measures)();
}

std::function<void()> RunGroup::receive(std::uint32_t replicate, const Measures& measures) {
  EXPECT(measures.shape() == shape_);
  const std::size_t position = replicate - first_replicate_;
  EXPECT(replicate >= first_replicate_ && position < is_finished_.size());
  return [this, &measures, packed = pack(position, measures)]() mutable {
    const std::size_t at = packed.position;
    EXPECT(!is_finished_[at]);
    for (std::size_t i = 0; i < kCounters.size(); ++i)
      counters_[i].values[at] = static_cast<std::int64_t>(measures.*kCounters[i].value);
    with_hdf5_path(path_, [&] { keep(std::move(packed)); });
    is_finished_[at] = true;
  };
}

RunGroup::Packed RunGroup::take_spare() {
  const std::lock_guard lock(spare_mutex_);
  if (spare_.empty()) return {.position = 0, .series = std::vector<PackedPieces>(series_.size())};
  Packed spare = std::move(spare_.back());
  spare_.pop_back();
  return spare;
}

RunGroup::Packed RunGroup::pack(std::size_t position, const Measures& measures) {
  Packed packed = take_spare();
  packed.position = position;
  packed.bytes = 0;
  for (std::size_t i = 0; i < series_.size(); ++i) {
    if (!series_[i].pieces) continue;
    series_[i].pieces->pack(values_of(measures, i), packed.series[i]);
    packed.bytes += packed.series[i].bytes.size();
  }
  return packed;
}

void RunGroup::keep(Packed packed) {
  waiting_bytes_ += packed.bytes;
  waiting_.push_back(std::move(packed));
  if (waiting_bytes_ >= kMostWaiting) write_waiting();
}

void RunGroup::write_waiting() {
  for (std::size_t i = 0; i < series_.size(); ++i) {
    if (!series_[i].pieces) continue;
    for (const Packed& packed : waiting_)
      series_[i].pieces->write(series_[i].dataset.get(), packed.position, packed.series[i]);
  }
  waiting_bytes_ = 0;
  {
    const std::lock_guard lock(spare_mutex_);
    std::move(waiting_.begin(), waiting_.end(), std::back_inserter(spare_));
  }
  waiting_.clear();
  file_.grown();
}

std::uint32_t RunGroup::finished() const {
  return static_cast<std::uint32_t>(std::count(is_finished_.begin(), is_finished_.end(), true));
}

void RunGroup::close() {
  EXPECT(finished() == is_finished_.size());
  write_waiting();
  for (Series& series : series_) series.dataset.close("write the series");
  for (Counts& counter : counters_) {
    check_hdf5(H5Dwrite(counter.dataset.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                        counter.values.data()),
               "write the counters");
    counter.dataset.close("write the counters");
  }
}

}  // namespace onward
