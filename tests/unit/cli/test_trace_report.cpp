#include "cli/trace_report.h"

#include <sstream>

#include "catch.h"
#include "run/signature_world.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Weighed weighed(Intent intent, PlaceId place, double error) {
  Weighed w;
  w.alternative = {.intent = intent, .place = place, .error = error};
  return w;
}

void give(Weighed& w, Term term, double amount) {
  w.terms[static_cast<std::size_t>(term)] = amount;
  w.alternative.utility += amount;
}

/// Stay or go to alpha with a broker; alpha is chosen by its error.
event::Considered dilemma() {
  Weighed stay = weighed(Intent::kStay, kHome, -0.5);
  give(stay, Term::kDiscrimination, 1.25);
  Weighed alpha = weighed(Intent::kGo, kAlpha, 2.0);
  alpha.alternative.channel = Channel::kBroker;
  alpha.alternative.broker = 4;
  alpha.alternative.belief = 0.5;
  alpha.own_belief = 0.4;
  alpha.claimed = 0.75;
  alpha.price = 3.5;
  alpha.travel = 1.5;
  give(alpha, Term::kProtection, 2.5);
  give(alpha, Term::kCost, -1.5);
  return {.occasion = {},
          .at = kHome,
          .months = 30,
          .savings = 2.0,
          .alternatives = {stay, alpha},
          .chosen = 1};
}

const World& small_world() {
  static const World world(scenario());
  return world;
}

std::string report(std::vector<Event> events) {
  const Portrait portrait{.group = kGroup,
                          .arrival = YearMonth{2000, 2},
                          .number = 3,
                          .age = 30 * 12,
                          .traits = static_cast<std::uint16_t>(Trait::kRecord),
                          .savings = 2.5,
                          .tastes = {}};
  const Trace trace{
      .portrait = portrait,
      .community = {},
      .events = std::move(events),
      .end = {.place = kAlpha, .status = Status::kRecognised, .savings = 1.0, .debt = 0.5},
      .measures = Measures(measure_shape(small_world().scenario))};
  return trace_report(small_world(), {.seed = 9, .replicate = 2}, trace);
}

}  // namespace

TEST_CASE(
    "A consideration is a column for each alternative, the best first and the chosen marked") {
  const auto lines = lines_of(consideration_table(small_world(), dilemma()));
  const std::vector<std::string> cells{
      "                             *alpha     stay",
      "  best way there           broker 4",
      "  story sold                conceal",
      "  broker's price               3.50",
      "  fare                         1.50",
      "  chance: own belief           40 %",
      "  chance: broker's claim       75 %",
      "  chance: believed             50 %",
      "  -----------------------------------------",
      "  protection, if believed     +2.50",
      "  cost of the journey         -1.50",
      "  felt discrimination                  +1.25",
      "  -----------------------------------------",
      "  utility                     +1.00    +1.25",
      "  random error                +2.00    -0.50",
      "  total                       +3.00    +0.75",
  };
  REQUIRE(lines.size() == cells.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CAPTURE(i);
    CHECK(lines[i].size() <= 100);
    std::istringstream got(lines[i]);
    std::istringstream wanted(cells[i]);
    std::string a;
    std::string b;
    while (wanted >> b) {
      REQUIRE(got >> a);
      if (b[0] != '-' || b.size() < 10) CHECK(a == b);
    }
    CHECK_FALSE(got >> a);
  }
}

TEST_CASE("Columns are aligned to their right ends") {
  const auto lines = lines_of(consideration_table(small_world(), dilemma()));
  CHECK(lines.front().size() == lines.back().size());
  CHECK(lines.front().size() == lines[lines.size() - 2].size());
  CHECK(lines[1].size() == lines.front().rfind("*alpha") + 6);
}

TEST_CASE("Many alternatives are told in several panels, each of them once") {
  event::Considered considered = dilemma();
  for (int i = 0; i < 20; ++i) {
    considered.alternatives.push_back(weighed(Intent::kGo, kBeta, -0.01 * i));
  }
  const std::string table = consideration_table(small_world(), considered);
  std::size_t columns = 0;
  for (std::size_t at = table.find("beta"); at != std::string::npos;
       at = table.find("beta", at + 1))
    ++columns;
  CHECK(columns == 20);
  for (const std::string& line : lines_of(table)) CHECK(line.size() <= 100);
}

