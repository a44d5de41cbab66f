#include "io/hdf5_provenance.h"

#include "io/hdf5_values.h"

namespace onward {

namespace {

std::string hdf5_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  H5get_libversion(&major, &minor, &release);
  return "HDF5 " + std::to_string(major) + '.' + std::to_string(minor) + '.' +
         std::to_string(release);
}

}  // namespace

void write_origin(hid_t object, const Provenance& provenance, const std::string& format) {
  write_attribute(object, "Conventions", std::string("CF-1.9"));
  write_attribute(object, "format", format);
  write_attribute(object, "format_version", provenance.format_version);
  write_attribute(object, "program_version", provenance.program_version);
  write_attribute(object, "git_commit", provenance.git_commit);
  write_attribute(object, "compiler", provenance.compiler);
  write_attribute(object, "flags", provenance.flags);
  write_attribute(object, "libraries", hdf5_version() + ", " + provenance.libraries);
  write_attribute(object, "seed", provenance.seed);
  write_attribute(object, "first_replicate", std::int64_t{provenance.first_replicate});
  write_attribute(object, "replicates", std::int64_t{provenance.replicates});
  write_attribute(object, "command_line", provenance.command_line);
  write_attribute(object, "created", provenance.created);
}

void write_scenario_identity(hid_t object, const Provenance& provenance, const std::string& name) {
  write_attribute(object, name + "_name", provenance.scenario_name);
  write_attribute(object, name + "_hash", provenance.scenario_hash);
}

void write_timing(hid_t object, const RunTiming& timing) {
  write_attribute(object, "timing_wall_seconds", timing.wall_seconds);
  write_attribute(object, "timing_cpu_seconds", timing.cpu_seconds);
  write_attribute(object, "timing_threads", std::int64_t{timing.threads});
}

}  // namespace onward
