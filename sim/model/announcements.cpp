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

/// Destinations about which there is anything to pass on: the largest share heard at which a
/// community still listens, or one below all shares where nothing was announced.
std::vector<double> listening_limits(const Communities& communities) {
  std::vector<double> limits;
  limits.reserve(communities.last_announcement.size());
  for (const int when : communities.last_announcement)
    limits.push_back(when == kNeverAnnounced ? -1.0 : kAllHeard);
  return limits;
}

inline bool listens(const double* heard, const double* limit, std::size_t count) {
  std::size_t open = 0;
  for (std::size_t d = 0; d < count; ++d) open += heard[d] <= limit[d] ? 1 : 0;
  return open > 0;
}

/// Adds up what the ties of a community had heard before. Returns how many of them have opened.
inline double ask_ties(const Communities& communities, CommunityId id,
                       const std::vector<double>& before, double* __restrict sum,
                       std::size_t count) {
  std::fill_n(sum, count, 0.0);
  double open = 0.0;
  for (const std::uint32_t tied : communities.ties(id)) {
    if (communities.joined[tied] == 0) continue;
    const double* __restrict known = before.data() + tied * count;
    for (std::size_t d = 0; d < count; ++d) sum[d] += known[d];
    open += 1.0;
  }
  return open;
}

/// Each of `open` ties tells what it knows, `sum` in all.
inline void listen(double* __restrict heard, double* __restrict news, const double* __restrict sum,
                   double open, double rate, const double* __restrict limit,
                   const double* __restrict today, std::size_t count) {
  for (std::size_t d = 0; d < count; ++d) {
    const double told = 1.0 - exact_exp(-rate * sum[d] / open);
    hear(heard[d], news[d], heard[d] <= limit[d] ? told : 0.0, today[d]);
  }
}

/// Tied communities pass on what they have heard.
ONWARD_VECTORISED void pass_on_announcements(Communities& communities, const Month& month,
                                             const std::vector<double>& severity) {
  const double rate = month.parameters().get<"belief.hearing_spread">();
  const std::size_t count = month.world.destinations.size();
  const std::vector<double> limits = listening_limits(communities);
  const double* all = communities.heard.data();
  const std::vector<double> before(all, all + communities.heard.size());
  std::vector<double> sum(count);
  for (std::size_t c = 0; c < communities.size(); ++c) {
    double* heard = row_of(communities.heard, c);
    if (communities.joined[c] == 0 || !listens(heard, limits.data(), count)) continue;
    const double open = ask_ties(communities, CommunityId{c}, before, sum.data(), count);
    if (open == 0.0) continue;
    listen(heard, row_of(communities.news, c), sum.data(), open, rate, limits.data(),
           severity.data() + communities.group[c] * count, count);
  }
}

}  // namespace

void spread_announcements(Communities& communities, const Month& month) {
  const std::vector<double> severity = announced_severity(month);
  hear_announcements(communities, month, severity);
  pass_on_announcements(communities, month, severity);
}

}  // namespace onward
