#include "model/policy.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/elementary.h"

namespace onward {

namespace {

/// What has been said about one lever of one place for one group.
struct News {
  double announced = 0.0;  ///< value that was announced
  double expected = 0.0;   ///< value that people expected before
  int month = 0;           ///< of the announcement
  int effect = 0;          ///< month in which it takes effect
  bool any = false;
};

/// Numbers sets of values, each different one once.
class SetNumbers {
 public:
  /// New sets are put at the end of `sets`.
  explicit SetNumbers(std::vector<LeverValues>& sets) : sets_(sets) {}

  std::uint32_t of(const LeverValues& values) {
    const auto next = static_cast<std::uint32_t>(sets_.size());
    const auto [known, is_new] = numbers_.try_emplace(values.values, next);
    if (is_new) sets_.push_back(values);
    return known->second;
  }

 private:
  std::vector<LeverValues>& sets_;
  std::map<decltype(LeverValues::values), std::uint32_t> numbers_;
};

/// Sets what the change says for a group.
void apply(const PolicyChange& change, std::size_t group, LeverValues& values) {
  for (const LeverSetting& setting : change.set) {
    const double value = setting.by_group[group];
    if (!std::isnan(value)) values.values[setting.lever] = value;
  }
}

/// Adds an announcement; several on one place in one month are heard as the loudest of them.
void announce(std::vector<Announcement>& month, PlaceId place, Publicity publicity) {
  for (Announcement& known : month) {
    if (known.place != place) continue;
    known.publicity = std::max(known.publicity, publicity);
    return;
  }
  month.push_back({place, publicity});
}

}  // namespace

PolicyTimeline::PolicyTimeline(const Scenario& scenario)
    : months_(scenario.months()), places_(scenario.places.size()), groups_(scenario.groups.size()) {
  const auto months = static_cast<std::size_t>(months_);
  severity_.resize(months * places_ * groups_, 0.0);
  announcements_.resize(months);
  lay_levers(scenario);
  lay_announcements(scenario);
}

void PolicyTimeline::lay_levers(const Scenario& scenario) {
  SetNumbers numbers(sets_);
  std::vector<LeverValues> now;
  for (const Place& place : scenario.places)
    now.insert(now.end(), place.levers.begin(), place.levers.end());
  for (const LeverValues& values : now) set_at_.push_back(numbers.of(values));
  regime_at_.push_back(0);
  std::size_t next = 0;
  for (int month = 0; month < scenario.months(); ++month) {
    std::set<std::size_t> touched;  // positions in `now`
    for (; next < scenario.policy.size() && scenario.policy[next].at - scenario.start <= month;
         ++next) {
      const PolicyChange& change = scenario.policy[next];
      for (const PlaceId place : change.where) {
        for (std::size_t g = 0; g < groups_; ++g) {
          const std::size_t at = place.index() * groups_ + g;
          apply(change, g, now[at]);
          touched.insert(at);
        }
      }
    }
    if (!touched.empty()) {
      const auto before = static_cast<std::ptrdiff_t>(set_at_.size() - now.size());
      set_at_.resize(set_at_.size() + now.size());
      std::copy_n(set_at_.begin() + before, now.size(), set_at_.end() - now.size());
    }
    for (const std::size_t at : touched)
      set_at_[set_at_.size() - now.size() + at] = numbers.of(now[at]);
    regime_at_.push_back(regime_at_.back() + (touched.empty() ? 0 : 1));
  }
}

void PolicyTimeline::lay_announcements(const Scenario& scenario) {
  const double memory = scenario.parameters.get<"belief.memory">();
  const auto fade = [memory](int months) { return exact_exp(-months / memory); };
  constexpr std::size_t kLevers = kLeverRows.size();
  std::vector<News> news(places_ * groups_ * kLevers);
  std::set<std::size_t> said;  // positions in `news` of which there is any

  std::vector<const PolicyChange*> by_announcement;
  for (const PolicyChange& change : scenario.policy) {
    if (change.publicity != Publicity::kSilent) by_announcement.push_back(&change);
  }
  const auto announced = [](const PolicyChange* change) {
    return change->announced.value_or(change->at);
  };
  std::stable_sort(by_announcement.begin(), by_announcement.end(),
                   [&](const auto* a, const auto* b) { return announced(a) < announced(b); });

  const auto hear = [&](const PolicyChange& change, int month, PlaceId place) {
    for (const LeverSetting& setting : change.set) {
      for (std::size_t g = 0; g < groups_; ++g) {
        if (std::isnan(setting.by_group[g])) continue;
        const std::size_t at = (place.index() * groups_ + g) * kLevers + setting.lever;
        News& item = news[at];
        said.insert(at);
        const double before =
            levers(std::min(month, change.at - scenario.start) - 1, place, GroupId{g})
                .values[setting.lever];
        // What is left of older news is what experience has not caught up with; news that has not
        // taken effect is simply replaced.
        const bool older = item.any && item.effect <= month;
        item.expected =
            older ? before + (item.expected - item.announced) * fade(month - item.month) : before;
        item = {.announced = setting.by_group[g],
                .expected = item.expected,
                .month = month,
                .effect = change.at - scenario.start,
                .any = true};
      }
    }
  };

  std::size_t next = 0;
  for (int month = 0; month < scenario.months(); ++month) {
    for (; next < by_announcement.size() &&
           announced(by_announcement[next]) - scenario.start <= month;
         ++next) {
      for (const PlaceId place : by_announcement[next]->where) {
        hear(*by_announcement[next], month, place);
        announce(announcements_[static_cast<std::size_t>(month)], place,
                 by_announcement[next]->publicity);
      }
    }
    for (const std::size_t i : said) {
      const double change = news[i].announced - news[i].expected;
      const std::size_t target = static_cast<std::size_t>(month) * places_ * groups_ + i / kLevers;
      severity_[target] += kLeverRows[i % kLevers].severity * change * fade(month - news[i].month);
    }
  }
}

}  // namespace onward
