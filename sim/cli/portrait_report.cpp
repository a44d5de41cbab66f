#include <fmt/format.h>

#include "cli/person_name.h"
#include "cli/trace_report.h"

namespace onward {

namespace {

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
  add(portrait.has(Trait::kDispersed), "was housed away from others of the same origin");
  add(portrait.has(Trait::kNationalityRefused), "was refused citizenship");
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

std::string weights_in_words(const Tastes& tastes) {
  return fmt::format("protection {:.2f}, acquaintances {:.2f}, schooling {:.2f}, cost {:.2f}",
                     tastes.protection, tastes.diaspora, tastes.school, tastes.cost);
}

}  // namespace

std::string portrait_report(const World& world, const TraceOrigin& origin, const Trace& trace) {
  const Portrait& who = trace.portrait;
  const Parameters& typical = world.parameters();
  const auto row = [](const char* label, const std::string& text) {
    return labelled(label, 11, text);
  };
  const Group& group = world.group(who.group);
  return row("Person", fmt::format("{} in replicate {} of {}, seed {}", person_name(world, who),
                                   origin.replicate, world.scenario.name, origin.seed)) +
         row("Arrives", fmt::format("{} in {}, a {}, {} years old", to_text(who.arrival),
                                    world.place(group.home).name,
                                    who.has(Trait::kFemale) ? "female" : "male", who.age / 12)) +
         row("Class", class_in_words(world, who)) + row("Traits", traits_in_words(who)) +
         row("Savings", money_text(world, who.savings) + " on arrival") +
         row("Weighs", weights_in_words(who.tastes)) +
         row("Typical", weights_in_words({.protection = typical.get<"choice.protection">(),
                                          .diaspora = typical.get<"choice.diaspora">(),
                                          .school = typical.get<"choice.school">(),
                                          .cost = typical.get<"choice.cost">()})) +
         row("Community", fmt::format("number {}", trace.community.index()));
}

}  // namespace onward
