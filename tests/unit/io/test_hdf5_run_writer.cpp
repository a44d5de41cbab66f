#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "catch.h"
#include "unit/io/hdf5_sample.h"

#ifdef __SANITIZE_ADDRESS__
/// HDF5 1.10 loses some buffers when a write fails, which the test of the full disk provokes.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5\n"; }
#endif

using namespace onward;
using sample::contains;
using sample::content_of;

namespace {

/// The message of the std::runtime_error that `work` throws; empty if it throws none.
template <class Work>
std::string message_of(Work&& work) {
  try {
    work();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

/// Lets no file grow beyond `bytes` while it lives: a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

}  // namespace

TEST_CASE("A run file that is not closed leaves nothing") {
  const sample::Folder folder("writer");
  {
    RunWriter writer(folder.file("run.h5"), sample::description(0, 2));
    writer.replicate_finished(1, sample::measures(sample::shape(), 1));
    CHECK(writer.finished() == 1);
    REQUIRE(folder.names().size() == 1);
    CHECK(contains(folder.names().front(), "run.h5.partial-"));
  }
  CHECK(folder.names().empty());
}

TEST_CASE("An older run file stays until the new one is complete") {
  const sample::Folder folder("writer");
  std::ofstream(folder.file("run.h5")) << "older";
  {
    RunWriter writer(folder.file("run.h5"), sample::description(0, 1));
    writer.replicate_finished(0, sample::measures(sample::shape(), 0));
  }
  CHECK(content_of(folder.file("run.h5")) == "older");
  sample::write_run(folder.file("run.h5"), 1);
  CHECK(folder.names() == std::vector<std::string>{"run.h5"});
  CHECK(RunFile(folder.file("run.h5")).provenance().replicates == 1);
}

TEST_CASE("Two writers of the same name do not disturb one another") {
  const sample::Folder folder("writer");
  RunWriter first(folder.file("run.h5"), sample::description(0, 1));
  RunWriter second(folder.file("run.h5"), sample::description(5, 1));
  second.replicate_finished(5, sample::measures(sample::shape(), 5));
  first.replicate_finished(0, sample::measures(sample::shape(), 0));
  second.close({});
  CHECK(RunFile(folder.file("run.h5")).provenance().first_replicate == 5);
  first.close({});
  CHECK(RunFile(folder.file("run.h5")).provenance().first_replicate == 0);
  CHECK(folder.names().size() == 1);
}

TEST_CASE("Replicates are written a few at a time, none is lost and none twice") {
  const sample::Folder folder("writer");
  const std::string path = folder.file("run.h5");
  constexpr std::uint32_t kCount = 800;
  const RunDescription description = sample::description(5, kCount);
  std::uintmax_t half_way = 0;
  {
    RunWriter writer(path, description);
    for (std::uint32_t i = 0; i < kCount; ++i) {
      const std::uint32_t replicate = 5 + i * 7 % kCount;
      writer.replicate_finished(replicate, sample::measures(description.shape, replicate));
      CHECK(writer.finished() == i + 1);
      if (i == kCount / 2)
        half_way = std::filesystem::file_size(folder.file(folder.names().front()));
    }
    writer.close({});
  }
  // What waits in memory is bounded: half-way, the file has begun to hold replicates.
  const std::uintmax_t whole = std::filesystem::file_size(path);
  CHECK(whole > 4'000'000);
  CHECK(half_way > 1'000'000);
  CHECK(half_way < whole);
  const RunFile run(path);
  for (std::uint32_t replicate = 5; replicate < 5 + kCount; ++replicate)
    REQUIRE(run.read_measures(replicate) == sample::measures(description.shape, replicate));
}

TEST_CASE("A run file that cannot be created is named") {
  const sample::Folder folder("writer");
  const auto attempt = [](const std::string& path) {
    return message_of([&] { RunWriter writer(path, sample::description(0, 1)); });
  };
  const std::string nowhere = folder.file("missing/run.h5");
  CHECK(attempt(nowhere) == nowhere + ": cannot create the file: No such file or directory");
  CHECK(contains(attempt(folder.text()), folder.text() + ": cannot create the file"));
  CHECK(contains(attempt("/dev/full"), "/dev/full: cannot create the file"));
  CHECK(std::filesystem::is_character_file("/dev/full"));
}

TEST_CASE("A full disk is an error with the path and leaves no file") {
  const sample::Folder folder("writer");
  const std::string path = folder.file("run.h5");
  for (const rlim_t bytes : {0, 3'000, 30'000, 60'000, 80'000, 90'000, 100'000}) {
    const FullDisk disk(bytes);
    const std::string message = message_of([&] { sample::write_run(path, 10); });
    INFO("disk of " << bytes << " bytes: " << message);
    CHECK(contains(message, path + ": cannot "));
    CHECK(contains(message, "File too large"));
    CHECK(folder.names().empty());
  }
  sample::write_run(path, 10);
  CHECK(RunFile(path).provenance().replicates == 10);
}
