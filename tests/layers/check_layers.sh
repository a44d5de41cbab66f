#!/bin/sh
# Prints, as file:line, each include that breaks the layers
#     core <- model <- engine <- io <- run <- cli
# or uses an external library outside its layer, and fails if there is one.
#     check_layers.sh [ROOT]      ROOT holds sim/; the default is this project
cd "${1:-$(dirname "$0")/../..}" || exit 2
[ -d sim ] || { echo "check_layers: no folder sim/ in $(pwd)" >&2; exit 2; }

find sim -type f \( -name '*.h' -o -name '*.hpp' -o -name '*.cpp' -o -name '*.inc' \) |
  LC_ALL=C sort | xargs awk '
BEGIN {
  count = split("core model engine io run cli", layers, " ")
  for (i = 1; i <= count; ++i) rank[layers[i]] = i
}

function say(why) {
  printf "%s:%d: \"%s\": %s\n", FILENAME, FNR, included, why
  bad = 1
}

function check_layer(target) {
  if (included ~ /(^|\/)\.\.\//) say("write the path from sim/")
  if (layer == "web") {
    if (target == "run" || target == "cli" || included ~ /^io\/hdf5_/)
      say("web may use core, model, engine and the YAML part of io only")
  } else if (target == "web") {
    say("nothing may use web")
  } else if (rank[target] > rank[layer]) {
    say(layer " may not use " target ", which is above it")
  }
  if (layer == "io" && !is_hdf5_file && included ~ /^io\/hdf5_/)
    say("the YAML part of io may not use the HDF5 part: the browser build has no HDF5")
}

function check_library() {
  if (included ~ /^(thread|mutex|shared_mutex|condition_variable|future)$/ &&
      rank[layer] <= rank["engine"] && FILENAME !~ /^sim\/core\/parallel/)
    say("only core/parallel knows threads below io")
  if (included ~ /^Random123\// && layer != "core") say("Random123 belongs to core")
  if (included ~ /^Eigen\// && layer == "core") say("core does without Eigen")
  if (included ~ /^yaml-cpp\// && (layer != "io" || is_hdf5_file))
    say("yaml-cpp belongs to the YAML part of io")
  if (included ~ /^(hdf5|hdf5_hl|H5[A-Za-z]*)\.h$/ && !is_hdf5_file)
    say("HDF5 belongs to io/hdf5_*")
  if (included ~ /^boost\/program_options/ && layer != "cli")
    say("Boost.Program_options belongs to cli")
  if (included ~ /^boost\/math/ && layer != "run") say("Boost.Math belongs to run")
  if (included == "version.h") say("the generated header is onward/version.h")
  if (included == "onward/version.h" && rank[layer] <= rank["engine"])
    say("the version header belongs to io and above")
  if (included == "mpi.h") {
    if (layer != "run") say("MPI belongs to one file of run")
    else if (mpi_file != "" && mpi_file != FILENAME) say("MPI is already used by " mpi_file)
    else mpi_file = FILENAME
  }
}

FNR == 1 {
  split(FILENAME, folders, "/")
  layer = folders[2]
  is_hdf5_file = (FILENAME ~ /^sim\/io\/hdf5_/)
  if (!(layer in rank) && layer != "web") {
    included = FILENAME
    say("not in a folder of a layer")
  }
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
  included = $0
  sub(/^[^<"]*[<"]/, "", included)
  sub(/[>"].*/, "", included)
  sub(/^sim\//, "", included)
  split(included, path, "/")
  check_layer(path[1])
  check_library()
}

END { exit bad }
'
