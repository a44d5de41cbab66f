#pragma once

#include "model/table.h"

namespace onward {

inline constexpr std::string_view kPrototype = "hand-set, starting from the fitted prototype";

// clang-format off
/// Every parameter of the model, each once. Reading, listing and checking all walk this table.
/// To add one, add a row here and use it as `parameters.get<"its.name">()`.
inline constexpr auto kParameterRows = std::to_array<NumberRow>({
    // Attention: who starts to consider moving.
    {"attention.base", "1/month", 0, 1, 0.0017,
     "hazard of considering a move, of a restless person with neutral push and no word of movers",
     kPrototype},
    {"attention.contagion", "1/month", 0, 1000, 10.0,
     "added hazard for each departure per member of the community (discounted), times the believed chance of protection",
     kPrototype},
    {"attention.reinforcement", "1", 1, 5, 1.0,
     "power by which the pull of talk grows with the talk itself: 1 for simple contagion, more where attention takes several movers",
     "assumption: simple contagion; complex contagion in Centola and Macy 2007"},
    {"attention.buzz_memory", "month", 0.1, 120, 6.8, "mean age at which talk of a departure is forgotten", kPrototype},
    {"attention.tie_weight", "1", 0, 10, 1.0,
     "weight of departures in tied communities, as a mean over ties, against the community's own",
     "assumption: ties count like the community itself"},
    {"attention.public_weight", "1", 0, 10, 1.0,
     "weight of all departures, per member of any group, against the community's own",
     "assumption: word also travels outside ties"},
    {"attention.recruiting", "1/month", 0, 10, 0.003,
     "added hazard if brokers in all slots served the community, had products and no clients", "assumption"},
    {"attention.restless_share", "1", 0, 1, 0.176, "share of people in the latent class that ever considers moving on",
     kPrototype},
    {"attention.settled_ratio", "1", 0, 1, 0.0, "hazard of the settled latent class relative to the restless one",
     "assumption: a finite pool of movers, as in the prototype"},
    {"attention.push_limit", "1", 1, 100, 5.0, "largest factor by which a personal situation can raise the base hazard",
     "assumption: bounds the hazard so that thinning is exact"},

    {"attention.adult_age", "year", 0, 120, 18, "age from which people decide for themselves",
     "assumption: minors move with their families, who are not modelled"},

    // Push: how the situation at the present place changes the base hazard (log scale).
    {"push.discrimination", "1", -10, 10, 0.8, "log hazard ratio of having felt discrimination in the past year",
     "assumption: sign from Hana survey 2014; not identified by yearly counts"},
    {"push.dissatisfaction", "1", -10, 10, 1.0, "log hazard ratio per point lost on the 4-point satisfaction scale",
     "assumption: sign from KINU survey; not identified by yearly counts"},
    {"push.hidden_origin", "1", -10, 10, 0.3, "log hazard ratio of living with a hidden origin",
     "assumption: sign from Bell 2018"},
    {"push.grant", "1 / money", -10, 10, -0.02,
     "log hazard ratio per unit of settlement support received in the first five years", "assumption"},
    {"push.unemployment", "1", -10, 10, 0.3, "log hazard ratio of being out of work", "assumption"},
    {"push.wage_gap", "1", -10, 10, 0.5, "log hazard ratio per unit of the wage gap", "assumption"},
    {"push.nationality_refused", "1", -10, 10, 1.0, "log hazard ratio of having been refused citizenship",
     "assumption: some are refused (fact page)"},
    {"push.dispersed", "1", -10, 10, 0.2, "log hazard ratio of being housed away from others of the same origin",
     "assumption: isolation is a hardship"},

    // Life in the place of settlement.
    {"life.grant_months", "month", 1, 240, 60, "time over which settlement support is paid out",
     "Ministry of Unification: support runs over five years of protection"},
    {"life.saving_rate", "1", 0, 1, 0.1, "share of income that is saved", "assumption"},
    {"life.welfare", "1", 0, 1, 0.4, "income of a person out of work, as a share of the wage", "assumption"},
    {"life.work_tertiary", "1", -10, 10, 1.0, "log odds ratio of work with higher education", "assumption"},
    {"life.school_age", "year", 1, 40, 18, "age up to which children go to school", "assumption: the end of school"},
    {"life.dispersed_contact", "1", 0, 1, 0.5, "share of the community's talk that reaches a dispersed person",
     "assumption"},
    {"life.satisfaction_start", "point", 1, 4, 3.07, "satisfaction on a 4-point scale on arrival",
     "KINU survey (n = 240): 3.06 under 3 years, 3.07 at 4-6"},
    {"life.satisfaction_end", "point", 1, 4, 2.73, "satisfaction on a 4-point scale after ten years",
     "KINU survey (n = 240): 2.73 at 10 years and more"},
    {"life.satisfaction_plateau", "month", 0, 600, 60, "time before satisfaction starts to fall",
     "KINU survey (n = 240): flat to 6 years, lower at 7-9"},
    {"life.satisfaction_fall", "month", 1, 600, 60, "time over which satisfaction falls to its end value",
     "KINU survey (n = 240): 2.99 at 7-9 years, 2.73 at 10+"},

    // Beliefs.
    {"belief.prior", "1", 0.001, 0.999, 0.86, "chance of protection believed before any evidence", kPrototype},
    {"belief.prior_weight", "case", 0.01, 1000, 8.7, "weight of the prior, in decided cases", kPrototype},
    {"belief.memory", "month", 1, 600, 35.9, "mean life of evidence about a destination", kPrototype},
    {"belief.own_trust", "1", 0, 10, 1.0, "weight of an outcome of a member of the community", "definition of the unit"},
    {"belief.tie_trust", "1", 0, 10, 0.5, "weight of an outcome reported by a tied community", "assumption"},
    {"belief.public_trust", "1", 0, 10, 0.25, "weight of an outcome of anyone else in the group or another group",
     "assumption"},
    {"belief.closed_weight", "1", 0, 1, 0.3, "weight of a closed (withdrawn) case as a negative outcome", "assumption"},
    {"belief.announcement", "1", 0, 20, 4.0, "fall of the log odds of protection per unit of announced severity heard",
     kPrototype},
    {"belief.hearing_loud", "1", 0, 1, 0.9, "share of a community that hears a loud announcement in its month",
     "assumption"},
    {"belief.hearing_press", "1", 0, 1, 0.4, "share of a community that hears a press-reported announcement in its month",
     "assumption"},
    {"belief.hearing_spread", "1/month", 0, 10, 0.3, "rate at which tied communities pass on an announcement",
     "assumption"},
    {"belief.own_refusal", "case", 0, 100, 8.0, "weight of an own refusal, in decided cases, in one's own belief",
     "assumption: own experience outweighs hearsay"},

    {"belief.declared", "1", 0, 1, 0.3,
     "believed chance of protection of a claim that declares the other citizenship, relative to one that conceals it",
     "assumption"},

    // Choice.
    {"choice.dissimilarity", "1", 0.05, 1, 0.755, "dissimilarity of the nest of all destinations against staying",
     kPrototype},
    {"choice.subnest_dissimilarity", "1", 0.05, 1, 0.755,
     "dissimilarity inside a subnest of destinations; used as at most the dissimilarity of the nest", "assumption: one nest"},
    {"choice.protection", "1", 0, 50, 4.5, "utility of certain protection", kPrototype},
    {"choice.protection_spread", "1", 0, 3, 0.25, "standard deviation over people of the log of the protection weight",
     "assumption"},
    {"choice.diaspora", "1", 0, 10, 0.27, "utility per log of (1 + acquaintances at the destination)", kPrototype},
    {"choice.diaspora_spread", "1", 0, 3, 0.25, "standard deviation over people of the log of the diaspora weight",
     "assumption"},
    {"choice.diaspora_tie", "1", 0, 1, 0.5, "weight of an acquaintance of a tied community", "assumption"},
    {"choice.diaspora_public", "1", 0, 1, 0.05, "weight of anyone of the same origin at the destination", "assumption"},
    {"choice.broker", "1", 0, 50, 4.0, "utility of a broker's product for the destination being on offer", kPrototype},
    {"choice.resettlement", "1", 0, 50, 3.0, "utility of being brought by the destination itself", "assumption: as a broker's help"},
    {"choice.satisfaction", "1", -20, 20, 0.5, "utility of staying per point of satisfaction above its value on arrival",
     "assumption; not identified by yearly counts"},
    {"choice.grant", "1 / money", -10, 10, 0.01, "utility of staying per unit of settlement support still to come",
     "assumption; not identified by yearly counts"},
    {"choice.discrimination", "1", -20, 20, 0.5, "loss of utility of staying after discrimination in the past year",
     "assumption; not identified by yearly counts"},
    {"choice.kin_fear", "1", -20, 20, 0.5, "loss of utility of an enemy state for a person with kin left in the country of origin",
     "assumption: sign from Surrey Comet 2015 and Bell 2018"},
    {"choice.refoulement", "1", -20, 20, 1.0, "loss of utility of staying where one is certain to be sent back within a year",
     "assumption"},
    {"choice.wage", "1 / money", -20, 20, 0.1, "utility per unit of monthly income above the present one",
     "assumption; not identified by yearly counts"},
    {"choice.benefit", "1 / money", -20, 20, 0.1, "utility per unit of monthly benefit while a claim is pending",
     "assumption; not identified by yearly counts"},
    {"choice.work_right", "1", -20, 20, 0.3, "utility of being allowed to work while a claim is pending",
     "assumption; not identified by yearly counts"},
    {"choice.school", "1", -20, 20, 0.6, "utility of English schooling for a family with children",
     "assumption: sign from Surrey Comet 2015"},
    {"choice.school_spread", "1", 0, 3, 0.25, "standard deviation over people of the log of the schooling weight",
     "assumption"},
    {"choice.english", "1", -20, 20, 0.3, "utility of an English-speaking destination for a person who speaks English",
     "assumption"},
    {"choice.family_reunion", "1", -20, 20, 0.3, "utility of a right to family reunion for a person with children or kin",
     "assumption"},
    {"choice.waiting", "1/month", -5, 5, 0.02, "loss of utility per month that a claim is expected to take",
     "assumption; not identified by yearly counts"},
    {"choice.detention", "1", -20, 20, 0.5, "loss of utility of certain detention during the procedure", "assumption"},
    {"choice.removal", "1", -20, 20, 0.5, "loss of utility of certain removal within a year after a refusal", "assumption"},
    {"choice.cost", "1", 0, 50, 0.5, "loss of utility of spending all of one's means on the journey",
     "assumption; fee elasticity is not identified by yearly counts"},
    {"choice.cost_spread", "1", 0, 3, 0.25, "standard deviation over people of the log of the cost weight", "assumption"},
    {"choice.wealth_floor", "money", 0.01, 1e9, 2.0, "smallest means counted when a cost is weighed", "assumption"},
    {"choice.return_origin", "1", -100, 100, -4.0, "utility of returning to the country of origin, before fear of punishment",
     "31 known returns since 2012 (fact page)"},
    {"choice.return_fear", "1", 0, 100, 2.0, "loss of utility of returning to the country of origin: fear of punishment",
     "31 known returns since 2012 (fact page)"},

    // Commitment and journey.
    {"commitment.preparation", "month", 0, 60, 1.8, "mean time from decision to departure", kPrototype},
    {"commitment.reopening", "1", 0, 1, 0.2, "fall of the believed chance of protection that makes the committed choose again",
     kPrototype},
    {"commitment.sunk", "1", 0, 50, 4.6, "loss of utility of staying once committed", kPrototype},
    {"journey.travel", "month", 0, 24, 0, "whole months between departure and claim", "assumption: by air"},
    {"journey.visa_obstacle", "1", 0, 1, 0.5, "chance of being stopped for want of a visa, without a broker", "assumption"},
    {"journey.visa_evasion", "1", 0, 1, 0.1, "chance of being stopped for want of a visa, with a broker", "assumption"},
    {"claim.declared", "1", 0, 1, 0.05,
     "share of claims without a broker that declare the citizenship already held, outside the observed series",
     "assumption: claims of ROK origin in Canada exist (data page)"},
    {"claim.none", "1", 0, 1, 0.05, "share of arrivals who never file a claim", "assumption"},

    // Procedure and what follows.
    {"procedure.appeal_months", "month", 0, 120, 8, "mean time that an appeal takes", "assumption"},
    {"procedure.give_up", "1/month", 0, 1, 0.03, "hazard of voluntary return of a person without status",
     "assumption: most refused people left unrecorded (fact page)"},
    {"procedure.after_refusal_stay", "1", -50, 50, 1.0, "utility of staying on without status after a refusal", "assumption"},
    {"procedure.after_refusal_return", "1", -50, 50, 0.5, "utility of going back to the place of settlement after a refusal",
     "assumption"},
    {"procedure.after_refusal_elsewhere", "1", -50, 50, -4.0,
     "utility of a new attempt elsewhere after a refusal, added to that of the destination", "assumption"},
    {"procedure.language_power", "1", 0, 1, 0.8, "chance that language analysis finds a false claim of origin",
     "assumption"},
    {"procedure.accelerated_time", "1", 0, 1, 0.3, "time of an accelerated procedure relative to a regular one", "assumption"},
    {"procedure.haste", "1", 0, 1, 0.3, "share of protection that is lost when evidence is cut short", "assumption"},
    {"procedure.family_size", "person", 0, 20, 0.3, "relatives who join a recognised person with kin or children by family reunion",
     "assumption"},
    {"procedure.language_error", "1", 0, 1, 0.05, "chance that language analysis fails a person of the origin claimed",
     "assumption"},

    // First asylum, before the place of settlement.
    {"first_asylum.retry", "1", 0, 1, 0.7, "chance that a person who was sent back to the country of origin flees again",
     "assumption: some try again several times (fact page)"},
    {"first_asylum.captivity", "month", 1, 600, 24, "mean time between being sent back and fleeing again",
     "assumption: people sent back are imprisoned (fact page)"},

    // Brokers.
    {"broker.review_months", "month", 1, 60, 3, "time between two reviews of a broker's products", kPrototype},
    {"broker.threshold", "1", 0, 1, 0.443, "success belief under which a product is dropped", kPrototype},
    {"broker.explore", "1", 0, 1, 0.057, "chance that a review tries a new product", kPrototype},
    {"broker.desperation", "1", 1, 100, 6.0, "factor on exploration of a broker without products", kPrototype},
    {"broker.greed", "1", 0, 50, 4.0, "weight of believed success when a new product is picked", kPrototype},
    {"broker.demand", "1", 0, 10, 1.0, "weight of recent movers' number when a new product is picked", kPrototype},
    {"broker.profit", "1", 0, 10, 0.5, "weight of what brokers recently took for a product when a new one is picked",
     "assumption"},
    {"broker.own_evidence", "1", 0, 1, 0.5, "share of a broker's success belief that rests on its own clients", kPrototype},
    {"broker.trust", "1", 0, 1, 0.3, "weight of a broker's claim in the belief of a client", "assumption"},
    {"broker.credulity", "case", 0.01, 1000, 10, "decided cases of brokers' clients after which failures halve the trust in brokers",
     "assumption"},
    {"broker.rumour", "case", 0, 10, 0.005, "positive evidence that a broker's advertising adds each month to a community",
     "assumption"},
    {"broker.coaching", "1", 0, 1, 0.3, "largest share by which coaching lowers the chance that a record is found",
     "assumption: stories are taught (fact page)"},
    {"broker.story_life", "case", 0.1, 1e6, 100, "coached cases after which a state sees through two thirds of coached stories",
     "assumption"},
    {"broker.price_step", "1/month", 0, 1, 0.03, "largest relative change of a price in a month, by demand over capacity",
     "assumption"},
    {"broker.price_floor", "1", 0, 1, 0.5, "smallest price relative to the first one", "assumption"},
    {"broker.price_ceiling", "1", 1, 20, 3.0, "largest price relative to the first one", "assumption"},
    {"broker.credit_cost", "1", 0, 5, 0.3, "cost of credit as a share of the sum lent",
     "Belgium 2012: loans at 30 % commission (fact page)"},
    {"broker.entry", "1/month", 0, 1, 0.05, "hazard that an empty broker slot is filled, at average profit", "assumption"},
    {"broker.exit", "1/month", 0, 1, 0.01, "hazard that a broker without products and clients leaves", "assumption"},
    {"broker.imitation", "1", 0, 1, 0.1,
     "weight of other brokers' evidence in a broker's own, and of the best coaching in a review", "assumption"},

    // What a statistician would have seen.
    {"observation.source_factor", "1", 0.1, 10, 1.0, "claims in the record per simulated claim",
     "UNHCR against Home Office counts differ by 1.44 (data page)"},
    {"observation.overdispersion", "1", 0, 10, 0.1,
     "variance of the multiplicative noise on a yearly count (gamma with mean 1); 0 for none", "assumption"},
    {"observation.rounded_below", "person", 0, 100, 5, "positive counts below this are shown as this",
     "UNHCR: cells of 1-4 are shown as 5"},
});
// clang-format on

/// One value for each row of kParameterRows.
class Parameters {
 public:
  constexpr Parameters() {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = kParameterRows[i].standard;
  }

  template <FixedName name>
  constexpr double get() const {
    return values_[row_index<name>(kParameterRows)];
  }
  template <FixedName name>
  constexpr void set(double value) {
    values_[row_index<name>(kParameterRows)] = value;
  }

  /// By position in kParameterRows.
  constexpr double at(std::size_t row) const { return values_[row]; }
  constexpr void set_at(std::size_t row, double value) { values_[row] = value; }
  /// The value itself, to be set from outside.
  constexpr double& reference(std::size_t row) { return values_[row]; }

  bool operator==(const Parameters&) const = default;

 private:
  std::array<double, kParameterRows.size()> values_{};
};

}  // namespace onward
