#pragma once

#include <string>

#include "io/hdf5_handle.h"
#include "io/run_description.h"

/// The attributes that say where a file comes from. Errors: Hdf5Error.
namespace onward {

/// Writes the format, the program, the plan, the command and the time; not the scenario.
void write_origin(hid_t object, const Provenance& provenance, const std::string& format);

/// Writes NAME_name and NAME_hash of the scenario.
void write_scenario_identity(hid_t object, const Provenance& provenance, const std::string& name);

void write_timing(hid_t object, const RunTiming& timing);

}  // namespace onward
