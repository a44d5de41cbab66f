#include "model/announcements.h"

#include <algorithm>
#include <vector>

#include "core/column.h"
#include "core/elementary.h"
#include "core/vectorise.h"

namespace onward {

namespace {

double hearing(const Parameters& parameters, Publicity publicity) {
  if (publicity == Publicity::kSilent) return 0.0;
  return publicity == Publicity::kLoud ? parameters.get<"belief.hearing_loud">()
                                       : parameters.get<"belief.hearing_press">();
}

/// Severity of what has been announced, by group and destination.
std::vector<double> announced_severity(const Month& month) {
  std::vector<double> severity;
  severity.reserve(month.world.group_count() * month.world.destinations.size());
  for (std::size_t g = 0; g < month.world.group_count(); ++g) {
    for (const PlaceId place : month.world.destinations) {
      severity.push_back(month.world.policy.severity(month.index, place, GroupId{g}));
    }
  }
  return severity;
}

/// Lets a share `newly` of those who had not heard the newest announcement hear it: they give up
/// what they had heard before for the severity of `today`.
inline void hear(double& heard, double& news, double newly, double today) {
  heard += newly * (1.0 - heard);
  news += newly * (today - news);
}

/// Some hear an announcement in its month. Those who had heard the one before must hear again.
void hear_announcements(Communities& communities, const Month& month,
                        const std::vector<double>& severity) {
  const std::size_t destinations = month.world.destinations.size();
  for (const Announcement& announcement : month.world.policy.announcements(month.index)) {
    const std::size_t destination = month.world.destination_of[announcement.place.index()];
    if (destination == World::kNowhere) continue;
    const double reached = hearing(month.parameters(), announcement.publicity);
    communities.last_announcement[destination] = month.index;
    for (std::size_t c = 0; c < communities.size(); ++c) {
      const double today = severity[communities.group[c] * destinations + destination];
      double& heard = row_of(communities.heard, c)[destination];
      heard = 0.0;
      hear(heard, row_of(communities.news, c)[destination], reached, today);
    }
  }
}

/// From this share on, passing on changes nothing worth the work.
constexpr double kAllHeard = 0.9999;

/// Who passes on what of a destination.
struct Talk {
  Column<std::uint32_t> open;       ///< communities that have opened
  Column<double> is_open;           ///< by community: 1 or 0
  Column<double> heard;             ///< by community: share that has, 0 if it has not opened
  Column<std::uint32_t> listeners;  ///< open communities that have not heard everything
  Column<double> ties;              ///< by listener: tied communities that have opened
  Column<double> told;  ///< by listener: what those have heard together, then the share told
};

Talk begin_talk(const Communities& communities) {
  const std::size_t size = communities.size();
  Talk talk;
  talk.open.resize(size);
  talk.is_open.resize(size);
  talk.heard.resize(size, 0.0);
  std::size_t count = 0;
  for (std::size_t c = 0; c < size; ++c) {
    const bool open = communities.joined[c] != 0;
    talk.is_open[c] = open ? 1.0 : 0.0;
    talk.open[count] = static_cast<std::uint32_t>(c);
    count += open ? 1 : 0;
  }
  talk.open.resize(count);
  return talk;
}

/// Notes who has heard of a destination and who listens. False if nobody has anything to tell.
bool look_back(const Communities& communities, std::size_t destination, Talk& talk) {
  const auto destinations = static_cast<std::size_t>(communities.heard.cols());
  const double* heard = communities.heard.data() + destination;
  talk.listeners.resize(talk.open.size());
  double* shares = talk.heard.data();
  std::uint32_t* listeners = talk.listeners.data();
  std::size_t count = 0;
  double most = 0.0;
  for (const std::uint32_t c : talk.open) {
    const double share = heard[c * destinations];
    shares[c] = share;
    most = std::max(most, share);
    listeners[count] = c;
    count += share <= kAllHeard ? 1 : 0;
  }
  talk.listeners.resize(count);
  return most > 0.0;
}

/// Asks the ties of every listener.
void ask_ties(const Communities& communities, Talk& talk) {
  const std::size_t count = talk.listeners.size();
  talk.ties.resize(count);
  talk.told.resize(count);
  const double* is_open = talk.is_open.data();
  const double* heard = talk.heard.data();
  for (std::size_t i = 0; i < count; ++i) {
    double ties = 0.0;
    double told = 0.0;
    for (const std::uint32_t tied : communities.ties(CommunityId{talk.listeners[i]})) {
      ties += is_open[tied];
      told += heard[tied];
    }
    talk.ties[i] = ties;
    talk.told[i] = told;
  }
}

/// Shares of all listeners that are told by ties who know `told` together.
ONWARD_VECTORISED void be_told(double rate, const Column<double>& ties_of, Column<double>& told) {
  const double* ties = ties_of.data();
  double* __restrict shares = told.data();
  const std::size_t count = told.size();
  for (std::size_t i = 0; i < count; ++i)
    shares[i] = shares[i] > 0.0 ? 1.0 - exact_exp(-rate * shares[i] / ties[i]) : 0.0;
}

void hear_ties(Communities& communities, const Talk& talk, std::size_t destination,
               const std::vector<double>& severity) {
  const auto destinations = static_cast<std::size_t>(communities.heard.cols());
  double* heard = communities.heard.data() + destination;
  double* news = communities.news.data() + destination;
  const double* today = severity.data() + destination;
  for (std::size_t i = 0; i < talk.listeners.size(); ++i) {
    const std::size_t row = talk.listeners[i] * destinations;
    const std::size_t group = communities.group[talk.listeners[i]];
    hear(heard[row], news[row], talk.told[i], today[group * destinations]);
  }
}

/// Tied communities pass on what they have heard.
void pass_on_announcements(Communities& communities, const Month& month,
                           const std::vector<double>& severity) {
  const double rate = month.parameters().get<"belief.hearing_spread">();
  Talk talk = begin_talk(communities);
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    if (communities.last_announcement[d] == kNeverAnnounced) continue;
    if (!look_back(communities, d, talk)) continue;
    ask_ties(communities, talk);
    be_told(rate, talk.ties, talk.told);
    hear_ties(communities, talk, d, severity);
  }
}

}  // namespace

void spread_announcements(Communities& communities, const Month& month) {
  const std::vector<double> severity = announced_severity(month);
  hear_announcements(communities, month, severity);
  pass_on_announcements(communities, month, severity);
}

}  // namespace onward
