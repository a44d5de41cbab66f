#pragma once

#include "io/fields.h"
#include "io/study_file.h"

/// Every key of a study file, each once.
namespace onward {

inline constexpr std::array<std::string_view, 2> kAnswers = {"population", "bank"};
inline constexpr std::size_t kMostFittedOfStudy = 200;  ///< parameters of a study
inline constexpr std::size_t kMostTargets = 100;        ///< targets of a parameter

/// The head of a study file.
struct StudyHead {
  std::string name;
  std::string title;
  std::string extends;
  std::string scenario;
};

/// A fitted parameter as it is written.
struct FittedEntry {
  PriorKind kind = PriorKind::kNormal;
  std::optional<double> low;
  std::optional<double> high;
  std::optional<double> middle;
  std::optional<double> spread;
};

// clang-format off

inline constexpr std::array<Field<StudyHead>, 7> kStudyFields = {{
    {{"name", FieldKind::kName, kRequired, 0, 0, "", "name of the study", "", {}}, &StudyHead::name},
    {{"title", FieldKind::kText, kOptional, 0, 0, "", "one sentence", "", {}}, &StudyHead::title},
    {{"extends", FieldKind::kText, kOptional, 0, 0, "", "the study whose keys this one takes over but for its own, relative to this file", "", {}}, &StudyHead::extends},
    {{"scenario", FieldKind::kText, kRequired, 0, 0, "", "scenario that is fitted, relative to this file", "", {}}, &StudyHead::scenario},
    {{"fit", FieldKind::kNested, kRequired, 0, 0, "", "the part of the record that is seen", "fit", {}}, {}},
    {{"method", FieldKind::kNested, kOptional, 0, 0, "", "how much work is done", "method", {}}, {}},
    {{"parameters", FieldKind::kNested, kRequired, 0, 0, "", "what is fitted, by name", "fitted", {}}, {}},
}};

inline constexpr std::array<Field<FitPlan>, 2> kFitFields = {{
    {{"years", FieldKind::kNested, kRequired, 0, 0, "", "years seen, as 2004-2015", "years", {}}, {}},
    {{"leave_out", FieldKind::kNested, kOptional, 0, 0, "", "cells of these years that are not seen", "leave_out", {}}, {}},
}};

inline constexpr std::array<Field<LeftOut>, 2> kLeftOutFields = {{
    {{"where", FieldKind::kNested, kOptional, 0, 0, "", "destinations; all if left out", "where", {}}, {}},
    {{"years", FieldKind::kNested, kRequired, 0, 0, "", "years left out, as 2006-2009", "years", {}}, {}},
}};

inline constexpr std::array<Field<CalibrationPlan>, 18> kMethodFields = {{
    {{"climbs", FieldKind::kWhole, kOptional, 1, 100, "1", "climbs to the most probable point, from different starts", "", {}}, &CalibrationPlan::climbs},
    {{"generations", FieldKind::kWhole, kOptional, 0, 1e5, "1", "generations of each climb; 0 starts from the prior", "", {}}, &CalibrationPlan::generations},
    {{"offspring", FieldKind::kWhole, kOptional, 4, 1e4, "point", "points of a generation", "", {}}, &CalibrationPlan::offspring},
    {{"first_draws", FieldKind::kWhole, kOptional, 10, 1e6, "point", "points of which the nearest are the first population", "", {}}, &CalibrationPlan::first_draws},
    {{"particles", FieldKind::kWhole, kOptional, 10, 1e5, "point", "size of the population", "", {}}, &CalibrationPlan::particles},
    {{"replicates", FieldKind::kWhole, kOptional, 1, 1000, "run", "runs of each point of the search", "", {}}, &CalibrationPlan::replicates},
    {{"keep", FieldKind::kNumber, kOptional, 0.05, 0.95, "1", "share of the population that survives a round", "", {}}, &CalibrationPlan::keep},
    {{"most_moves", FieldKind::kWhole, kOptional, 1, 1000, "1", "moves of a particle in a round, at most", "", {}}, &CalibrationPlan::most_moves},
    {{"settle", FieldKind::kWhole, kOptional, 1, 1000, "1", "rounds after the tolerance has reached its floor", "", {}}, &CalibrationPlan::settle},
    {{"least_acceptance", FieldKind::kNumber, kOptional, 0, 1, "1", "share of accepted moves under which it ends", "", {}}, &CalibrationPlan::least_acceptance},
    {{"most_points", FieldKind::kWhole, kOptional, 10, 1e7, "point", "points after which it ends", "", {}}, &CalibrationPlan::most_points},
    {{"bank", FieldKind::kWhole, kOptional, 0, 1e6, "point", "points of the bank, each run once", "", {}}, &CalibrationPlan::bank},
    {{"bank_spread", FieldKind::kNumber, kOptional, 1, 10, "1", "width of its region over that of nine tenths of the population", "", {}}, &CalibrationPlan::bank_spread},
    {{"bank_keep", FieldKind::kNumber, kOptional, 0.01, 1, "1", "share of the bank that answers: the points nearest to a record", "", {}}, &CalibrationPlan::bank_keep},
    {{"answer", FieldKind::kChoice, kOptional, 0, 0, "", "where the posterior is taken from", "", kAnswers}, [](CalibrationPlan& plan, std::size_t choice) { plan.answer = static_cast<Answer>(choice); }},
    {{"draws", FieldKind::kWhole, kOptional, 1, 1e6, "draw", "draws of the posterior, if the bank answers", "", {}}, &CalibrationPlan::draws},
    {{"checks", FieldKind::kWhole, kOptional, 0, 1e5, "record", "records with known parameters that are asked about", "", {}}, &CalibrationPlan::checks},
    {{"seed", FieldKind::kWhole, kOptional, 0, 1e9, "1", "seed of all draws", "", {}}, &CalibrationPlan::seed},
}};

inline constexpr double kAnyNumber = 1e12;  ///< the largest size of a number in a prior

inline constexpr std::array<Field<FittedEntry>, 6> kFittedFields = {{
    {{"set", FieldKind::kNested, kRequired, 0, 0, "", "the number that is fitted, or a list of them that get one value", "targets", {}}, {}},
    {{"prior", FieldKind::kChoice, kRequired, 0, 0, "", "family of the prior", "", kPriorKindNames}, [](FittedEntry& entry, std::size_t choice) { entry.kind = static_cast<PriorKind>(choice); }},
    {{"low", FieldKind::kNumber, kOptional, -kAnyNumber, kAnyNumber, "", "least value; what the targets allow if left out", "", {}}, &FittedEntry::low},
    {{"high", FieldKind::kNumber, kOptional, -kAnyNumber, kAnyNumber, "", "greatest value; what the targets allow if left out", "", {}}, &FittedEntry::high},
    {{"middle", FieldKind::kNumber, kOptional, -kAnyNumber, kAnyNumber, "", "median of the prior, before it is cut off", "", {}}, &FittedEntry::middle},
    {{"spread", FieldKind::kNumber, kOptional, 1e-9, kAnyNumber, "", "its standard deviation, of the log or logit where the family says so", "", {}}, &FittedEntry::spread},
}};

// clang-format on

}  // namespace onward
