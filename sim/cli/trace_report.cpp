#include "cli/trace_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace onward {

namespace {

constexpr std::size_t kMargin = 9;  ///< for the month

std::string percent(double chance) {
  if (chance > 0.0 && chance < 0.001) return "under 0.1 %";
  return fmt::format("{:.{}f} %", 100.0 * chance, chance > 0.0 && chance < 0.1 ? 1 : 0);
}

/// Writes one event after the other, each with its month in front.
class Writer {
 public:
  Writer(const World& world, const Trace& trace) : world_(world), trace_(trace) {}

  /// `next` is the event after this one, or nullptr.
  void write(const Event& event, const Event* next);
  const std::string& text() const { return text_; }

 private:
  std::string place(PlaceId id) const { return world_.place(id).name; }
  std::string month(int index) const { return to_text(world_.scenario.start + index); }
  std::string money(double amount) const { return money_text(world_, amount); }
  std::string companion(std::uint16_t broker) const {
    return broker == kNoBroker ? "alone" : fmt::format("with broker {}", broker);
  }
  bool has_record() const { return trace_.portrait.has(Trait::kRecord); }
  void begin_block() { text_ += '\n'; }
  void line(const std::string& sentence) {
    text_ += labelled(shown_ == month_ ? "" : month(month_), kMargin, sentence);
    shown_ = month_;
  }

  void tell(const event::Attention& attention);
  void tell(const event::Reopened& reopened);
  void tell(const event::Considered& considered);
  void tell(const event::Committed& committed);
  void tell(const event::NoRoom& wait);
  void tell(const event::Departed& departed);
  void tell(const event::JourneyEnded& journey);
  void tell(const event::Claim& claim);
  void tell(const event::Ruled& ruled);
  void tell(const event::AppealFiled& appeal);
  void tell(const event::AppealDecided& appeal);
  void tell(const event::WithoutStatus& stay);
  void tell(const event::CameHome& back);
  void tell(const event::Resettled& journey);
  void tell(const event::Reunited& reunion);
  void tell(const event::SentBack& capture);
  void tell(const event::FledAgain& flight);
  void tell(const event::LeftForOrigin& leave);
  std::string choice_in_words(const Alternative& chosen) const;

