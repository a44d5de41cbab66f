#include "io/hdf5_posterior_file.h"

#include <hdf5.h>

#include <fstream>
#include <functional>
#include <limits>
#include <random>

#include "catch.h"
#include "core/check.h"
#include "io/hdf5_posterior_group.h"
#include "io/hdf5_values.h"
#include "support/sample_posterior.h"
#include "unit/io/hdf5_sample.h"

using namespace onward;
using sample::contains;

namespace {

/// What reading a posterior ends with: "" or the message of the error.
std::string outcome_of_reading(const std::string& path) {
  try {
    read_posterior(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

/// Writes a sound file, lets `spoil` change it, and returns what reading it ends with.
std::string outcome_after(const std::function<void(hid_t)>& spoil) {
  const sample::Folder folder("posterior");
  const std::string path = folder.file("posterior.h5");
  write_posterior(path, small::posterior());
  {
    const Hdf5Quiet quiet;
    const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open");
    spoil(file.get());
  }
  const std::string outcome = outcome_of_reading(path);
  INFO(outcome);
  CHECK(contains(outcome, path + ": "));
  return outcome;
}

/// Replaces a dataset of numbers.
void set_numbers(hid_t file, const std::string& name, std::vector<hsize_t> lengths,
                 const std::vector<double>& values) {
  H5Ldelete(file, name.c_str(), H5P_DEFAULT);
  const Hdf5Handle space = make_space(lengths);
  const Hdf5Handle dataset(H5Dcreate2(file, name.c_str(), H5T_NATIVE_DOUBLE, space.get(),
                                      H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                           H5Dclose, "create " + name);
  if (!values.empty())
    H5Dwrite(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
}

void set_texts(hid_t file, const std::string& name, const std::vector<std::string>& texts) {
  H5Ldelete(file, name.c_str(), H5P_DEFAULT);
  write_dataset(file, name, texts);
}

void set_attribute(hid_t file, const std::string& name, const std::string& text) {
  H5Adelete(file, name.c_str());
  write_attribute(file, name, text);
}

}  // namespace

TEST_CASE("A posterior file gives back what was written, also from a group", "[posterior]") {
  const sample::Folder folder("posterior");
  const std::string path = folder.file("posterior.h5");
  const Posterior posterior = small::posterior();
  write_posterior(path, posterior);
  CHECK(read_posterior(path) == posterior);
  CHECK(folder.names() == std::vector<std::string>{"posterior.h5"});

  const std::string other = folder.file("other.h5");
  {
    const Hdf5Handle file(H5Fcreate(other.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT),
                          H5Fclose, "create");
    CHECK_FALSE(find_posterior_group(file.get()));
    add_posterior_group(file.get(), posterior);
    CHECK(find_posterior_group(file.get()) == posterior);
  }
  CHECK(read_posterior(other) == posterior);
}

TEST_CASE("A posterior file may say how much was recovered", "[posterior]") {
  const sample::Folder folder("posterior");
  const std::string path = folder.file("posterior.h5");
  Posterior posterior = small::posterior();
  posterior.recovered = {0.4, -0.1};
  write_posterior(path, posterior);
  CHECK(read_posterior(path) == posterior);
}

TEST_CASE("A posterior with a value that its prior does not allow is not written", "[posterior]") {
  const sample::Folder folder("posterior");
  Posterior posterior = small::posterior();
  posterior.draws[3][0] = 0.6;
  CHECK_THROWS_WITH(
      write_posterior(folder.file("p.h5"), posterior),
      folder.file("p.h5") + ": a value of attention.base is outside the prior's bounds");
  CHECK(folder.names().empty());
  CHECK_THROWS_AS(write_posterior(folder.file("none/p.h5"), small::posterior()),
                  std::runtime_error);
}

TEST_CASE("What is not a posterior file is the user's error", "[posterior]") {
  const sample::Folder folder("posterior");
  CHECK(contains(outcome_of_reading(folder.file("none.h5")), "there is no such file"));
  std::ofstream(folder.file("text.h5")) << "name: a scenario\n";
  CHECK(contains(outcome_of_reading(folder.file("text.h5")), "not a posterior file"));
  sample::write_run(folder.file("run.h5"), 1);
  CHECK(contains(outcome_of_reading(folder.file("run.h5")),
                 folder.file("run.h5") + ": this is not a posterior file"));
}

TEST_CASE("Attributes and names of a posterior are checked", "[posterior]") {
  const auto after_attribute = [](const char* name, const char* text) {
    return outcome_after([=](hid_t file) { set_attribute(file, name, text); });
  };
  CHECK(contains(after_attribute("format_version", "2.0"), "format version 2.0"));
  CHECK(contains(after_attribute("fitted_to", "2015-2004"), "fitted_to"));
  CHECK(contains(after_attribute("fitted_to", "lately"), "fitted_to"));
  CHECK(contains(outcome_after([](hid_t file) { H5Adelete(file, "study"); }),
                 "the attribute study is missing"));
  const auto after_texts = [](const char* name, std::vector<std::string> texts) {
    return outcome_after([=](hid_t file) { set_texts(file, name, texts); });
  };
  CHECK(contains(after_texts("parameter", {"a", "b\n"}), "parameter: a name is not"));
  CHECK(contains(after_texts("parameter", {}), "another length"));
  CHECK(contains(after_texts("targets", {"a", "b  c"}), "targets: a name is not"));
  CHECK(contains(after_texts("targets", {"a"}), "targets: it has another length"));
  CHECK(contains(after_texts("prior_kind", {"normal", "cauchy"}), "unknown kind of prior"));
  CHECK(contains(outcome_after([](hid_t file) { H5Ldelete(file, "source", H5P_DEFAULT); }),
                 "source: the dataset is missing"));
}

TEST_CASE("Numbers of a posterior are checked", "[posterior]") {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const auto after_numbers = [](const char* name, std::vector<hsize_t> lengths,
                                std::vector<double> values) {
    return outcome_after([=](hid_t file) { set_numbers(file, name, lengths, values); });
  };
  CHECK(contains(after_numbers("value", {1, 2}, {0.02, kNaN}), "attraction is not finite"));
  CHECK(contains(after_numbers("value", {1, 2}, {0.02, 3.5}), "outside the prior's bounds"));
  CHECK(contains(after_numbers("value", {2}, {0.02, 0.5}), "its axes are not draw and parameter"));
  CHECK(contains(after_numbers("value", {0, 2}, {}), "there is no draw"));
  CHECK(contains(after_numbers("value", {1, 3}, {0.1, 0.1, 0.1}), "its axes are not"));
  CHECK(contains(after_numbers("prior_low", {2}, {0.9, -3.0}), "ends before it begins"));
  CHECK(contains(after_numbers("prior_spread", {2}, {0.0, 1.0}), "has no spread"));
  CHECK(contains(after_numbers("prior_middle", {2}, {-1.0, 1.0}), "middle that has no logarithm"));
  CHECK(contains(after_numbers("prior_high", {3}, {1, 1, 1}), "prior_high: it has another length"));
  CHECK(contains(after_numbers("recovered", {1}, {0.5}), "recovered: it has another length"));
  CHECK(contains(after_numbers("recovered", {2}, {0.5, 1.5}),
                 "recovered: a value is no contraction"));
  CHECK(contains(after_numbers("recovered", {2}, {0.5, kNaN}),
                 "recovered: a value is no contraction"));
}

TEST_CASE("A posterior that claims to be huge takes no memory", "[posterior]") {
  const auto outcome = outcome_after([](hid_t file) {
    H5Ldelete(file, "value", H5P_DEFAULT);
    const std::vector<hsize_t> lengths{1'000'000'000, 2};
    const std::vector<hsize_t> chunk{100, 2};
    const Hdf5Handle space = make_space(lengths);
    const Hdf5Handle properties = make_dataset_properties();
    H5Pset_chunk(properties.get(), 2, chunk.data());
    const Hdf5Handle dataset(H5Dcreate2(file, "value", H5T_NATIVE_DOUBLE, space.get(), H5P_DEFAULT,
                                        properties.get(), H5P_DEFAULT),
                             H5Dclose, "create value");
  });
  CHECK(contains(outcome, "it has too many draws"));
}

TEST_CASE("A damaged posterior file gives an error or a posterior, never a crash", "[posterior]") {
  const sample::Folder folder("posterior");
  write_posterior(folder.file("posterior.h5"), small::posterior());
  const std::string content = sample::content_of(folder.file("posterior.h5"));
  const std::string path = folder.file("damaged.h5");
  const auto outcome_of = [&](const std::string& damaged) {
    std::ofstream(path, std::ios::binary) << damaged;
    const std::string outcome = outcome_of_reading(path);
    CHECK((outcome.empty() || contains(outcome, path)));
    return outcome;
  };
  for (std::size_t part = 1; part < 10; ++part)
    CHECK_FALSE(outcome_of(content.substr(0, content.size() * part / 10)).empty());
  std::mt19937 random(20240229);
  int refused = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    std::string damaged = content;
    const std::size_t begin = random() % content.size();
    for (std::size_t k = begin; k < std::min(begin + 1 + i % 16, content.size()); ++k)
      damaged[k] = static_cast<char>(random());
    if (!outcome_of(damaged).empty()) ++refused;
  }
  CHECK(refused > 5);
}
