#pragma once

#include "model/choice.h"
#include "model/departures.h"
#include "model/docket.h"
#include "model/first_asylum.h"
#include "model/measures.h"
#include "model/stays.h"

namespace onward {

/// Everything that changes in a run. A value: it can be copied, compared and stored.
struct State {
  People people;
  Communities communities;
  Signals signals;
  Brokers brokers;
  Moves preparing;
  Moves travelling;
  Docket pending;  ///< claims at first instance
  Docket appeals;
  Stays irregular;
  std::vector<double> capacity;  ///< by destination: cases that can still be decided this month
  std::vector<double> quota;     ///< by destination and group: people who can still be resettled
  std::vector<double> coached_cases;  ///< by destination: discounted number decided
  FirstAsylum first_asylum;
  std::vector<std::uint32_t> debtors;
  std::vector<Departure> departures;  ///< the log, in order of time
  std::vector<std::int64_t> stock;    ///< people by place and status
  Measures measures;

  bool operator==(const State&) const = default;
};

}  // namespace onward
