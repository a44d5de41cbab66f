#include <cmath>
#include <limits>

#include "catch.h"
#include "core/check.h"
#include "unit/io/hdf5_sample.h"

using namespace onward;

TEST_CASE("A run file gives back what was written") {
  const sample::Folder folder("round-trip");
  const std::string path = folder.file("run.h5");
  const RunDescription description = sample::description(7, 3);
  sample::write_run(path, description, {9, 7, 8});

  const RunFile run(path);
  CHECK(run.scenario_text() == description.scenario_text);
  CHECK(run.shape() == description.shape);
  Provenance expected = description.provenance;
  expected.libraries = run.provenance().libraries;
  CHECK(run.provenance() == expected);
  CHECK(expected.libraries.starts_with("HDF5 1."));
  for (const std::uint32_t replicate : {7u, 8u, 9u}) {
    CHECK(run.read_measures(replicate) == sample::measures(description.shape, replicate));
  }
}

TEST_CASE("Series and axes have names, units and labels") {
  const sample::Folder folder("labels");
  sample::write_run(folder.file("run.h5"), 2);
  const RunFile run(folder.file("run.h5"));

  CHECK(run.series().size() == kMeasureRows.size() + 6);
  const RunSeries& applications = run.find("applications");
  CHECK(applications.axes ==
        std::vector<std::string>{"replicate", "month", "destination", "group", "channel"});
  CHECK(applications.lengths == std::vector<std::size_t>{2, 16, 3, 2, 2});
  CHECK(applications.unit == "person");
  CHECK(applications.is_count);
  CHECK_FALSE(run.find("belief").is_count);
  CHECK(run.find("moves").axes == std::vector<std::string>{"replicate", "month", "from", "place"});
  CHECK(run.labels("month").front() == "2010-11");
  CHECK(run.labels("month").back() == "2012-02");
  CHECK(run.labels("year") == std::vector<std::string>{"2010", "2011", "2012"});
  CHECK(run.labels("replicate") == std::vector<std::string>{"0", "1"});
  CHECK(run.labels("outcome").size() == kOutcomeNames.size());
  CHECK_THROWS_AS(run.find("applicants"), InputError);
  CHECK_THROWS_AS(run.labels("person"), InputError);
  CHECK_THROWS_AS(run.read_replicate(applications, 2), InputError);
  CHECK_THROWS_AS(run.read_replicate(run.find("record"), 0), InputError);
}

TEST_CASE("Every dataset of a run file has a name of its own") {
  const sample::Folder folder("names");
  sample::write_run(folder.file("run.h5"), 1);
  const RunFile run(folder.file("run.h5"));
  for (const MeasureRow& row : kMeasureRows) CHECK(run.find(row.name).name == row.name);
}

TEST_CASE("The record lies beside the run, NaN where there is none") {
  const sample::Folder folder("record");
  sample::write_run(folder.file("run.h5"), 1);
  const RunFile run(folder.file("run.h5"));
  const RunSeries& record = run.find("record");
  CHECK(record.axes == std::vector<std::string>{"year", "destination"});
  const std::vector<double> counts = run.read(record);
  const std::vector<double> lower = run.read(run.find("record_lower"));
  const std::vector<double> upper = run.read(run.find("record_upper"));
  REQUIRE(counts.size() == 9);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (i != 0 && i != 5) CHECK(std::isnan(counts[i]));
  }
  CHECK(counts[0] == 154);
  CHECK(counts[5] == 5);
  CHECK(lower[5] == 1);
  CHECK(upper[5] == 4);
}

TEST_CASE("The order in which replicates finish changes nothing") {
  const sample::Folder folder("order");
  const RunDescription description = sample::description(0, 4);
  sample::write_run(folder.file("a.h5"), description, {0, 1, 2, 3});
  sample::write_run(folder.file("b.h5"), description, {2, 0, 3, 1});
  const RunFile a(folder.file("a.h5"));
  const RunFile b(folder.file("b.h5"));
  REQUIRE(a.series() == b.series());
  for (const RunSeries& series : a.series()) {
    if (series.name.starts_with("record")) continue;  // NaN differs from itself
    CHECK(a.read(series) == b.read(series));
  }
}

TEST_CASE("A world without brokers has an empty axis") {
  const sample::Folder folder("no-brokers");
  RunDescription description = sample::description(0, 2);
  description.shape.brokers = 0;
  sample::write_run(folder.file("run.h5"), description, {1, 0});
  const RunFile run(folder.file("run.h5"));
  CHECK(run.labels("broker").empty());
  CHECK(run.read(run.find("broker_price")).empty());
  CHECK(run.read_measures(1) == sample::measures(description.shape, 1));
}

TEST_CASE("A series larger than one piece is stored whole") {
  const sample::Folder folder("large");
  RunDescription description = sample::description(0, 2);
  description.shape.months = 3;
  for (int i = 0; i < 400; ++i) description.shape.places.push_back("P" + std::to_string(i));
  sample::write_run(folder.file("run.h5"), description, {1, 0});
  const RunFile run(folder.file("run.h5"));
  REQUIRE(run.find("moves").lengths == std::vector<std::size_t>{2, 3, 404, 404});
  CHECK(run.read_measures(1) == sample::measures(description.shape, 1));
}
