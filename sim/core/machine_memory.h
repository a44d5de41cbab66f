#pragma once

#include <cstdint>

namespace onward {

/// Memory that this process can still take, bytes: what the machine has free, within the limits of
/// the control group (version 1 or 2) and of the process. The largest number where nothing is
/// known.
std::uint64_t available_memory();

/// The most memory that this process has held so far, bytes; 0 where that is not known.
std::uint64_t peak_memory();

/// Lets this process keep memory that it has freed for what it needs next, where the C library can:
/// the system clears what it gives anew.
void keep_freed_memory();

}  // namespace onward
