#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/brokers.h"

namespace onward {

struct Month;
struct State;

/// What people of one world can take from another, apart or together
/// (docs/decisions/0011-decomposition.md).
enum class PathChannel : std::uint8_t {
  kAnnouncements,  ///< what people have heard of announced policy
  kExperience,     ///< outcomes of cases, and of what brokers promised
  kBuzz,           ///< departures that draw attention
  kDiaspora,       ///< acquaintances abroad
  kBrokers,        ///< brokers with all they have, and how worn their stories are
  kQueues,         ///< cases that a new claim expects to wait for
};
inline constexpr std::array<std::string_view, 6> kPathChannelNames{
    "announcements", "experience", "buzz", "diaspora", "brokers", "queues"};

/// One flag for each PathChannel.
using PathChannels = std::array<bool, kPathChannelNames.size()>;

/// What the people of one world act on in one month, as far as it comes from others. Tables have
/// the rows and columns, and lists the lengths, of the state they are taken from.
struct PathMonth {
  CommunityTable news;
  CommunityTable positive, negative;
  std::vector<double> public_positive, public_negative;
  std::vector<double> kept_promises, broken_promises;
  CommunityTable buzz;
  CommunityTable diaspora;
  Brokers brokers;
  std::vector<double> coached_cases;
  std::vector<double> queue;
};

/// What the people of one world act on, month by month: about 250 kB a month in the reference case.
struct Path {
  int begin = 0;                  ///< month of the run of the first entry
  std::vector<PathMonth> months;  ///< without gaps

  const PathMonth& at(int month) const { return months[static_cast<std::size_t>(month - begin)]; }
};

/// Another world's path, and what a run takes from it instead of from itself. The two worlds need
/// the same communities and slots of brokers.
struct Guide {
  const Path& path;
  PathChannels follows{};
};

/// Adds what people act on once brokers have been reviewed, which is when nothing of it changes
/// until they have acted.
void extend_path(Path& path, const State& state);

/// Replaces what the month's guide, if there is one, gives of information: news, evidence, buzz,
/// diaspora and queues.
void follow_information(State& state, const Month& month);

/// Replaces the brokers, and the wear of stories, if the month's guide gives them.
void follow_brokers(State& state, const Month& month);

}  // namespace onward
