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

/// Some hear an announcement in its month. Those who had heard the one before must hear again. What
/// communities that have not opened would know counts for beliefs that are held.
void hear_announcements(Communities& communities, const Month& month,
                        const std::vector<double>& severity) {
  const std::size_t destinations = month.world.destinations.size();
  for (const Announcement& announcement : month.world.policy.announcements(month.index)) {
    const std::size_t destination = month.world.destination_of[announcement.place.index()];
    if (destination == World::kNowhere) continue;
    const double reached = hearing(month.parameters(), announcement.publicity);
    double* shares = row_of(communities.heard, destination);
    for (std::size_t c = 0; c < communities.size(); ++c) {
      const double today = severity[communities.group[c] * destinations + destination];
      double heard = 0.0;
      hear(heard, row_of(communities.news, c)[destination], reached, today);
      shares[c] = communities.joined[c] != 0 ? heard : 0.0;
    }
  }
}

/// From this share on, passing on changes nothing worth the work.
constexpr double kAllHeard = 0.9999;

/// Who passes on what of a destination.
struct Talk {
  Column<std::uint32_t> open;       ///< communities that have opened
  Column<std::uint64_t> is_open;    ///< by community: 1 or 0
  Column<std::uint32_t> listeners;  ///< open communities that have not heard everything
  Column<double> ties;              ///< by listener: tied communities that have opened
  Column<double> told;  ///< by listener: what those have heard together, then the share told
};

Talk begin_talk(const Communities& communities) {
  const std::size_t size = communities.size();
  Talk talk;
  talk.open.resize(size);
  talk.is_open.resize(size);
  std::size_t count = 0;
  for (std::size_t c = 0; c < size; ++c) {
    const bool open = communities.joined[c] != 0;
    talk.is_open[c] = open ? 1 : 0;
    talk.open[count] = static_cast<std::uint32_t>(c);
    count += open ? 1 : 0;
  }
  talk.open.resize(count);
  return talk;
}

/// Whether somebody has something to tell of a destination, and an open community something to
/// hear. `heard`: shares by community.
ONWARD_VECTORISED bool is_talked_of(const double* heard, const Column<std::uint64_t>& is_open) {
  const std::uint64_t* open = is_open.data();
  const std::size_t size = is_open.size();
  std::uint64_t know = 0;
  std::uint64_t listen = 0;
  for (std::size_t c = 0; c < size; ++c) {
    know += heard[c] > 0.0 ? 1 : 0;
    listen += heard[c] <= kAllHeard ? open[c] : 0;
  }
  return know > 0 && listen > 0;
}

void list_listeners(const double* heard, Talk& talk) {
  talk.listeners.resize(talk.open.size());
  std::uint32_t* listeners = talk.listeners.data();
  std::size_t count = 0;
  for (const std::uint32_t c : talk.open) {
    listeners[count] = c;
    count += heard[c] <= kAllHeard ? 1 : 0;
  }
  talk.listeners.resize(count);
}

/// Asks the ties of every listener. Those that have not opened have heard nothing.
void ask_ties(const Communities& communities, const double* heard, Talk& talk) {
  const std::size_t count = talk.listeners.size();
  talk.ties.resize(count);
  talk.told.resize(count);
  const std::uint64_t* is_open = talk.is_open.data();
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t ties = 0;
    double told = 0.0;
    for (const std::uint32_t tied : communities.ties(CommunityId{talk.listeners[i]})) {
      ties += is_open[tied];
      told += heard[tied];
    }
    talk.ties[i] = static_cast<double>(ties);
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
  const std::size_t destinations = communities.all_abroad.size();
  double* heard = row_of(communities.heard, destination);
  double* news = communities.news.data() + destination;
  const double* today = severity.data() + destination;
  for (std::size_t i = 0; i < talk.listeners.size(); ++i) {
    const std::uint32_t c = talk.listeners[i];
    const std::size_t group = communities.group[c];
    hear(heard[c], news[c * destinations], talk.told[i], today[group * destinations]);
  }
}

/// Tied communities pass on what they have heard.
void pass_on_announcements(Communities& communities, const Month& month,
                           const std::vector<double>& severity) {
  const double rate = month.parameters().get<"belief.hearing_spread">();
  Talk talk = begin_talk(communities);
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    const double* heard = row_of(communities.heard, d);
    if (!is_talked_of(heard, talk.is_open)) continue;
    list_listeners(heard, talk);
    ask_ties(communities, heard, talk);
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
