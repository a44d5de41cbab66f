#include "io/hdf5_calibration_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/check.h"
#include "io/hdf5_input.h"
#include "io/hdf5_layout.h"
#include "io/hdf5_rehearsal.h"
#include "io/hdf5_safe_read.h"
#include "io/hdf5_temporary_file.h"
#include "io/hdf5_values.h"
#include "io/provenance.h"

namespace onward {

namespace {

constexpr const char* kWhat = "calibration file";
constexpr std::string_view kFormat = "onward calibration";
constexpr std::string_view kVersion = "2.0";
constexpr std::size_t kMostNames = 10'000;
const std::array<std::string, kRoundNumbers> kRoundNames{
    "kind", "tolerance", "best", "acceptance", "step", "moves", "distinct", "points"};

std::vector<std::int32_t> numbers_from(int first, std::size_t count) {
  std::vector<std::int32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

Hdf5Axes write_axes(hid_t file, const CalibrationFile& content) {
  const auto counted = [&](const char* name, int first, std::size_t count, const char* meaning) {
    return std::tuple(std::string_view(name), write_dataset(file, name, numbers_from(first, count)),
                      std::string_view(meaning));
  };
  Hdf5Axes axes;
  const auto add = [&](auto axis) {
    axes.add(std::get<0>(axis), std::move(std::get<1>(axis)), "1", std::get<2>(axis));
  };
  add(counted("point", 0, content.distance.size(), "number of the point"));
  axes.add("parameter", write_dataset(file, "parameter", content.parameters), "1",
           "fitted parameter");
  add(counted("run", 0, content.runs, "number of the run of a point"));
  add(counted("year", content.first_year, content.years, "calendar year"));
  axes.add("destination", write_dataset(file, "destination", content.destinations), "1",
           "place that takes asylum claims");
  add(counted("particle", 0, content.population.size(), "number of the particle"));
  add(counted("bank_point", 0, content.bank_points(), "number of the point of the bank"));
  add(counted("round", 0, content.rounds.size() / kRoundNumbers, "number of the round"));
  axes.add("number", write_dataset(file, "number", kRoundNames), "1", "what a round did");
  return axes;
}

template <class T>
void write_table(hid_t file, Hdf5Axes& axes, SeriesPlan plan, const std::vector<T>& values) {
  plan.is_written_at_once = true;
  plan.is_compressed = true;
  plan.type = std::is_same_v<T, double> ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT32;
  const Hdf5Handle dataset = create_series(file, axes, plan);
  if (values.empty()) return;
  check_hdf5(H5Dwrite(dataset.get(), plan.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
             "write " + plan.name);
}

void write_contents(hid_t file, const CalibrationFile& content) {
  const Provenance provenance = build_provenance();
  write_attribute(file, "Conventions", std::string("CF-1.9"));
  write_attribute(file, "format", std::string(kFormat));
  write_attribute(file, "format_version", std::string(kVersion));
  write_attribute(file, "program_version", provenance.program_version);
  write_attribute(file, "git_commit", provenance.git_commit);
  write_attribute(file, "created", utc_now());
  write_attribute(file, "study", content.study);
  write_attribute(file, "bank_hash", content.bank_hash);
  write_attribute(file, "study_hash", content.study_hash);
  write_attribute(file, "seen", content.seen);
  write_attribute(file, "step", content.step);
  Hdf5Axes axes = write_axes(file, content);
  write_table(file, axes,
              {.name = "standard",
               .axes = {"point", "parameter"},
               .unit = "1",
               .meaning = "value on the prior's standard scale"},
              content.standard);
  write_table(file, axes,
              {.name = "value",
               .axes = {"point", "parameter"},
               .unit = "1",
               .meaning = "value in the unit of the parameter"},
              content.value);
  write_table(file, axes,
              {.name = "claims",
               .axes = {"point", "run", "year", "destination"},
               .unit = "person",
               .meaning = "simulated claims"},
              content.claims);
  write_table(file, axes,
              {.name = "distance",
               .axes = {"point"},
               .unit = "1",
               .meaning = "minus the log predictive probability of the cells seen"},
              content.distance);
  write_table(file, axes,
              {.name = "point_round",
               .axes = {"point"},
               .unit = "1",
               .meaning = "round in which the point was run"},
              content.round);
  write_table(file, axes,
              {.name = "bank_standard",
               .axes = {"bank_point", "parameter"},
               .unit = "1",
               .meaning = "value on the prior's standard scale"},
              content.bank_standard);
  write_table(file, axes,
              {.name = "bank_value",
               .axes = {"bank_point", "parameter"},
               .unit = "1",
               .meaning = "value in the unit of the parameter"},
              content.bank_value);
  write_table(file, axes,
              {.name = "bank_claims",
               .axes = {"bank_point", "year", "destination"},
               .unit = "person",
               .meaning = "simulated claims of one run"},
              content.bank_claims);
  write_table(file, axes,
              {.name = "population",
               .axes = {"particle"},
               .unit = "1",
               .meaning = "point of each particle"},
              content.population);
  write_table(file, axes,
              {.name = "rounds",
               .axes = {"round", "number"},
               .unit = "1",
               .meaning = "what each round did"},
              content.rounds);
  axes.close();
}

/// Reads a dataset of exactly these lengths.
std::vector<double> read_table(hid_t file, const char* name, const std::vector<hsize_t>& lengths) {
  try {
    const Hdf5Handle dataset = open_dataset(file, name);
    if (dataset_lengths(dataset.get()) != lengths)
      throw Hdf5Error("it has other lengths than its axes");
    return read_numbers(dataset.get());
  } catch (const Hdf5Error& error) {
    throw Hdf5Error(std::string(name) + ": " + error.what());
  }
}

std::vector<std::int32_t> read_counts(hid_t file, const char* name,
                                      const std::vector<hsize_t>& lengths) {
  std::vector<std::int32_t> counts;
  for (const double value : read_table(file, name, lengths)) {
    if (!(value >= 0.0 && value <= 2147483647.0) || value != std::floor(value))
      throw Hdf5Error(std::string(name) + ": a value is no count");
    counts.push_back(static_cast<std::int32_t>(value));
  }
  return counts;
}

hsize_t length_of(hid_t file, const char* name) {
  const Hdf5Handle dataset = open_dataset(file, name);
  const std::vector<hsize_t> lengths = dataset_lengths(dataset.get());
  if (lengths.size() != 1 || lengths[0] > kMostLabels)
    throw Hdf5Error(std::string(name) + ": it is not a list, or too long");
  return lengths[0];
}

void check_positions(const CalibrationFile& content) {
  const std::size_t points = content.distance.size();
  const bool is_inside = std::all_of(
      content.population.begin(), content.population.end(),
      [&](std::int32_t position) { return static_cast<std::size_t>(position) < points; });
  if (!is_inside) throw Hdf5Error("it refers to points that it does not hold");
  for (const std::vector<double>* table :
       {&content.standard, &content.value, &content.distance, &content.bank_standard,
        &content.bank_value, &content.rounds}) {
    if (!std::all_of(table->begin(), table->end(), [](double x) { return std::isfinite(x); }))
      throw Hdf5Error("a value is not finite");
  }
}

CalibrationFile read_contents(hid_t file) {
  if (H5Aexists(file, "format") <= 0 || read_text_attribute(file, "format") != kFormat)
    throw Hdf5Error("it does not say that it is a calibration");
  if (read_text_attribute(file, "format_version").substr(0, 2) != kVersion.substr(0, 2))
    throw Hdf5Error("it has a format version that this program does not read");
  CalibrationFile content;
  content.study = read_text_attribute(file, "study");
  content.bank_hash = read_text_attribute(file, "bank_hash");
  content.study_hash = read_text_attribute(file, "study_hash");
  content.seen = read_text_attribute(file, "seen");
  content.step = read_real_attribute(file, "step");
  content.parameters = read_texts(open_dataset(file, "parameter").get(), kMostNames);
  content.destinations = read_texts(open_dataset(file, "destination").get(), kMostNames);
  const hsize_t points = length_of(file, "point");
  const hsize_t parameters = content.parameters.size();
  content.runs = length_of(file, "run");
  content.years = length_of(file, "year");
  if (content.years == 0 || content.runs == 0) throw Hdf5Error("an axis is empty");
  const double first_year = read_table(file, "year", {content.years}).front();
  if (!(first_year >= 0.0 && first_year <= 1e4)) throw Hdf5Error("year: it is out of range");
  content.first_year = static_cast<int>(first_year);
  content.standard = read_table(file, "standard", {points, parameters});
  content.value = read_table(file, "value", {points, parameters});
  content.claims = read_counts(file, "claims",
                               {points, content.runs, content.years, content.destinations.size()});
  content.distance = read_table(file, "distance", {points});
  content.round = read_counts(file, "point_round", {points});
  content.population = read_counts(file, "population", {length_of(file, "particle")});
  const hsize_t bank = length_of(file, "bank_point");
  content.bank_standard = read_table(file, "bank_standard", {bank, parameters});
  content.bank_value = read_table(file, "bank_value", {bank, parameters});
  content.bank_claims =
      read_counts(file, "bank_claims", {bank, content.years, content.destinations.size()});
  content.rounds = read_table(file, "rounds", {length_of(file, "round"), kRoundNumbers});
  check_positions(content);
  return content;
}

CalibrationFile open_and_read(const std::string& path) {
  const Hdf5Handle file = open_hdf5_input(path, kWhat);
  const Hdf5Quiet quiet;
  try {
    return read_contents(file.get());
  } catch (const Hdf5Error& error) {
    reject_file(path, "the calibration cannot be read", error.what());
  }
}

}  // namespace

void write_calibration(const std::string& path, const CalibrationFile& content) {
  with_hdf5_path(path, [&] {
    Hdf5TemporaryFile file(path);
    write_contents(file.id(), content);
    file.keep();
  });
}

CalibrationFile read_calibration(const std::string& path) {
  check_is_file(path);
  rehearse_reading(path, kWhat, [&] { open_and_read(path); });
  return open_and_read(path);
}

}  // namespace onward
