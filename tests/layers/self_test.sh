#!/bin/sh
# Does check_layers.sh find what it must, and nothing else?
check=$(cd "$(dirname "$0")" && pwd)/check_layers.sh
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
failures=0

# plant FILE TEXT: a tree with clean layers and, in FILE, one line more.
plant() {
  rm -rf "$root/sim"
  for layer in core model engine io run cli web; do
    mkdir -p "$root/sim/$layer"
  done
  echo '#include <thread>' > "$root/sim/core/parallel.cpp"
  echo '#include "core/random.h"' > "$root/sim/model/people.cpp"
  echo '#include "model/people.h"' > "$root/sim/engine/step.cpp"
  echo '#include <yaml-cpp/eventhandler.h>' > "$root/sim/io/yaml_tree.cpp"
  printf '#include <hdf5.h>\n#include "io/yaml_tree.h"\n' > "$root/sim/io/hdf5_run.cpp"
  echo '#include <mpi.h>' > "$root/sim/run/mpi_executor.cpp"
  echo '#include <boost/program_options.hpp>' > "$root/sim/cli/run.cpp"
  echo '#include "io/scenario.h"' > "$root/sim/web/bindings.cpp"
  printf '// a comment\n%s\n' "$2" > "$root/sim/$1"
}

passes() {  # FILE TEXT
  plant "$1" "$2"
  if ! output=$(sh "$check" "$root"); then
    echo "FAILED: refused $2 in $1: $output"
    failures=$((failures + 1))
  fi
}

refuses() {  # FILE TEXT: with the place of the line in the message
  plant "$1" "$2"
  if output=$(sh "$check" "$root"); then
    echo "FAILED: let pass $2 in $1"
    failures=$((failures + 1))
  elif ! printf '%s\n' "$output" | grep -q "^sim/$1:2: "; then
    echo "FAILED: no sim/$1:2 in: $output"
    failures=$((failures + 1))
  fi
}

passes core/ids.h '#include <cstdint>'
passes core/ids.h '// #include "model/state.h"'
passes cli/sweep.cpp '#include "run/plan.h"'
passes io/hdf5_merge.cpp '#include "io/hdf5_run.h"'
passes run/executor.cpp '#include <thread>'
passes io/provenance.cpp '#include "onward/version.h"'

refuses core/ids.h '#include "model/state.h"'
refuses core/ids.h '#include "sim/model/state.h"'
refuses model/belief.cpp '  #  include "engine/step.h"'
refuses model/belief.cpp '#include <engine/step.h>'
refuses engine/initial.cpp '#include "io/scenario.h"'
refuses io/progress.cpp '#include "run/plan.h"'
refuses run/plan.cpp '#include "cli/run.h"'
refuses cli/sweep.cpp '#include "web/bindings.h"'
refuses web/page.cpp '#include "run/plan.h"'
refuses web/page.cpp '#include "io/hdf5_run.h"'
refuses io/progress.cpp '#include "io/hdf5_run.h"'
refuses model/belief.cpp '#include "../core/random.h"'
refuses model/belief.cpp '#include <thread>'
refuses engine/initial.cpp '#include <yaml-cpp/yaml.h>'
refuses run/merge.cpp '#include <hdf5.h>'
refuses io/progress.cpp '#include <H5Dpublic.h>'
refuses io/progress.cpp '#include <mpi.h>'
refuses run/other_executor.cpp '#include <mpi.h>'
refuses run/plan.cpp '#include <boost/program_options/options_description.hpp>'
refuses model/belief.cpp '#include <Random123/philox.h>'
refuses model/belief.cpp '#include "onward/version.h"'
refuses io/provenance.cpp '#include "version.h"'

[ "$failures" -eq 0 ] && echo 'check_layers.sh finds what it must'
exit $((failures > 0))
