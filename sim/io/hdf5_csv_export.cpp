#include "io/hdf5_csv_export.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <utility>

#include "io/csv_table.h"
#include "io/hdf5_layout.h"
#include "io/hdf5_run_file.h"

namespace onward {

namespace {

/// The cells of an axis, written once for all rows.
std::vector<std::string> axis_cells(const RunFile& run, const std::string& axis) {
  std::vector<std::string> cells;
  for (const std::string& label : run.labels(axis)) cells.push_back(csv_cell(label));
  return cells;
}

/// Names of series and axes become file names and headings, so a file from elsewhere must not
/// choose them freely.
void check_name(const RunFile& run, const std::string& name) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_";
  if (!name.empty() && name.find_first_not_of(kLetters) == std::string::npos) return;
  throw std::runtime_error(run.path() + ": the name of the series '" + name +
                           "' cannot be the name of a table");
}

/// Writes the rows of a block of values that starts at the axis position `first` of the leading
/// axis. Rows of counts that are 0 are left out: they are most, and their absence says the same.
void write_rows(CsvTable& table, const RunSeries& series,
                const std::vector<std::vector<std::string>>& cells, std::size_t first,
                const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_empty = series.is_count ? values[i] == 0.0 : std::isnan(values[i]);
    if (is_empty) continue;
    std::vector<std::size_t> position(series.axes.size());
    std::size_t rest = i;
    for (std::size_t axis = position.size(); axis-- > 0;) {
      const std::size_t length = axis == 0 ? values.size() : series.lengths[axis];
      position[axis] = rest % length;
      rest /= length;
    }
    position[0] += first;
    for (std::size_t axis = 0; axis < position.size(); ++axis) {
      table.add_raw(cells[axis][position[axis]]);
    }
    table.add_raw(csv_cell(values[i], !series.is_count));
    table.end_row();
  }
}

void export_series(const RunFile& run, const RunSeries& series, const std::string& directory) {
  check_name(run, series.name);
  CsvTable table(directory + '/' + series.name + ".csv");
  std::vector<std::vector<std::string>> cells;
  for (const std::string& axis : series.axes) {
    table.add(axis);
    cells.push_back(axis_cells(run, axis));
  }
  table.add("value");
  table.end_row();
  if (series.axes.empty() || series.axes.front() != kReplicateAxis) {
    write_rows(table, series, cells, 0, run.read(series));
  } else {
    const Provenance& provenance = run.provenance();
    for (std::uint32_t i = 0; i < provenance.replicates; ++i) {
      const std::uint32_t replicate = provenance.first_replicate + i;
      write_rows(table, series, cells, i, run.read_replicate(series, replicate));
    }
  }
  table.close();
}

/// Quantile of sorted values, interpolated linearly between order statistics as numpy does.
double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - std::floor(at)) * (sorted[high] - sorted[low]);
}

/// Adds mean, 5 % and 95 % quantile of the replicates of one cell.
void add_summary(CsvTable& table, std::vector<double> replicates) {
  double sum = 0.0;
  for (const double value : replicates) sum += value;
  std::sort(replicates.begin(), replicates.end());
  const double mean = sum / static_cast<double>(replicates.size());
  for (const double value : {mean, quantile(replicates, 0.05), quantile(replicates, 0.95)}) {
    table.add_raw(csv_cell(value, true));
  }
}

void export_claims_by_year(const RunFile& run, const std::string& directory) {
  const RunSeries& claims = run.find("observed_claims");
  const RunSeries& record = run.find("record");
  if (claims.axes != std::vector<std::string>{"replicate", "year", "destination"} ||
      record.axes != std::vector<std::string>{"year", "destination"}) {
    throw std::runtime_error(run.path() + ": yearly claims are not by year and destination");
  }
  const std::vector<double> values = run.read(claims);
  const std::vector<double> counts = run.read(record);
  const std::vector<std::string> destinations = run.labels("destination");
  CsvTable table(directory + "/claims_by_year.csv");
  for (const std::string_view heading : {"year", "destination", "record", "mean", "q05", "q95"}) {
    table.add(heading);
  }
  table.end_row();
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    std::vector<double> replicates;
    for (std::size_t i = cell; i < values.size(); i += counts.size()) {
      replicates.push_back(values[i]);
    }
    table.add(run.labels("year")[cell / destinations.size()]);
    table.add(destinations[cell % destinations.size()]);
    table.add(counts[cell]);
    add_summary(table, std::move(replicates));
    table.end_row();
  }
  table.close();
}

void export_provenance(const Provenance& p, const std::string& directory) {
  const auto rows = std::to_array<std::pair<std::string_view, std::string>>({
      {"format_version", p.format_version},
      {"program_version", p.program_version},
      {"git_commit", p.git_commit},
      {"scenario_name", p.scenario_name},
      {"scenario_hash", p.scenario_hash},
      {"seed", std::to_string(p.seed)},
      {"first_replicate", std::to_string(p.first_replicate)},
      {"replicates", std::to_string(p.replicates)},
      {"command_line", p.command_line},
      {"created", p.created},
  });
  CsvTable table(directory + "/run.csv");
  table.add("name");
  table.add("value");
  table.end_row();
  for (const auto& [name, value] : rows) {
    table.add(name);
    table.add(value);
    table.end_row();
  }
  table.close();
}

}  // namespace

void export_csv(const std::string& run_file, const std::string& directory) {
  const RunFile run(run_file);
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    throw std::runtime_error(directory + ": cannot create the folder: " + error.message());
  }
  for (const RunSeries& series : run.series()) export_series(run, series, directory);
  export_claims_by_year(run, directory);
  export_provenance(run.provenance(), directory);
}

}  // namespace onward
