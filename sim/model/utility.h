#pragma once

#include <algorithm>

#include "model/chooser.h"
#include "model/state.h"

/// The terms of the utilities. Each function adds to a `Sum`, which is a Total or an Account.
namespace onward {

/// A utility that is added up. Rows of them are left as the memory is.
struct Total {
  double value;

  void add(Term, double amount) { value += amount; }
  void add(const Total& other) { value += other.value; }
};

/// The same, by the same additions, with what was added for which reason.
struct Account {
  double value;
  Terms terms;

  void add(Term term, double amount) {
    value += amount;
    terms[static_cast<std::size_t>(term)] += amount;
  }
  void add(const Account& other) {
    value += other.value;
    for (std::size_t i = 0; i < kTerms; ++i) terms[i] += other.terms[i];
  }
};

template <class T>
using ByDestination = std::array<T, kMaxPlaces>;

/// What the destinations are weighed by, apart from the way there. Amounts that do not apply to
/// the person are 0, so that no destination needs a branch.
struct Weights {
  Outlook outlook;
  const double* wait;   ///< by destination: months that a claim is expected to take
  const double* known;  ///< by destination: log of one more than the acquaintances there
  double wage;
  double income;
  double school;
  double english;
  double reunion;  ///< 1 if family reunion matters
  double waiting;
  double kin_fear;
  double diaspora;
  double again;  ///< of trying elsewhere after a refusal
};

/// What a destination offers whichever way one gets there, the chance of protection left out.
template <class Sum>
inline Sum there_utility(const Weights& of, std::size_t d) {
  const Outlook& outlook = of.outlook;
  Sum utility{};
  utility.add(Term::kAttraction, outlook.attraction[d]);
  utility.add(Term::kWage, of.wage * (outlook.income[d] - of.income));
  utility.add(Term::kBenefit, outlook.benefit[d]);
  utility.add(Term::kWorkRight, outlook.work_right[d]);
  utility.add(Term::kSchool, outlook.english[d] * of.school);
  utility.add(Term::kEnglish, outlook.english[d] * of.english);
  utility.add(Term::kFamilyReunion, of.reunion * outlook.family_reunion[d]);
  utility.add(Term::kWaiting, -of.waiting * of.wait[d]);
  utility.add(Term::kDetention, outlook.detention[d]);
  utility.add(Term::kRemoval, outlook.removal[d]);
  utility.add(Term::kKinFear, -of.kin_fear * outlook.enemy[d]);
  utility.add(Term::kDiaspora, of.diaspora * of.known[d]);
  utility.add(Term::kAfterRefusal, of.again);
  return utility;
}

/// What the way to a destination is weighed by.
struct WayWeights {
  const double* travel;  ///< by destination: cost of the journey itself, money
  double protection;
  double cost;
  double means;           ///< money of one's own, at least the floor
  double borrowed_means;  ///< with what a broker lends
  double savings;         ///< money of one's own
  double lent;            ///< money that a broker lends
  double credit_cost;     ///< share of what is borrowed
  double broker;          ///< utility of a broker's help
};

inline double cost_share(double cost, double means) { return cost / means; }

/// Going alone with a belief in protection.
template <class Sum>
inline Sum alone_utility(const WayWeights& of, double belief, std::size_t d) {
  Sum utility{};
  utility.add(Term::kProtection, of.protection * belief);
  utility.add(Term::kCost, -of.cost * cost_share(of.travel[d], of.means));
  return utility;
}

/// Going with a broker who asks for `price`, in money. Nobody goes for an infinite price.
template <class Sum>
inline Sum broker_utility(const WayWeights& of, double belief, double price, std::size_t d) {
  const double needed = price + of.travel[d];
  const double borrowed = std::clamp(needed - of.savings, 0.0, of.lent);
  const double cost = needed + of.credit_cost * borrowed;
  Sum utility{};
  utility.add(Term::kBroker, of.broker);
  utility.add(Term::kProtection, of.protection * belief);
  utility.add(Term::kCost, -of.cost * cost_share(cost, of.borrowed_means));
  return utility;
}

}  // namespace onward
