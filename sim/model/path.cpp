#include "model/path.h"

#include "core/check.h"
#include "model/state.h"

namespace onward {

namespace {

/// The month of the path to take a channel from; nothing if the channel is the run's own.
const PathMonth* followed(const Month& month, PathChannel channel) {
  if (month.guide == nullptr || !month.guide->follows[static_cast<std::size_t>(channel)])
    return nullptr;
  return &month.guide->path.at(month.index);
}

}  // namespace

void extend_path(Path& path, const State& state) {
  const Communities& communities = state.communities;
  path.months.push_back({.news = communities.news,
                         .positive = communities.positive,
                         .negative = communities.negative,
                         .public_positive = communities.public_positive,
                         .public_negative = communities.public_negative,
                         .kept_promises = communities.kept_promises,
                         .broken_promises = communities.broken_promises,
                         .buzz = state.signals.buzz,
                         .diaspora = state.signals.diaspora,
                         .brokers = state.brokers,
                         .coached_cases = state.coached_cases,
                         .queue = state.signals.queue});
}

void follow_information(State& state, const Month& month) {
  Communities& communities = state.communities;
  if (const PathMonth* path = followed(month, PathChannel::kAnnouncements)) {
    EXPECT(path->news.rows() == communities.news.rows());
    communities.news = path->news;
  }
  if (const PathMonth* path = followed(month, PathChannel::kExperience)) {
    EXPECT(path->positive.rows() == communities.positive.rows());
    communities.positive = path->positive;
    communities.negative = path->negative;
    communities.public_positive = path->public_positive;
    communities.public_negative = path->public_negative;
    communities.kept_promises = path->kept_promises;
    communities.broken_promises = path->broken_promises;
  }
  if (const PathMonth* path = followed(month, PathChannel::kBuzz)) state.signals.buzz = path->buzz;
  if (const PathMonth* path = followed(month, PathChannel::kDiaspora))
    state.signals.diaspora = path->diaspora;
  if (const PathMonth* path = followed(month, PathChannel::kQueues))
    state.signals.queue = path->queue;
}

void follow_brokers(State& state, const Month& month) {
  const PathMonth* path = followed(month, PathChannel::kBrokers);
  if (path == nullptr) return;
  EXPECT(path->brokers.slots.size() == state.brokers.slots.size());
  state.brokers = path->brokers;
  state.coached_cases = path->coached_cases;
}

}  // namespace onward
