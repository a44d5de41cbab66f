#include "run/fates.h"

#include <numeric>
#include <unordered_map>

namespace onward {

namespace {

/// What one world's log says about one person from a month on.
struct Record {
  std::uint32_t first = kNoDeparture;  ///< position of the first departure that is not stopped
  bool was_stopped = false;            ///< some departure was
};

std::vector<Record> read_log(const State& state, int from) {
  std::vector<Record> records(state.people.size());
  for (std::size_t i = 0; i < state.departures.size(); ++i) {
    const Departure& departure = state.departures[i];
    if (departure.month < from) continue;
    Record& record = records[departure.person.index()];
    if (departure.ending == Ending::kStopped) {
      record.was_stopped = true;
    } else if (record.first == kNoDeparture) {
      record.first = static_cast<std::uint32_t>(i);
    }
  }
  return records;
}

/// A journey that goes on at the horizon can still have any ending.
bool has_same_ending(const Departure& a, const Departure& b) {
  return a.ending == b.ending || a.ending == Ending::kTravelling || b.ending == Ending::kTravelling;
}

/// Place first, then category, then time: see docs/decisions/0010-fates.md.
void compare_departures(const Departure& own, const Departure& other, FateOf& fate) {
  fate.months = other.month - own.month;
  fate.has_other_ending = !has_same_ending(own, other);
  if (own.place != other.place) {
    fate.fate = Fate::kElsewhere;
    fate.elsewhere = other.place;
  } else if (fate.has_other_ending) {
    fate.fate = Fate::kOtherCategory;
  } else if (fate.months != 0) {
    fate.fate = fate.months < 0 ? Fate::kEarlier : Fate::kDelayed;
  }
}

Fate fate_without_departure(Status at_horizon) {
  if (at_horizon == Status::kReturnedOrigin) return Fate::kReturned;
  return at_horizon == Status::kCommitted ? Fate::kCensored : Fate::kStayed;
}

/// Whether both worlds have the same people in the same order.
bool are_same(const People& own, const People& other) {
  const auto alike = [](const Person& a, const Person& b) {
    return a.group == b.group && a.arrived == b.arrived;
  };
  return own.group_prefix == other.group_prefix && own.numbers == other.numbers &&
         std::equal(own.rows.begin(), own.rows.end(), other.rows.begin(), other.rows.end(), alike);
}

/// Finds people of a world by who they are.
class Register {
 public:
  explicit Register(const People& people) {
    for (std::size_t i = 0; i < people.size(); ++i)
      rows_.emplace(people.entity_of(PersonId{i}).value, static_cast<std::uint32_t>(i));
    for (const Arrived& cohort : people.arrived)
      cohorts_.emplace(cohort.first.value, cohort.people);
  }
  /// The person's position, or kNobody or kStayer.
  std::uint32_t find(Entity person) const {
    const auto row = rows_.find(person.value);
    if (row != rows_.end()) return row->second;
    const std::uint64_t first = person.value >> 32 << 32;
    const auto cohort = cohorts_.find(first);
    return cohort != cohorts_.end() && person.value - first < cohort->second ? kStayer : kNobody;
  }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> rows_;
  std::unordered_map<std::uint64_t, std::uint32_t> cohorts_;  ///< people, by their first
};

}  // namespace

std::vector<std::uint32_t> find_counterparts(const People& own, const People& other) {
  std::vector<std::uint32_t> counterparts(own.size());
  if (are_same(own, other)) {
    std::iota(counterparts.begin(), counterparts.end(), 0u);
    return counterparts;
  }
  const Register there(other);
  for (std::size_t i = 0; i < own.size(); ++i)
    counterparts[i] = there.find(own.entity_of(PersonId{i}));
  return counterparts;
}

std::vector<FateOf> find_fates(const State& own, const State& other, int from) {
  const std::vector<std::uint32_t> counterparts = find_counterparts(own.people, other.people);
  const std::vector<Record> records = read_log(own, from);
  const std::vector<Record> others = read_log(other, from);
  std::vector<FateOf> fates;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].first == kNoDeparture) continue;
    const Departure& departure = own.departures[records[i].first];
    FateOf fate{.person = departure.person, .place = departure.place, .month = departure.month};
    const std::uint32_t counterpart = counterparts[i];
    if (counterpart == kNobody) {
      fate.fate = Fate::kAbsent;
    } else if (counterpart == kStayer) {
      fate.fate = Fate::kStayed;
    } else if (others[counterpart].first != kNoDeparture) {
      compare_departures(departure, other.departures[others[counterpart].first], fate);
    } else {
      fate.fate = fate_without_departure(other.people.rows[counterpart].status);
      fate.was_stopped = others[counterpart].was_stopped;
    }
    fates.push_back(fate);
  }
  return fates;
}

}  // namespace onward
