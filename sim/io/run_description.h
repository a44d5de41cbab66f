#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/provenance.h"
#include "model/measures.h"
#include "model/prior.h"
#include "model/scenario.h"

namespace onward {

/// What a file says about a run, besides what was measured.
struct RunDescription {
  MeasureShape shape;
  Provenance provenance;                ///< with seed, first_replicate and replicates
  std::string scenario_text;            ///< the resolved scenario, complete
  std::vector<ObservedCount> observed;  ///< places are positions in shape.places
  std::optional<Posterior> posterior;   ///< replicate r has the draw r modulo their number
};

/// How long a run took. Kept in attributes, so that equal runs have equal datasets.
struct RunTiming {
  double wall_seconds = 0.0;  ///< from start to finish
  double cpu_seconds = 0.0;   ///< of all threads
  int threads = 1;
};

}  // namespace onward
