#include "model/announcements.h"

#include <algorithm>
#include <vector>

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

/// By community: ties that have opened.
std::vector<double> open_ties(const Communities& communities) {
  std::vector<double> open(communities.size(), 0.0);
  for (std::size_t c = 0; c < open.size(); ++c) {
    for (const std::uint32_t tied : communities.ties(CommunityId{c}))
      open[c] += communities.joined[tied] == 0 ? 0.0 : 1.0;
  }
  return open;
}

/// Shares of the open communities that have heard of a destination, 0 for the others. False if
/// nobody has anything to tell, or nobody listens any more.
bool look_back(const Communities& communities, std::size_t destination,
               std::vector<double>& before) {
  bool told = false;
  bool listens = false;
  for (std::size_t c = 0; c < before.size(); ++c) {
    const bool open = communities.joined[c] != 0;
    before[c] = open ? row_of(communities.heard, c)[destination] : 0.0;
    told |= before[c] > 0.0;
    listens |= open && before[c] <= kAllHeard;
  }
  return told && listens;
}

/// Shares of all communities that are told by ties who know `sum` together.
ONWARD_VECTORISED void be_told(double rate, const std::vector<double>& open,
                               std::vector<double>& sum) {
  const double* ties = open.data();
  double* __restrict shares = sum.data();
  const std::size_t count = sum.size();
  for (std::size_t c = 0; c < count; ++c)
    shares[c] = shares[c] > 0.0 ? 1.0 - exact_exp(-rate * shares[c] / ties[c]) : 0.0;
}

/// Tied communities pass on what they have heard.
void pass_on_announcements(Communities& communities, const Month& month,
                           const std::vector<double>& severity) {
  const double rate = month.parameters().get<"belief.hearing_spread">();
  const std::size_t destinations = month.world.destinations.size();
  std::vector<double> open;
  std::vector<double> before(communities.size());
  std::vector<double> told(communities.size());
  for (std::size_t d = 0; d < destinations; ++d) {
    if (communities.last_announcement[d] == kNeverAnnounced) continue;
    if (!look_back(communities, d, before)) continue;
    if (open.empty()) open = open_ties(communities);
    for (std::size_t c = 0; c < told.size(); ++c) {
      told[c] = 0.0;
      if (communities.joined[c] == 0 || before[c] > kAllHeard) continue;
      for (const std::uint32_t tied : communities.ties(CommunityId{c})) told[c] += before[tied];
    }
    be_told(rate, open, told);
    for (std::size_t c = 0; c < told.size(); ++c) {
      if (told[c] == 0.0) continue;
      hear(row_of(communities.heard, c)[d], row_of(communities.news, c)[d], told[c],
           severity[communities.group[c] * destinations + d]);
    }
  }
}

}  // namespace

void spread_announcements(Communities& communities, const Month& month) {
  const std::vector<double> severity = announced_severity(month);
  hear_announcements(communities, month, severity);
  pass_on_announcements(communities, month, severity);
}

}  // namespace onward