  const World& world_;
  const Trace& trace_;
  std::string text_;
  int month_ = 0;        ///< of the event that is told
  int shown_ = -1;       ///< month that stands in front of the last line
  int no_room_ = 0;      ///< months in a row in which the broker had no room
  bool opened_ = false;  ///< whether a line has led up to the consideration that comes
};

void Writer::write(const Event& event, const Event* next) {
  month_ = event.month;
  if (std::holds_alternative<event::NoRoom>(event.what)) {
    ++no_room_;
    if (next != nullptr && std::holds_alternative<event::NoRoom>(next->what)) return;
  }
  std::visit([this](const auto& what) { tell(what); }, event.what);
}

void Writer::tell(const event::Attention& attention) {
  begin_block();
  line(fmt::format(
      "Thinks of moving. Chance this month: {} by the own situation, {} by talk "
      "of movers and by brokers.",
      percent(1.0 - std::exp(-attention.own)), percent(1.0 - std::exp(-attention.shared))));
  opened_ = true;
}

void Writer::tell(const event::Reopened& reopened) {
  begin_block();
  if (reopened.broker_gone) {
    line("The broker is gone, or no longer sells this. Chooses again.");
  } else {
    line(
        fmt::format("Bad news: the believed chance of protection in {} has fallen from {} to {}. "
                    "Chooses again.",
                    place(reopened.place), percent(reopened.before), percent(reopened.now)));
  }
  opened_ = true;
}

const Alternative& best_by_utility(const event::Considered& considered) {
  const auto best = std::max_element(considered.alternatives.begin(), considered.alternatives.end(),
                                     [](const Weighed& a, const Weighed& b) {
                                       return a.alternative.utility < b.alternative.utility;
                                     });
  return best->alternative;
}

std::string Writer::choice_in_words(const Alternative& chosen) const {
  switch (chosen.intent) {
    case Intent::kStay:
      return "Chooses to stay in " + place(chosen.place) + '.';
    case Intent::kReturnOrigin:
      return "Chooses to return to the country of origin.";
    case Intent::kReturnHome:
      return "Chooses to go home to " + place(chosen.place) + '.';
    case Intent::kGo:
      if (chosen.resettled) return "Chooses to be resettled to " + place(chosen.place) + '.';
      return fmt::format("Chooses to go to {} {}.", place(chosen.place), companion(chosen.broker));
  }
  return {};
}

void Writer::tell(const event::Considered& considered) {
  if (!opened_) begin_block();
  opened_ = false;
  if (considered.occasion.after_refusal) line("Must decide what to do after the refusal.");
  const PlaceId home = world_.group(trace_.portrait.group).home;
  line(fmt::format("{}{} months after arrival. Satisfaction {:.2f} of 4{}. Savings {}.",
                   considered.at == home ? "" : "In " + place(considered.at) + ", ",
                   considered.months, considered.satisfaction,
                   considered.felt_discrimination ? ", felt discriminated against" : "",
                   money(considered.savings)));
  text_ += '\n' + consideration_table(world_, considered) + '\n';
  const Alternative& chosen = considered.alternatives[considered.chosen].alternative;
  line(choice_in_words(chosen));
  const Alternative& best = best_by_utility(considered);
  if (&best != &chosen) line("By utility alone it would have been: " + heading(world_, best) + '.');
}

void Writer::tell(const event::Committed& committed) {
  line(fmt::format(
      "Prepares to leave for {} {}; {}.", place(committed.place), companion(committed.broker),
      committed.ready > month_ ? "ready in " + month(committed.ready) : "ready this month"));
}

void Writer::tell(const event::NoRoom& wait) {
  line(no_room_ == 1 ? fmt::format("Ready, but broker {} has no room this month.", wait.broker)
                     : fmt::format("Ready for {} months by now, but broker {} has had no room.",
                                   no_room_, wait.broker));
  no_room_ = 0;
}

void Writer::tell(const event::Departed& departed) {
  line(fmt::format("Leaves {} for {} {}, which costs {}.", place(departed.from),
                   place(departed.place), companion(departed.broker), money(departed.cost)));
  if (departed.owed == 0.0) return line("Pays it from savings.");
  line(fmt::format("Pays {} from savings and owes {}, the cost of credit included.",
                   money(departed.own), money(departed.owed)));
}

void Writer::tell(const event::JourneyEnded& journey) {
  if (journey.stopped) {
    line(fmt::format("Is stopped on the way to {} (chance {}); back in {}.", place(journey.place),
                     percent(journey.chance), place(journey.from)));
  } else {
    line(fmt::format("Reaches {} (chance of being stopped {}).", place(journey.place),
                     percent(journey.chance)));
  }
}

void Writer::tell(const event::Claim& claim) {
  if (!claim.filed) return line(fmt::format("Files no claim in {}.", place(claim.place)));
  const char* story = !has_record()                    ? ""
                      : claim.story == Story::kDeclare ? ", declaring the other citizenship"
                                                       : ", silent about the other citizenship";
  line(fmt::format("Claims asylum in {}{}. The evidence stage lasts to {}{}.", place(claim.place),
                   story, month(claim.ready), claim.hasty ? ", which cuts it short" : ""));
  if (claim.detained) line("Is detained during the procedure.");
}

void Writer::tell(const event::Ruled& ruled) {
  const Ruling& ruling = ruled.ruling;
  line(fmt::format("Decision in {}: {}.", place(ruled.place),
                   kOutcomeNames[static_cast<std::size_t>(ruling.outcome)]));
  if (ruling.detection > 0.0) {
    line(fmt::format("  The record of the other citizenship was {}found (chance {}).",
                     ruling.record_found ? "" : "not ", percent(ruling.detection)));
  }
  if (ruling.citizen_by_law) line("  Held to have another citizenship by law.");
  std::string chances = "  Chances, stage by stage: closed " + percent(ruling.closure);
  if (ruling.safe_country > 0.0)
    chances += ", manifestly unfounded " + percent(ruling.safe_country);
  if (ruling.language > 0.0) chances += ", failed by language analysis " + percent(ruling.language);
  if (ruling.haste > 0.0) chances += ", refused in haste " + percent(ruling.haste);
  chances += ", recognised " + percent(ruling.recognition);
  if (ruling.other > 0.0) chances += ", otherwise another protection " + percent(ruling.other);
  line(chances + '.');
}

void Writer::tell(const event::AppealFiled& appeal) {
  line("Appeals. To be decided in " + month(appeal.ready) + '.');
}

void Writer::tell(const event::AppealDecided& appeal) {
  line(fmt::format("The appeal is {} (chance of winning {}).", appeal.won ? "won" : "lost",
                   percent(appeal.chance)));
}

void Writer::tell(const event::WithoutStatus& stay) {
  line("Lives on in " + place(stay.place) + " without status.");
}

void Writer::tell(const event::CameHome& back) {
  const std::string home = place(world_.group(trace_.portrait.group).home);
  line(fmt::format("{} from {} to {}.", back.removed ? "Is removed" : "Goes back", place(back.from),
                   home));
  if (back.barred > month_) line("May not leave again before " + month(back.barred) + '.');
}

void Writer::tell(const event::Resettled& journey) {
  line(fmt::format("Is brought from {} to {} and recognised there.", place(journey.from),
                   place(journey.place)));
}

void Writer::tell(const event::Reunited& reunion) {
  if (reunion.relatives > 0)
    line(fmt::format("Brings relatives by family reunion: {}.", reunion.relatives));
}

void Writer::tell(const event::SentBack&) {
  line("Is found in hiding and sent back to the country of origin.");
}

void Writer::tell(const event::FledAgain&) { line("Has fled again, and lives in hiding."); }

void Writer::tell(const event::LeftForOrigin&) {
  line("Returns to the country of origin and leaves the model.");
}

bool any_table(const Trace& trace) {
  return std::any_of(trace.events.begin(), trace.events.end(), [](const Event& event) {
    return std::holds_alternative<event::Considered>(event.what);
  });
}

std::string legend(const World& world) {
  const std::string& currency = world.scenario.currency;
  return "\nIn the tables each alternative has a column, the best comes first, * is the chosen "
         "one.\n"
         "What speaks for it is positive. Utility is the sum; the largest total is chosen.\n" +
         (currency.empty() ? "" : "Money in " + currency + ".\n");
}

}  // namespace

