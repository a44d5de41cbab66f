#include "io/hdf5_pair_writer.h"

#include <array>

#include "core/check.h"
#include "io/hdf5_layout.h"
#include "io/hdf5_provenance.h"
#include "io/hdf5_run_group.h"
#include "io/hdf5_temporary_file.h"
#include "io/hdf5_values.h"

namespace onward {

namespace {

constexpr auto kSharedDimensions =
    std::to_array<Dimension>({Dimension::kMonth, Dimension::kYear, Dimension::kDestination});

void write_table(hid_t file, Hdf5Axes& axes, const DataTable& table) {
  SeriesPlan plan{.name = table.name,
                  .type = table.values.index() == 0 ? H5T_NATIVE_INT32 : H5T_NATIVE_DOUBLE,
                  .axes = {table.axes.begin(), table.axes.end()},
                  .unit = table.unit,
                  .meaning = table.meaning,
                  .is_written_at_once = true};
  const Hdf5Handle dataset = create_series(file, axes, plan);
  std::size_t expected = 1;
  for (const std::string& axis : table.axes) expected *= axes.length(axis);
  const auto write = [&](const auto& values) {
    EXPECT(values.size() == expected);
    if (values.empty()) return;
    check_hdf5(H5Dwrite(dataset.get(), plan.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
               "write " + table.name);
  };
  std::visit(write, table.values);
}

void write_tables(hid_t file, Hdf5Axes& axes, const TableSet& content) {
  for (const FileAttribute& attribute : content.attributes) {
    std::visit([&](const auto& value) { write_attribute(file, attribute.name, value); },
               attribute.value);
  }
  for (const TableAxis& axis : content.axes) {
    const auto write = [&](const auto& labels) {
      axes.add(axis.name, write_dataset(file, axis.name, labels), axis.unit, axis.meaning);
    };
    std::visit(write, axis.labels);
  }
  for (const DataTable& table : content.tables) write_table(file, axes, table);
}

}  // namespace

/// The open file. Members are closed in reverse order, the file last.
struct PairWriter::File {
  Hdf5TemporaryFile temporary;
  Hdf5Handle base_group;
  Hdf5Handle variant_group;
  RunGroup base;
  RunGroup variant;
  Hdf5Axes axes;

  File(const std::string& path, const RunDescription& of_base, const RunDescription& of_variant)
      : temporary(path),
        base_group(create_group(temporary.id(), "base")),
        variant_group(create_group(temporary.id(), "variant")),
        base(path, temporary, base_group.get(), of_base),
        variant(path, temporary, variant_group.get(), of_variant),
        axes(temporary.id(), of_base.shape, kSharedDimensions,
             {of_base.provenance.first_replicate, of_base.provenance.replicates}) {}
};

PairWriter::PairWriter(std::string path, const RunDescription& base, const RunDescription& variant)
    : path_(std::move(path)) {
  EXPECT(base.provenance.replicates == variant.provenance.replicates &&
         base.provenance.first_replicate == variant.provenance.first_replicate);
  for (const Dimension dimension : kSharedDimensions)
    EXPECT(base.shape.length(dimension) == variant.shape.length(dimension));
  with_hdf5_path(path_, [&] {
    file_ = std::make_unique<File>(path_, base, variant);
    const hid_t file = file_->temporary.id();
    write_origin(file, base.provenance, std::string(kComparisonFormatName));
    write_scenario_identity(file, base.provenance, "base");
    write_scenario_identity(file, variant.provenance, "variant");
  });
}

PairWriter::~PairWriter() {
  const Hdf5Quiet quiet;
  file_.reset();
}

Observer& PairWriter::base() { return file_->base; }
Observer& PairWriter::variant() { return file_->variant; }

void PairWriter::close(const TableSet& content, const RunTiming& timing) {
  EXPECT(file_ != nullptr);
  with_hdf5_path(path_, [&] {
    File& open = *file_;
    write_tables(open.temporary.id(), open.axes, content);
    write_timing(open.temporary.id(), timing);
    open.base.close();
    open.variant.close();
    open.axes.close();
    open.base_group.close("close the base");
    open.variant_group.close("close the variant");
    open.temporary.keep();
    file_.reset();
  });
}

}  // namespace onward
