#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Where a result comes from: everything needed to make it again.
namespace onward {

/// Version of the layout of run files; docs/output_format.md specifies it. A reader accepts every
/// file with its own first number.
inline constexpr std::string_view kFormatVersion = "1.1";

/// What the root attribute `format` of a run file says.
inline constexpr std::string_view kFormatName = "onward run";

/// The same of a comparison file.
inline constexpr std::string_view kComparisonFormatName = "onward comparison";

/// The origin of one run file.
struct Provenance {
  std::string format_version{kFormatVersion};
  std::string program_version;  ///< such as "0.1.0"
  std::string git_commit;       ///< "unknown" outside a checkout
  std::string compiler;         ///< name and version
  std::string flags;            ///< compiler flags
  std::string libraries;        ///< names and versions, separated by commas
  std::string scenario_name;
  std::string scenario_hash;  ///< see hash_text
  std::uint64_t seed = 0;
  std::uint32_t first_replicate = 0;
  std::uint32_t replicates = 0;
  std::string command_line;  ///< as one could type it
  std::string created;       ///< ISO 8601, UTC

  bool operator==(const Provenance&) const = default;
};

/// A provenance with what is known of this build filled in: versions, commit, compiler, flags and
/// libraries (HDF5 is added by the writer of a run file).
Provenance build_provenance();

/// Identity of a text: "fnv1a64:" and 16 hexadecimal digits of its 64-bit FNV-1a hash. It guards
/// against mistakes, not against forgery.
std::string hash_text(std::string_view text);

/// The arguments as one line, quoted for a POSIX shell where needed, valid UTF-8.
std::string command_line_text(int count, const char* const* arguments);

/// `text` with every byte that is not part of valid UTF-8 replaced by '?'.
std::string valid_utf8(std::string_view text);

/// The present time as `YYYY-MM-DDThh:mm:ssZ`.
std::string utc_now();

}  // namespace onward
