#include "io/hdf5_posterior_file.h"

#include "io/hdf5_input.h"
#include "io/hdf5_posterior_group.h"
#include "io/hdf5_rehearsal.h"
#include "io/hdf5_temporary_file.h"
#include "io/hdf5_values.h"
#include "io/provenance.h"

namespace onward {

namespace {

constexpr const char* kWhat = "posterior file";

Posterior read_contents(const std::string& path) {
  const Hdf5Handle file = open_hdf5_input(path, kWhat);
  const Hdf5Quiet quiet;
  try {
    if (is_posterior(file.get())) return read_posterior(file.get());
    if (std::optional<Posterior> inside = find_posterior_group(file.get()))
      return std::move(*inside);
  } catch (const Hdf5Error& error) {
    reject_file(path, "the posterior cannot be read", error.what());
  }
  reject_file(path, "this is not a posterior file",
              "neither the HDF5 file nor a group 'posterior' in it says that it is one");
}

}  // namespace

void write_posterior(const std::string& path, const Posterior& posterior) {
  with_hdf5_path(path, [&] {
    Hdf5TemporaryFile file(path);
    const Provenance provenance = build_provenance();
    write_attribute(file.id(), "Conventions", std::string("CF-1.9"));
    write_attribute(file.id(), "program_version", provenance.program_version);
    write_attribute(file.id(), "git_commit", provenance.git_commit);
    write_attribute(file.id(), "created", utc_now());
    write_posterior(file.id(), posterior);
    file.keep();
  });
}

Posterior read_posterior(const std::string& path) {
  check_is_file(path);
  rehearse_reading(path, kWhat, [&] { read_contents(path); });
  return read_contents(path);
}

}  // namespace onward
