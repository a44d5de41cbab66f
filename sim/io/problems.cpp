#include "io/problems.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace onward {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`,
/// capitals and small letters being equal.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string listed(std::span<const std::string_view> words) {
  constexpr std::size_t kMost = 12;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < kMost; ++i) {
    if (i > 0) text += ", ";
    text += words[i];
  }
  if (words.size() > kMost) text += ", and " + std::to_string(words.size() - kMost) + " more";
  return text;
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t kLongest = 80;
  if (word.size() > kLongest) return {};
  const std::size_t tolerance = std::max<std::size_t>(1, word.size() / 3);
  std::string_view best;
  std::size_t best_distance = tolerance + 1;
  for (const std::string_view candidate : known) {
    if (candidate.size() > kLongest) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance && distance < candidate.size()) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

void Problems::add(const Mark& where, std::string problem, std::string why,
                   std::string suggestion) {
  ++count_;
  if (kept_.size() >= kMaxKept) return;
  kept_.push_back({where.position(), std::move(problem), std::move(why), std::move(suggestion)});
}

void Problems::add_unknown(const Mark& where, std::string problem, std::string_view word,
                           std::span<const std::string_view> known, std::string_view what) {
  if (kept_.size() >= kMaxKept) return add(where, std::move(problem));
  const std::string_view near = nearest(word, known);
  if (!near.empty()) {
    return add(where, std::move(problem), "", "Did you mean '" + std::string{near} + '\'');
  }
  const std::string list = known.empty() ? "none" : listed(known);
  add(where, std::move(problem), std::string{what} + ": " + list);
}

void Problems::refuse(const Mark& where, std::string problem, std::string why,
                      std::string suggestion) {
  add(where, std::move(problem), std::move(why), std::move(suggestion));
  throw InputError(in_order());
}

void Problems::throw_if_any() const {
  if (count_ > 0) throw InputError(in_order());
}

std::vector<Problem> Problems::in_order() const {
  std::vector<Problem> sorted = kept_;
  const auto place = [](const Problem& problem) {
    return std::tie(problem.where.file, problem.where.line, problem.where.column);
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
  if (count_ > kept_.size()) {
    const std::string rest = std::to_string(count_ - kept_.size());
    sorted.push_back({{sorted.front().where.file, 0, 0}, "and " + rest + " more problems", "", ""});
  }
  return sorted;
}

}  // namespace onward