TEST_CASE("A report says who it is, what was weighed, what happened and how it ends") {
  Ruling ruling{.outcome = Outcome::kRejected, .record_found = true, .detection = 0.25};
  ruling.closure = 0.05;
  ruling.recognition = 0.004;
  const std::string text = report({
      {1, event::Attention{.own = 0.01, .shared = 0.05}},
      {1, dilemma()},
      {1, event::Committed{.place = kAlpha, .channel = Channel::kBroker, .broker = 4, .ready = 2}},
      {2, event::NoRoom{4}},
      {3, event::NoRoom{4}},
      {4, event::Departed{kHome, kAlpha, 4, 5.0, 2.0, 3.9}},
      {4, event::JourneyEnded{kHome, kAlpha, 0.3, false}},
      {4, event::Claim{kAlpha, true, Story::kConceal, 9}},
      {10, event::Ruled{kAlpha, ruling}},
      {10, event::AppealFiled{15}},
      {15, event::AppealDecided{0.1, true}},
  });
  for (const char* part : {
           "people:2000-02:3 in replicate 2 of small, seed 9",
           "2000-02 in home, a male, 30 years old",
           "some state has a record of another citizenship",
           "2001-02  Thinks of moving. Chance this month: 1.0 % by the own situation, 4.9 %",
           "Chooses to go to alpha with broker 4.",
           "By utility alone it would have been: stay.",
           "Prepares to leave for alpha with broker 4; ready in 2001-03.",
           "2001-04  Ready for 2 months by now, but broker 4 has had no room.",
           "2001-05  Leaves home for alpha with broker 4, which costs 5.00.",
           "Pays 2.00 from savings and owes 3.90, the cost of credit included.",
           "Reaches alpha (chance of being stopped 30 %).",
           "Claims asylum in alpha, silent about the other citizenship.",
           "2001-11  Decision in alpha: rejected.",
           "The record of the other citizenship was found (chance 25 %).",
           "closed 5.0 %, recognised 0.4 %.",
           "2002-04  The appeal is won (chance of winning 10 %).",
           "At the end of the run (2003-12): recognised in alpha. Savings 1.00, debt 0.50.",
       }) {
    CAPTURE(part);
    CHECK(has(text, part));
  }
  for (const std::string& line : lines_of(text)) CHECK(line.size() <= 100);
}

TEST_CASE("A choice that is opened again says why") {
  const std::string gone =
      report({{3, event::Reopened{.place = kAlpha, .broker_gone = true}}, {3, dilemma()}});
  CHECK(has(gone, "2001-04  The broker is gone"));
  const std::string news =
      report({{3, event::Reopened{.place = kAlpha, .before = 0.8, .now = 0.35}}, {3, dilemma()}});
  CHECK(has(news, "the believed chance of protection in alpha has fallen from 80 % to 35 %"));
}

TEST_CASE("The ways back are told") {
  const std::string text = report({
      {1, event::JourneyEnded{kHome, kBeta, 0.6, true}},
      {2, event::Claim{.place = kAlpha}},
      {2, event::WithoutStatus{kAlpha}},
      {3, event::CameHome{kAlpha, true}},
      {4, event::CameHome{kBeta, false}},
      {5, event::LeftForOrigin{}},
  });
  CHECK(has(text, "Is stopped on the way to beta (chance 60 %); back in home."));
  CHECK(has(text, "Files no claim in alpha."));
  CHECK(has(text, "Lives on in alpha without status."));
  CHECK(has(text, "Is removed from alpha to home."));
  CHECK(has(text, "Goes back from beta to home."));
  CHECK(has(text, "Returns to the country of origin"));
  CHECK_FALSE(has(text, "In the tables"));  // none to explain
}

TEST_CASE("Somebody to whom nothing happens never considers moving") {
  CHECK(has(report({}), "Never considers moving."));
}

TEST_CASE("The text of a real life is the same for any number of threads") {
  const World world(signature_scenario());
  ThreadTeam one(1);
  ThreadTeam four(4);
  const auto person = find_mover(world, 5, 0, 20, one).person;
  REQUIRE(person.has_value());
  CHECK(find_mover(world, 5, 0, 20, four).person == person);
  const std::string text = trace_report(world, {}, *trace_person(world, 5, 0, *person, one));
  CHECK(text == trace_report(world, {}, *trace_person(world, 5, 0, *person, four)));
  CHECK(has(text, "Thinks of moving."));
}
