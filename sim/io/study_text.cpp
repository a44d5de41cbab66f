#include "io/study_text.h"

#include "io/number_text.h"

namespace onward {

namespace {

std::string describe_prior(const Prior& prior) {
  std::string text = std::to_string(static_cast<int>(prior.kind));
  for (const double number : {prior.low, prior.high, prior.middle, prior.spread})
    text += ' ' + number_text(number);
  return text;
}

}  // namespace

std::string describe_left_out(const FitPlan& fit, const Scenario& scenario) {
  std::string text;
  for (const LeftOut& cells : fit.leave_out) {
    if (!text.empty()) text += "; ";
    for (std::size_t i = 0; i < cells.where.size(); ++i)
      text += (i > 0 ? "," : "") + scenario.places[cells.where[i].index()].name;
    if (cells.where.empty()) text += "all";
    text += ' ' + std::to_string(cells.years.first) + '-' + std::to_string(cells.years.last);
  }
  return text;
}

std::string describe_fit(const FitPlan& fit, const Scenario& scenario) {
  const std::string left_out = describe_left_out(fit, scenario);
  const std::string years = std::to_string(fit.years.first) + '-' + std::to_string(fit.years.last);
  return left_out.empty() ? years : years + " without " + left_out;
}

std::string describe_parameters(const CalibrationStudy& study) {
  std::string text;
  for (const FittedParameter& fitted : study.parameters) {
    text += fitted.name + ' ' + describe_prior(fitted.prior);
    for (const std::string& target : fitted.targets) text += ' ' + target;
    text += '\n';
  }
  return text;
}

std::string describe_search(const CalibrationStudy& study) {
  const CalibrationPlan& plan = study.plan;
  std::string text = describe_fit(study.fit, study.scenario);
  for (const double number :
       {static_cast<double>(plan.climbs), static_cast<double>(plan.generations),
        static_cast<double>(plan.offspring), static_cast<double>(plan.first_draws),
        static_cast<double>(plan.particles), static_cast<double>(plan.replicates), plan.keep,
        static_cast<double>(plan.most_moves), plan.bank_spread, static_cast<double>(plan.seed)})
    text += ' ' + number_text(number);
  return text;
}

}  // namespace onward
