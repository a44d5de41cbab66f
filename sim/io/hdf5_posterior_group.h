#pragma once

#include <optional>
#include <string_view>

#include "io/hdf5_handle.h"
#include "model/prior.h"

/// A posterior inside an open HDF5 file, in the layout of docs/output_format.md. Errors: Hdf5Error
/// throughout.
namespace onward {

/// What the attribute `format` of a posterior says, and the version of its layout. A reader accepts
/// every version with its own first number.
inline constexpr std::string_view kPosteriorFormatName = "onward posterior";
inline constexpr std::string_view kPosteriorFormatVersion = "1.1";

/// Name of the group that holds the posterior of a file which is more than one.
inline constexpr const char* kPosteriorGroup = "posterior";

/// Most draws and fitted parameters that are read.
inline constexpr std::size_t kMostDraws = 1'000'000;
inline constexpr std::size_t kMostFitted = 1000;

/// Writes a posterior into an empty group, or the root of an empty file. It must have a draw, a
/// parameter, and every value of every draw inside its prior's bounds.
void write_posterior(hid_t where, const Posterior& posterior);

/// Writes a posterior into a new group `posterior` under `parent`.
void add_posterior_group(hid_t parent, const Posterior& posterior);

/// Whether an object says that it is a posterior.
bool is_posterior(hid_t object);

/// Reads a posterior from a group or root that is one; checks everything before it is believed.
Posterior read_posterior(hid_t where);

/// The posterior in the group `posterior` under `parent`; nothing if there is no such group.
std::optional<Posterior> find_posterior_group(hid_t parent);

}  // namespace onward
