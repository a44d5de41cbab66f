#pragma once

#include <array>
#include <optional>
#include <vector>

#include "run/comparison.h"
#include "run/resamples.h"

/// How much of the effect of a variant runs through which channel, as docs/comparison.md defines
/// it.
namespace onward {

/// What the effect is measured by.
enum class EffectMeasure : std::uint8_t {
  kBlocked,          ///< persons
  kElsewhere,        ///< blocked persons who go elsewhere
  kShareElsewhere,   ///< share of the blocked
  kFirstElsewhere,   ///< change of claims in destinations that are no targets, first full year
  kSecondElsewhere,  ///< the same, second full year
  kClaims,           ///< change of claims everywhere over the whole run
};
inline constexpr std::array<std::string_view, 6> kEffectMeasureNames{"blocked",
                                                                     "elsewhere",
                                                                     "share_elsewhere",
                                                                     "claims_elsewhere_first_year",
                                                                     "claims_elsewhere_second_year",
                                                                     "claims"};

/// One value for each EffectMeasure, with 90 % intervals of the mean over replicates; empty where
/// nobody is blocked, no destination is elsewhere or the run has no such year.
using EffectValues = std::array<std::optional<MeanInterval>, kEffectMeasureNames.size()>;

/// A channel of interaction.
struct ChannelPart {
  EffectValues left;     ///< effect with it alone held at the base's path
  EffectValues through;  ///< full effect less that: what needs the channel
  EffectValues alone;    ///< effect with all others held, less the direct effect: what it can do
};

struct Decomposition {
  std::vector<int> years;  ///< the first two full years from the parting on that the run has
  EffectValues full;
  EffectValues direct;                ///< effect with all channels held
  EffectValues through_all;           ///< full effect less that
  std::vector<ChannelPart> channels;  ///< by PathChannel
  EffectValues between;  ///< full effect less the direct one and what runs through each channel
};

/// Sums up the worlds of a decomposition; nothing if there were none.
std::optional<Decomposition> decompose(const World& base, const Comparison& comparison,
                                       const Resamples& resamples);

}  // namespace onward
