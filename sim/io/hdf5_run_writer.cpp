#include "io/hdf5_run_writer.h"

#include "core/check.h"
#include "io/hdf5_provenance.h"
#include "io/hdf5_run_group.h"
#include "io/hdf5_temporary_file.h"

namespace onward {

/// The open file. Members are closed in reverse order, the file last.
struct RunWriter::File {
  Hdf5TemporaryFile temporary;
  RunGroup run;

  File(const std::string& path, const RunDescription& description)
      : temporary(path), run(path, temporary, temporary.id(), description) {}
};

RunWriter::RunWriter(std::string path, const RunDescription& description) : path_(std::move(path)) {
  with_hdf5_path(path_, [&] { file_ = std::make_unique<File>(path_, description); });
}

RunWriter::~RunWriter() {
  const Hdf5Quiet quiet;
  file_.reset();
}

void RunWriter::replicate_finished(std::uint32_t replicate, const Measures& measures) {
  EXPECT(file_ != nullptr);
  file_->run.replicate_finished(replicate, measures);
}

std::function<void()> RunWriter::receive(std::uint32_t replicate, const Measures& measures) {
  EXPECT(file_ != nullptr);
  return file_->run.receive(replicate, measures);
}

std::uint32_t RunWriter::finished() const {
  EXPECT(file_ != nullptr);
  return file_->run.finished();
}

void RunWriter::close(const RunTiming& timing) {
  EXPECT(file_ != nullptr);
  with_hdf5_path(path_, [&] {
    write_timing(file_->temporary.id(), timing);
    file_->run.close();
    file_->temporary.keep();
    file_.reset();
  });
}

}  // namespace onward
