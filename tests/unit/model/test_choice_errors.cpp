#include "model/choice_errors.h"

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "core/distributions.h"
#include "model/purpose.h"
#include "support/samples.h"
#include "support/statistics.h"

using namespace onward;

namespace {

const RunKey kRun = run_key(6, 0);

}  // namespace

TEST_CASE("Errors are those of the occasion, whatever is asked first") {
  ChoiceErrors a(kRun, Entity{5}, 77, 0.7, 0.4);
  ChoiceErrors b(kRun, Entity{5}, 77, 0.7, 0.4);
  const double first = a.go(1, 0, 10);
  const double second = a.go(2, 1, 11);
  CHECK(b.go(2, 1, 11) == second);
  CHECK(b.go(1, 0, 10) == first);
  CHECK(a.alone(purpose::kStayError) == b.alone(purpose::kStayError));
  ChoiceErrors other_time(kRun, Entity{5}, 78, 0.7, 0.4);
  ChoiceErrors other_person(kRun, Entity{6}, 77, 0.7, 0.4);
  CHECK(other_time.go(1, 0, 10) != first);
  CHECK(other_person.go(1, 0, 10) != first);
  CHECK(other_time.alone(purpose::kStayError) != a.alone(purpose::kStayError));
  CHECK(a.alone(purpose::kReturnError) != a.alone(purpose::kStayError));
}

TEST_CASE("Errors belong to names of places and subnests, not to positions") {
  ChoiceErrors a(kRun, Entity{5}, 77, 0.7, 0.4);
  ChoiceErrors b(kRun, Entity{5}, 77, 0.7, 0.4);
  CHECK(a.go(1, 0, 10) == b.go(1, 3, 10));
}

TEST_CASE(
    "Destinations share the error of the go nest, and those of a subnest share its error too") {
  for (std::uint64_t person = 0; person < 50; ++person) {
    ChoiceErrors errors(kRun, Entity{person}, 3, 0.7, 0.4);
    const Block nest = draw(kRun, Entity{person}, purpose::kNestError, 3);
    const double log_s1 = log_positive_stable(0.7, first_uniform(nest), second_uniform(nest));
    for (const std::uint32_t place : {1u, 2u}) {
      const Block subnest = draw(kRun, Entity{person}, purpose::kSubnestError, 3, 10);
      const double log_s2 =
          log_positive_stable(0.4 / 0.7, first_uniform(subnest), second_uniform(subnest));
      const double eta = gumbel(draw_uniform(kRun, Entity{person}, purpose::kPlaceError, 3, place));
      CHECK(errors.go(place, 0, 10) == Approx(0.7 * log_s1 + 0.4 * log_s2 + 0.4 * eta));
    }
  }
}

TEST_CASE("The error of a destination is standard Gumbel by itself") {
  const std::size_t n = sample_size(100'000);
  for (const double tau : {0.2, 0.7, 5.0}) {
    std::vector<double> sample;
    for (std::size_t i = 0; i < n; ++i)
      sample.push_back(ChoiceErrors(kRun, Entity{i}, 1, 0.7, tau).go(4, 2, 9));
    CAPTURE(tau);
    CHECK(kolmogorov_excess(sample, [](double x) { return std::exp(-std::exp(-x)); }) < 1.0);
  }
}
