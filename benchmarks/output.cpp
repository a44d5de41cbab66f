// Writing a run file.
#include <filesystem>

#include "engine/simulate.h"
#include "io/hdf5_run_writer.h"
#include "reference.h"

namespace onward {
namespace {

RunDescription describe(std::uint32_t replicates) {
  RunDescription description{.shape = measure_shape(reference_world().scenario),
                             .provenance = build_provenance(),
                             .scenario_text = load_reference().resolved,
                             .observed = reference_world().scenario.observed,
                             .posterior = {}};
  description.provenance.replicates = replicates;
  return description;
}

/// A whole file with as many replicates as the argument says, the flush to the disk included.
void run_file(benchmark::State& state) {
  const auto replicates = static_cast<std::uint32_t>(state.range(0));
  const std::string path =
      (std::filesystem::temp_directory_path() / "onward-bench-output.h5").string();
  const RunDescription description = describe(replicates);
  ThreadTeam team(1);
  const Measures measures = *simulate(reference_world(), 1, 0, team);
  for (auto _ : state) {
    RunWriter writer(path, description);
    for (std::uint32_t i = 0; i < replicates; ++i) writer.replicate_finished(i, measures);
    writer.close({});
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  std::filesystem::remove(path);
}
BENCHMARK(run_file)->Arg(1)->Arg(20)->Arg(200)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace onward
