#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>

#include "catch.h"
#include "core/check.h"
#include "io/csv_table.h"
#include "io/hdf5_csv_export.h"
#include "unit/io/hdf5_sample.h"

using namespace onward;

namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    REQUIRE(!line.empty());
    REQUIRE(line.back() == '\r');
    line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

std::string last_cell(const std::string& line) { return line.substr(line.rfind(',') + 1); }

}  // namespace

TEST_CASE("Cells are quoted where CSV needs it and never become formulas") {
  CHECK(csv_cell("GBR") == "GBR");
  CHECK(csv_cell("a,b") == "\"a,b\"");
  CHECK(csv_cell("say \"no\"") == "\"say \"\"no\"\"\"");
  CHECK(csv_cell("two\nlines") == "\"two\nlines\"");
  CHECK(csv_cell("=1+1") == "'=1+1");
  CHECK(csv_cell("@A1,2") == "\"'@A1,2\"");
  CHECK(csv_cell("-x") == "'-x");
  CHECK(csv_cell(3.0, false) == "3");
  CHECK(csv_cell(-2.0, true) == "-2");
  CHECK(csv_cell(0.1, false) == "0.1");
  CHECK(csv_cell(static_cast<double>(0.1f), true) == "0.1");
  CHECK(csv_cell(std::numeric_limits<double>::quiet_NaN(), true).empty());
}

TEST_CASE("Every series becomes a table whose sum is that of the series") {
  const sample::Folder folder("csv");
  sample::write_run(folder.file("run.h5"), 3);
  const std::string tables = folder.file("tables");
  export_csv(folder.file("run.h5"), tables);
  const RunFile run(folder.file("run.h5"));
  for (const RunSeries& series : run.series()) {
    if (!series.is_count) continue;
    const std::vector<std::string> lines = lines_of(tables + '/' + series.name + ".csv");
    std::int64_t sum = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) sum += std::stoll(last_cell(lines[i]));
    std::int64_t expected = 0;
    for (const double value : run.read(series)) expected += static_cast<std::int64_t>(value);
    CHECK(sum == expected);
  }
}

TEST_CASE("Tables name replicate, month and labels") {
  const sample::Folder folder("csv");
  const RunDescription description = sample::description(4, 2);
  sample::write_run(folder.file("run.h5"), description, {4, 5});
  export_csv(folder.file("run.h5"), folder.text());
  const auto applications = lines_of(folder.file("applications.csv"));
  CHECK(applications.front() == "replicate,month,destination,group,channel,value");
  const Measures last = sample::measures(description.shape, 5);
  const auto counts = last.counts(measure_index<"applications">());
  if (counts.back() != 0) {
    CHECK(applications.back() == "5,2012-02,GBR,settled,broker," + std::to_string(counts.back()));
  }
  const auto belief = lines_of(folder.file("belief.csv"));
  REQUIRE(belief.size() == 1 + 2 * 16 * 3);
  CHECK(belief[1].starts_with("4,2010-11,CAN,"));
  const float first = sample::measures(description.shape, 4).values(measure_index<"belief">())[0];
  CHECK(std::stof(last_cell(belief[1])) == first);
  CHECK(lines_of(folder.file("record.csv")) ==
        std::vector<std::string>{"year,destination,value", "2010,CAN,154", "2011,GBR,5"});
}

TEST_CASE("Yearly claims stand beside the record with mean and quantiles") {
  const sample::Folder folder("csv");
  sample::write_run(folder.file("run.h5"), 3);
  export_csv(folder.file("run.h5"), folder.text());
  const auto lines = lines_of(folder.file("claims_by_year.csv"));
  REQUIRE(lines.size() == 1 + 9);
  CHECK(lines[0] == "year,destination,record,mean,q05,q95");
  CHECK(lines[1].starts_with("2010,CAN,154,"));
  CHECK(lines[2].starts_with("2010,DEU,,"));
  double sum = 0;
  for (std::uint32_t replicate = 0; replicate < 3; ++replicate) {
    const Measures measures = sample::measures(sample::shape(), replicate);
    sum += measures.counts(measure_index<"observed_claims">())[0];
  }
  std::istringstream row(lines[1].substr(std::string("2010,CAN,154,").size()));
  double mean = 0;
  row >> mean;
  CHECK(mean == Approx(sum / 3));
}

TEST_CASE("Exporting nothing or to nowhere is an error that leaves no file") {
  const sample::Folder folder("csv");
  CHECK_THROWS_AS(export_csv(folder.file("none.h5"), folder.file("tables")), InputError);
  CHECK(folder.names().empty());
  sample::write_run(folder.file("run.h5"), 1);
  CHECK_THROWS_AS(export_csv(folder.file("run.h5"), folder.file("run.h5")), std::runtime_error);
  CHECK(folder.names() == std::vector<std::string>{"run.h5"});
}