std::string labelled(const std::string& label, std::size_t margin, std::string text) {
  std::string lines = fmt::format("{:<{}}", label, margin);
  const std::size_t room = kTraceWidth - margin;
  while (text.size() > room && text.rfind(' ', room) != std::string::npos) {
    const std::size_t end = text.rfind(' ', room);
    lines += text.substr(0, end) + '\n' + std::string(margin, ' ');
    text.erase(0, end + 1);
  }
  return lines + text + '\n';
}

std::string money_text(const World& world, double amount) {
  const std::string& currency = world.scenario.currency;
  return fmt::format("{:.2f}{}{}", amount, currency.empty() ? "" : " ", currency);
}

std::string trace_report(const World& world, const TraceOrigin& origin, const Trace& trace) {
  Writer writer(world, trace);
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    writer.write(trace.events[i], i + 1 < trace.events.size() ? &trace.events[i + 1] : nullptr);
  }
  const std::string life = trace.events.empty() ? "\nNever considers moving.\n" : writer.text();
  return portrait_report(world, origin, trace) + (any_table(trace) ? legend(world) : "") + life +
         fmt::format("\nAt the end of the run ({}): {} in {}. Savings {}, debt {}.\n",
                     to_text(world.scenario.end),
                     kStatusNames[static_cast<std::size_t>(trace.end.status)],
                     world.place(trace.end.place).name, money_text(world, trace.end.savings),
                     money_text(world, trace.end.debt));
}

}  // namespace onward
