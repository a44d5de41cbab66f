#include "cli/trace_report.h"

#include <fmt/format.h>

#include <cmath>

namespace onward {

namespace {

std::string percent(double chance) {
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
  std::string money(double amount) const {
    return fmt::format("{:.2f} {}", amount, world_.scenario.currency);
  }
  std::string companion(std::uint16_t broker) const {
    return broker == kNoBroker ? "alone" : fmt::format("with broker {}", broker);
  }
  bool has_record() const { return trace_.portrait.has(Trait::kRecord); }
  void begin_block() { text_ += '\n'; }
  void line(const std::string& sentence) {
    text_ += fmt::format("{:<9}{}\n", shown_ == month_ ? "" : month(month_), sentence);
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
      "Thinks of moving. Chance this month: about {} by the own situation, {} by talk "
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

std::string Writer::choice_in_words(const Alternative& chosen) const {
  switch (chosen.intent) {
    case Intent::kStay:
      return "Chooses to stay in " + place(chosen.place) + '.';
    case Intent::kReturnOrigin:
      return "Chooses to return to the country of origin.";
    case Intent::kReturnHome:
      return "Chooses to go home to " + place(chosen.place) + '.';
    case Intent::kGo:
      return fmt::format("Chooses to go to {} {}.", place(chosen.place), companion(chosen.broker));
  }
  return {};
}

void Writer::tell(const event::Considered& considered) {
  if (!opened_) begin_block();
  opened_ = false;
  line(fmt::format(
      "{}In {}, {} months after arrival in {}. Satisfaction {:.2f} of 4{}. Savings {}.",
      considered.occasion.after_refusal ? "Must decide what to do after the refusal. " : "",
      place(considered.at), considered.months, place(world_.group(trace_.portrait.group).home),
      considered.satisfaction, considered.felt_discrimination ? ", felt discriminated against" : "",
      money(considered.savings)));
  text_ += '\n' + consideration_table(world_, considered) + '\n';
  line(choice_in_words(considered.alternatives[considered.chosen].alternative));
}

void Writer::tell(const event::Committed& committed) {
  line(fmt::format("Prepares to leave for {} {}; ready in {}.", place(committed.place),
                   companion(committed.broker), month(committed.ready)));
}

void Writer::tell(const event::NoRoom& wait) {
  line(no_room_ == 1 ? fmt::format("Ready, but broker {} has no room this month.", wait.broker)
                     : fmt::format("Ready for {} months by now, but broker {} has had no room.",
                                   no_room_, wait.broker));
  no_room_ = 0;
}

void Writer::tell(const event::Departed& departed) {
  line(fmt::format(
      "Leaves {} for {} {}. Pays {} of {}{}.", place(departed.from), place(departed.place),
      companion(departed.broker), money(departed.own), money(departed.cost),
      departed.owed > 0.0 ? " and owes " + money(departed.owed) + ", the cost of credit included"
                          : ""));
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
  line(fmt::format("Claims asylum in {}{}. The evidence stage lasts to {}.", place(claim.place),
                   story, month(claim.ready)));
}

void Writer::tell(const event::Ruled& ruled) {
  const Ruling& ruling = ruled.ruling;
  line(fmt::format("Decision in {}: {}.", place(ruled.place),
                   kOutcomeNames[static_cast<std::size_t>(ruling.outcome)]));
  if (ruling.detection > 0.0) {
    line(fmt::format("  The record of the other citizenship was {}found (chance {}).",
                     ruling.record_found ? "" : "not ", percent(ruling.detection)));
  }
  std::string chances = "  Chances, stage by stage: closed " + percent(ruling.closure);
  if (ruling.language > 0.0) chances += ", failed by language analysis " + percent(ruling.language);
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
}

void Writer::tell(const event::LeftForOrigin&) {
  line("Returns to the country of origin and leaves the model.");
}

std::string traits_in_words(const Portrait& portrait) {
  std::string all;
  const auto add = [&](bool is, const char* words) {
    if (is) all += std::string(all.empty() ? "" : "; ") + words;
  };
  add(portrait.has(Trait::kKin), "kin left in the country of origin");
  add(portrait.has(Trait::kChildren), "children of school age or younger");
  add(portrait.has(Trait::kTertiary), "higher education");
  add(portrait.has(Trait::kEnglish), "speaks English");
  add(portrait.has(Trait::kHiddenOrigin), "lives with a hidden origin");
  add(portrait.has(Trait::kRecord), "some state has a record of another citizenship");
  add(!portrait.has(Trait::kGenuine), "the origin claimed is not the true one");
  return all.empty() ? "nothing that the model tells apart" : all;
}

std::string class_in_words(const World& world, const Portrait& portrait) {
  if (portrait.has(Trait::kRestless)) return "restless: may come to consider moving on";
  return world.parameters().get<"attention.settled_ratio">() == 0.0
             ? "settled: never considers moving on"
             : "settled: seldom considers moving on";
}

std::string introduction(const World& world, const TraceOrigin& origin, const Trace& trace) {
  const Portrait& who = trace.portrait;
  const Parameters& typical = world.parameters();
  const auto row = [](const char* label, const std::string& text) {
    return fmt::format("{:<11}{}\n", label, text);
  };
  const Group& group = world.group(who.group);
  return row("Person", fmt::format("{}:{}:{} in replicate {} of {}, seed {}", group.name,
                                   to_text(who.arrival), who.number, origin.replicate,
                                   world.scenario.name, origin.seed)) +
         row("Arrives", fmt::format("{} in {}, a {}, {} years old", to_text(who.arrival),
                                    world.place(group.home).name,
                                    who.has(Trait::kFemale) ? "female" : "male", who.age / 12)) +
         row("Class", class_in_words(world, who)) + row("Traits", traits_in_words(who)) +
         row("Savings", fmt::format("{:.2f} {} on arrival", who.savings, world.scenario.currency)) +
         row("Weighs", fmt::format("protection {:.2f} (typically {:.2f}), acquaintances {:.2f} "
                                   "({:.2f}), schooling {:.2f} ({:.2f}), cost {:.2f} ({:.2f})",
                                   who.tastes.protection, typical.get<"choice.protection">(),
                                   who.tastes.diaspora, typical.get<"choice.diaspora">(),
                                   who.tastes.school, typical.get<"choice.school">(),
                                   who.tastes.cost, typical.get<"choice.cost">())) +
         row("Community", fmt::format("number {}", trace.community.index()));
}

}  // namespace

std::string trace_report(const World& world, const TraceOrigin& origin, const Trace& trace) {
  Writer writer(world, trace);
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    writer.write(trace.events[i], i + 1 < trace.events.size() ? &trace.events[i + 1] : nullptr);
  }
  const std::string life = trace.events.empty() ? "\nNever considers moving.\n" : writer.text();
  return introduction(world, origin, trace) + life +
         fmt::format("\nAt the end of the run ({}): {} in {}, savings {:.2f}, debt {:.2f} {}.\n",
                     to_text(world.scenario.end),
                     kStatusNames[static_cast<std::size_t>(trace.end.status)],
                     world.place(trace.end.place).name, trace.end.savings, trace.end.debt,
                     world.scenario.currency);
}

}  // namespace onward
