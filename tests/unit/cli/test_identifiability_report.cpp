#include "cli/identifiability_report.h"

#include <limits>

#include "catch.h"
#include "support/sample_posterior.h"

using namespace onward;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the report names each parameter's verdict and what is known together",
          "[identifiability]") {
  Identifiability found;
  found.parameters = {{.name = "sure",
                       .prior_sd = 1.0,
                       .posterior_sd = 0.5,
                       .contraction = 0.75,
                       .recovered = 0.5,
                       .posterior_low = 0.1,
                       .posterior_high = 0.2,
                       .verdict = Verdict::kIdentified},
                      {.name = "unsure",
                       .prior_sd = 1.0,
                       .posterior_sd = 1.0,
                       .contraction = 0.0,
                       .recovered = std::numeric_limits<double>::quiet_NaN(),
                       .posterior_low = -1.0,
                       .posterior_high = 1.0,
                       .verdict = Verdict::kNotIdentified}};
  const std::string alone = identifiability_text(found);
  CHECK(contains(alone, "0.75    0.50  identified\n"));
  CHECK(contains(alone, "0.00       -  not identified by the record\n"));
  CHECK_FALSE(contains(alone, "together"));
  found.correlations = {{"sure", "unsure", -0.6}};
  CHECK(contains(identifiability_text(found), "-0.60  sure  and  unsure\n"));
}

TEST_CASE("the report of too few draws gives no verdict", "[identifiability]") {
  Posterior one = small::posterior();
  one.draws.resize(1);
  const std::string text = identifiability_text(identify(one));
  CHECK(contains(text, "too few draws to say"));
  CHECK_FALSE(contains(text, "nan"));
}
