#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/trace_report.h"

namespace onward {

namespace {

constexpr std::size_t kMinColumn = 8;

/// By Term.
constexpr std::array<const char*, kTerms> kTermLabels{
    "attraction of the place",
    "lost satisfaction",
    "support still to come",
    "felt discrimination",
    "danger of being sent back",
    "fear for kin",
    "committed already",
    "return to origin",
    "fear of punishment",
    "situation after refusal",
    "income",
    "benefit while pending",
    "work while pending",
    "English schooling",
    "English language",
    "family reunion",
    "waiting",
    "detention",
    "removal",
    "acquaintances there",
    "broker's help",
    "brought by the state",
    "protection, if believed",
    "cost of the journey",
};

/// How one would get there: the cell under the heading.
std::string way_there(const Alternative& alternative) {
  if (alternative.intent != Intent::kGo) return {};
  if (alternative.resettled) return "resettled";
  return alternative.broker == kNoBroker ? "alone" : fmt::format("broker {}", alternative.broker);
}

double total(const Alternative& alternative) { return alternative.utility + alternative.error; }

std::string percent(double chance) { return fmt::format("{:.0f} %", 100.0 * chance); }

/// The alternatives of one width of page.
class Panel {
 public:
  Panel(std::vector<const Weighed*> columns, std::size_t label_width, std::size_t width)
      : columns_(std::move(columns)), label_width_(label_width), width_(width) {}

  /// Adds a row, unless every cell is empty.
  template <class Cell>
  void add_row(const char* label, Cell cell) {
    std::string row = fmt::format("  {:<{}}", label, label_width_);
    bool any = false;
    for (const Weighed* column : columns_) {
      const std::string text = cell(*column);
      any = any || !text.empty();
      row += fmt::format("{:>{}}", text, width_);
    }
    if (!any) return;
    row.erase(row.find_last_not_of(' ') + 1);
    text_ += row + '\n';
  }
  void add_rule() {
    text_ += "  " + std::string(label_width_ + width_ * columns_.size(), '-') + '\n';
  }
  const std::string& text() const { return text_; }

 private:
  std::vector<const Weighed*> columns_;
  std::size_t label_width_;
  std::size_t width_;
  std::string text_;
};

/// What is known of a way to go there, and what a broker says of it.
void add_channel_rows(Panel& panel) {
  const auto if_go = [](const Weighed& w, const std::string& text) {
    return w.alternative.intent == Intent::kGo ? text : std::string();
  };
  const auto if_broker = [](const Weighed& w, const std::string& text) {
    return w.alternative.channel == Channel::kBroker ? text : std::string();
  };
  panel.add_row("best way there", [](const Weighed& w) { return way_there(w.alternative); });
  panel.add_row("story sold", [&](const Weighed& w) {
    return if_broker(w, std::string(kStoryNames[static_cast<std::size_t>(w.alternative.story)]));
  });
  panel.add_row("broker's price",
                [&](const Weighed& w) { return if_broker(w, fmt::format("{:.2f}", w.price)); });
  panel.add_row("fare",
                [&](const Weighed& w) { return if_go(w, fmt::format("{:.2f}", w.travel)); });
  panel.add_row("chance: own belief",
                [&](const Weighed& w) { return if_go(w, percent(w.own_belief)); });
  panel.add_row("chance: broker's claim",
                [&](const Weighed& w) { return if_broker(w, percent(w.claimed)); });
  panel.add_row("chance: believed",
                [&](const Weighed& w) { return if_go(w, percent(w.alternative.belief)); });
}

void add_utility_rows(Panel& panel, const std::vector<std::size_t>& terms) {
  for (const std::size_t term : terms) {
    panel.add_row(kTermLabels[term], [&](const Weighed& w) {
      return w.terms[term] == 0.0 ? std::string() : fmt::format("{:+.2f}", w.terms[term]);
    });
  }
  panel.add_rule();
  panel.add_row("utility",
                [](const Weighed& w) { return fmt::format("{:+.2f}", w.alternative.utility); });
  panel.add_row("random error",
                [](const Weighed& w) { return fmt::format("{:+.2f}", w.alternative.error); });
  panel.add_row("total",
                [](const Weighed& w) { return fmt::format("{:+.2f}", total(w.alternative)); });
}

/// Terms in order of the largest amount that any alternative has of them.
std::vector<std::size_t> by_size(const std::vector<Weighed>& alternatives) {
  const auto largest = [&](std::size_t term) {
    double size = 0.0;
    for (const Weighed& w : alternatives) size = std::max(size, std::abs(w.terms[term]));
    return size;
  };
  std::vector<std::size_t> terms(kTerms);
  std::iota(terms.begin(), terms.end(), std::size_t{0});
  std::stable_sort(terms.begin(), terms.end(),
                   [&](std::size_t a, std::size_t b) { return largest(a) > largest(b); });
  return terms;
}

}  // namespace

std::string heading(const World& world, const Alternative& alternative) {
  switch (alternative.intent) {
    case Intent::kGo:
      return world.place(alternative.place).name;
    case Intent::kStay:
      return "stay";
    case Intent::kReturnOrigin:
      return "origin";
    case Intent::kReturnHome:
      return "go home";
  }
  return {};
}

std::string consideration_table(const World& world, const event::Considered& considered) {
  std::vector<const Weighed*> order;
  std::size_t width = kMinColumn;
  for (const Weighed& w : considered.alternatives) {
    order.push_back(&w);
    width = std::max(
        {width, heading(world, w.alternative).size() + 2, way_there(w.alternative).size() + 1});
  }
  std::stable_sort(order.begin(), order.end(), [](const Weighed* a, const Weighed* b) {
    return total(a->alternative) > total(b->alternative);
  });
  std::size_t label_width = 0;
  for (const char* label : kTermLabels)
    label_width = std::max(label_width, std::string_view(label).size());
  const std::size_t per_panel = std::max<std::size_t>(1, (kTraceWidth - 2 - label_width) / width);
  const std::vector<std::size_t> terms = by_size(considered.alternatives);
  const Weighed* chosen = &considered.alternatives[considered.chosen];

  std::string text;
  for (std::size_t begin = 0; begin < order.size(); begin += per_panel) {
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin);
    const std::size_t count = std::min(per_panel, order.size() - begin);
    Panel panel({first, first + static_cast<std::ptrdiff_t>(count)}, label_width, width);
    panel.add_row("", [&](const Weighed& w) {
      return (&w == chosen ? "*" : "") + heading(world, w.alternative);
    });
    add_channel_rows(panel);
    panel.add_rule();
    add_utility_rows(panel, terms);
    text += (begin == 0 ? "" : "\n") + panel.text();
  }
  return text;
}

}  // namespace onward
