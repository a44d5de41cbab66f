#include "io/hdf5_run_file.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>
#include <utility>

#include "io/hdf5_input.h"
#include "io/hdf5_layout.h"
#include "io/hdf5_posterior_group.h"
#include "io/hdf5_rehearsal.h"
#include "io/hdf5_safe_read.h"
#include "io/hdf5_values.h"
#include "io/measure_listing.h"

namespace onward {

namespace {

/// Files up to this size are read whole when reading is tried out.
constexpr std::uintmax_t kMostRehearsedBytes = std::uintmax_t{16} << 20;

constexpr const char* kWhat = "run file";

/// Calls `work()` and turns a failed read of `part` into the user's error.
template <class Work>
auto reading(const std::string& path, const std::string& part, Work&& work) {
  return reading_input(path, kWhat, part, std::forward<Work>(work));
}

std::string whole_number_text(double number) {
  constexpr double kMost = 9e15;  // below 2^53, so that every whole number is exact
  if (!(std::fabs(number) < kMost) || number != std::floor(number)) {
    throw Hdf5Error("its labels are not whole numbers");
  }
  return std::to_string(static_cast<long long>(number));
}

std::string month_text(double days) {
  constexpr double kMostDays = 400'000;  // about the year 3065, inside what YYYY-MM can say
  if (!(days >= -kMostDays / 2 && days <= kMostDays)) throw Hdf5Error("a month is out of range");
  const std::chrono::sys_days day{std::chrono::days{static_cast<int>(days)}};
  const std::chrono::year_month_day date{day};
  return to_text(YearMonth{int{date.year()}, static_cast<int>(unsigned{date.month()})});
}

std::vector<std::string> read_labels(hid_t file, const std::string& name) {
  const Hdf5Handle dataset = open_dataset(file, name);
  const std::vector<hsize_t> lengths = dataset_lengths(dataset.get());
  if (lengths.size() != 1) throw Hdf5Error("it is not a list");
  if (lengths[0] > kMostLabels) throw Hdf5Error("it is too long");
  const Hdf5Handle type(H5Dget_type(dataset.get()), H5Tclose, "read its type");
  if (H5Tget_class(type.get()) == H5T_STRING) return read_texts(dataset.get(), kMostLabels);
  std::vector<std::string> labels;
  for (const double number : read_numbers(dataset.get())) {
    labels.push_back(name == "month" ? month_text(number) : whole_number_text(number));
  }
  return labels;
}

std::string read_scenario(hid_t file) {
  H5L_info_t link{};
  if (H5Lget_info(file, "scenario", &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD) {
    throw Hdf5Error("the group is missing");
  }
  const Hdf5Handle group(H5Gopen2(file, "scenario", H5P_DEFAULT), H5Gclose, "open the group");
  const Hdf5Handle dataset = open_dataset(group.get(), "text");
  const std::vector<std::string> texts = read_texts(dataset.get(), 1);
  if (texts.size() != 1) throw Hdf5Error("it is empty");
  return texts.front();
}

std::vector<std::string> split_words(const std::string& text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while ((begin = text.find_first_not_of(' ', begin)) != std::string::npos) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

/// A stored count as an integer. Errors: InputError if it does not fit.
template <class Integer>
Integer to_integer(const std::string& path, double value) {
  constexpr double kLow = static_cast<double>(std::numeric_limits<Integer>::min());
  constexpr double kHigh = static_cast<double>(std::numeric_limits<Integer>::max());
  if (!(value >= kLow && value < kHigh))
    reject_file(path, "a count in the run file is out of range");
  return static_cast<Integer>(value);
}

std::uint32_t read_small_number(hid_t file, const std::string& name) {
  const std::uint64_t number = read_number_attribute(file, name);
  if (number > kMostLabels) throw Hdf5Error("the attribute " + name + " is out of range");
  return static_cast<std::uint32_t>(number);
}

}  // namespace

RunFile::RunFile(std::string path) : path_(std::move(path)) {
  check_is_file(path_);
  rehearse_reading(path_, kWhat, [this] { rehearse(); });
  read_contents();
}

void RunFile::rehearse() const {
  RunFile trial;  // closing the file is part of what can go wrong
  trial.path_ = path_;
  trial.read_contents();
  std::error_code error;
  if (std::filesystem::file_size(path_, error) > kMostRehearsedBytes) return;
  for (const RunSeries& series : trial.series_) trial.read(series);
}

void RunFile::read_contents() {
  file_ = open_hdf5_input(path_, kWhat);
  reading(path_, "root attributes", [&] { read_provenance(); });
  scenario_text_ = reading(path_, "scenario", [&] { return read_scenario(file_.get()); });
  posterior_ = reading(path_, "posterior", [&] { return find_posterior_group(file_.get()); });
  read_axes();
  const auto names = reading(path_, "datasets", [&] { return list_datasets(file_.get()); });
  for (const std::string& name : names) {
    if (find_axis(name) == nullptr) reading(path_, name, [&] { read_series(name); });
  }
}

void RunFile::read_provenance() {
  const hid_t file = file_.get();
  if (H5Aexists(file, "format") <= 0 || read_text_attribute(file, "format") != kFormatName) {
    reject_file(path_, "this is not a run file", "the HDF5 file does not say that onward wrote it");
  }
  Provenance& p = provenance_;
  p.format_version = read_text_attribute(file, "format_version");
  const auto major = [](std::string_view version) { return version.substr(0, version.find('.')); };
  if (major(p.format_version) != major(kFormatVersion)) {
    reject_file(path_, "the run file has format version " + p.format_version,
                "this program reads version " + std::string(major(kFormatVersion)) + ".x",
                "use the program version that wrote it, see its attribute program_version");
  }
  p.program_version = read_text_attribute(file, "program_version");
  p.git_commit = read_text_attribute(file, "git_commit");
  p.compiler = read_text_attribute(file, "compiler");
  p.flags = read_text_attribute(file, "flags");
  p.libraries = read_text_attribute(file, "libraries");
  p.scenario_name = read_text_attribute(file, "scenario_name");
  p.scenario_hash = read_text_attribute(file, "scenario_hash");
  p.seed = read_number_attribute(file, "seed");
  p.first_replicate = read_small_number(file, "first_replicate");
  p.replicates = read_small_number(file, "replicates");
  p.command_line = read_text_attribute(file, "command_line");
  p.created = read_text_attribute(file, "created");
}

void RunFile::read_axes() {
  std::vector<std::string> names{std::string(kReplicateAxis)};
  for (const Dimension axis : all_dimensions()) names.emplace_back(dimension_name(axis));
  for (const std::string& name : names) {
    axes_.push_back({name, reading(path_, name, [&] { return read_labels(file_.get(), name); })});
  }
  const std::vector<std::string>& replicates = labels(kReplicateAxis);
  if (replicates.empty() || replicates.size() != provenance_.replicates ||
      replicates.front() != std::to_string(provenance_.first_replicate)) {
    reject_file(path_, "the run file is damaged", "its replicates are not those that it names");
  }
  const std::vector<std::string>& months = labels("month");
  const auto start = months.empty() ? std::nullopt : parse_year_month(months.front());
  if (!start || parse_year_month(months.back()) != *start + (static_cast<int>(months.size()) - 1)) {
    reject_file(path_, "the run file is damaged", "its months do not follow one another");
  }
  shape_.start = *start;
  shape_.months = static_cast<int>(months.size());
  shape_.destinations = labels("destination");
  shape_.places = labels("place");
  shape_.groups = labels("group");
  shape_.brokers = labels("broker").size();
}

void RunFile::read_series(const std::string& name) {
  const Hdf5Handle dataset = open_dataset(file_.get(), name);
  RunSeries series;
  series.name = name;
  series.is_count = holds_integers(dataset.get());
  series.axes = split_words(read_text_attribute(dataset.get(), "axes"));
  series.unit = read_text_attribute(dataset.get(), "units");
  series.meaning = read_text_attribute(dataset.get(), "long_name");
  const std::vector<hsize_t> lengths = dataset_lengths(dataset.get());
  if (lengths.empty() || lengths.size() != series.axes.size()) {
    throw Hdf5Error("its axes are not those it names");
  }
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    const Axis* axis = find_axis(series.axes[i]);
    if (axis == nullptr || axis->labels.size() != lengths[i]) {
      throw Hdf5Error("its axis " + series.axes[i] + " has another length than its labels");
    }
    series.lengths.push_back(lengths[i]);
  }
  series_.push_back(std::move(series));
}

const RunFile::Axis* RunFile::find_axis(std::string_view name) const {
  for (const Axis& axis : axes_) {
    if (axis.name == name) return &axis;
  }
  return nullptr;
}

const RunSeries& RunFile::find(std::string_view name) const {
  for (const RunSeries& series : series_) {
    if (series.name == name) return series;
  }
  reject_file(path_, "the run file has no series '" + std::string(name) + '\'');
}

const std::vector<std::string>& RunFile::labels(std::string_view axis) const {
  const Axis* found = find_axis(axis);
  if (found == nullptr) reject_file(path_, "the run file has no axis '" + std::string(axis) + '\'');
  return found->labels;
}

hsize_t RunFile::position_of(std::uint32_t replicate) const {
  const Provenance& p = provenance_;
  if (replicate < p.first_replicate || replicate - p.first_replicate >= p.replicates) {
    reject_file(path_, "the run file has no replicate " + std::to_string(replicate),
                "it has " + std::to_string(p.first_replicate) + " to " +
                    std::to_string(p.first_replicate + p.replicates - 1));
  }
  return replicate - p.first_replicate;
}

std::vector<double> RunFile::read(const RunSeries& series) const {
  return reading(path_, series.name,
                 [&] { return read_numbers(open_dataset(file_.get(), series.name).get()); });
}

std::vector<double> RunFile::read_replicate(const RunSeries& series,
                                            std::uint32_t replicate) const {
  if (series.axes.empty() || series.axes.front() != kReplicateAxis) {
    reject_file(path_, "the series " + series.name + " is not by replicate");
  }
  std::vector<hsize_t> start(series.lengths.size(), 0);
  std::vector<hsize_t> count(series.lengths.begin(), series.lengths.end());
  start[0] = position_of(replicate);
  count[0] = 1;
  return reading(path_, series.name, [&] {
    return read_block(open_dataset(file_.get(), series.name).get(), start, count);
  });
}

void RunFile::check_series(const MeasureRow& row) const {
  const RunSeries& series = find(row.name);
  std::vector<std::string> axes{std::string(kReplicateAxis)};
  bool agrees = series.is_count == row.is_count;
  for (const Dimension axis : axes_of(row)) {
    axes.emplace_back(dimension_name(axis));
    agrees = agrees && labels(axes.back()).size() == shape_.length(axis);
  }
  if (agrees && series.axes == axes) return;
  reject_file(path_, "the series " + series.name + " is not as this program writes it");
}

Measures RunFile::read_measures(std::uint32_t replicate) const {
  Measures measures(shape_);
  for (std::size_t i = 0; i < kMeasureRows.size(); ++i) {
    check_series(kMeasureRows[i]);
    const std::vector<double> values = read_replicate(find(kMeasureRows[i].name), replicate);
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (kMeasureRows[i].is_count) {
        measures.counts(i)[k] = to_integer<std::int32_t>(path_, values[k]);
      } else {
        measures.values(i)[k] = static_cast<float>(values[k]);
      }
    }
  }
  const auto counter = [&](std::string_view name) {
    return to_integer<std::uint64_t>(path_, read_replicate(find(name), replicate).at(0));
  };
  measures.person_months = counter("simulated_person_months");
  measures.decisions = counter("simulated_choices");
  measures.persons = counter("simulated_persons");
  return measures;
}

}  // namespace onward
