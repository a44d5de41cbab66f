#pragma once

#include <Eigen/Dense>
#include <functional>
#include <vector>

#include "core/random.h"
#include "model/prior.h"

/// The scale on which a fit moves: every prior is a standard normal there, cut off at its bounds.
namespace onward {

/// A value on the scale that a family of priors is normal on: its log or logit where the name says
/// so. Infinite at the ends of the family's support.
double on_prior_scale(PriorKind kind, double value);

/// The value at a place of the standard scale.
double from_standard(const Prior& prior, double standard);

/// A point of several parameters at once.
std::vector<double> from_standard(const std::vector<FittedParameter>& parameters,
                                  const std::vector<double>& standard);

/// Whether every value lies within the bounds of its prior.
bool is_inside(const std::vector<FittedParameter>& parameters, const std::vector<double>& standard);

/// The first of a hundred draws that lies within the bounds; `inside`, which does, if none did.
std::vector<double> draw_inside_bounds(const std::vector<FittedParameter>& parameters,
                                       const std::function<Eigen::VectorXd()>& draw,
                                       const Eigen::VectorXd& inside);

/// Log density of the priors at a point inside, up to a constant.
double log_prior(const std::vector<double>& standard);

/// A point drawn from the priors (by rejection outside the bounds).
std::vector<double> draw_prior(const std::vector<FittedParameter>& parameters, DrawSequence& draws);

}  // namespace onward
