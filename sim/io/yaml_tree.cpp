#include "io/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include "io/problems.h"
#include "io/text_check.h"

namespace onward {

namespace {

std::size_t height(const Tree& tree) {
  std::size_t below = 0;
  for (const Entry& entry : tree.entries) below = std::max(below, height(entry.value));
  for (const Tree& item : tree.items) below = std::max(below, height(item));
  return tree.is_map() || tree.is_list() ? below + 1 : 0;
}

/// Builds a Tree from the parser's events and refuses what a scenario never needs.
class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const std::string& name) : source_(mark_of_source(name)) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) refuse(mark, "more than one document", "a scenario is one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (expects_key()) refuse(mark, "a key is missing", "every value of a map needs a name");
    add(mark, Tree::Kind::kNull, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (expects_key()) refuse(mark, "an alias in place of a key", "keys are plain names");
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) refuse(mark, "an alias inside what it stands for", "no end");
    count(mark, found->second.values);
    check_depth(mark, open_.size() + found->second.height);
    attach(found->second.tree);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool quoted = check_tag(mark, tag);
    check_decoded(mark, value);
    if (quoted) last_quoted_ = mark;
    if (expects_key()) return take_key(mark, value);
    Tree tree = start(mark, Tree::Kind::kScalar);
    tree.text = value;
    tree.quoted = quoted;
    finish(std::move(tree), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Tree::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Tree::Kind::kMap);
  }
  void OnMapEnd() override {
    check_duplicates(open_.back().tree);
    close();
  }

  /// The parser takes a quote that is never closed to end with the file; this refuses it.
  void check_last_quote(std::string_view text) {
    const auto start = static_cast<std::size_t>(std::max(last_quoted_.pos, 0));
    const char quote_mark = start < text.size() ? text[start] : '\0';
    if (quote_mark != '"' && quote_mark != '\'') return;
    for (std::size_t i = start + 1; i < text.size(); ++i) {
      const bool is_escape = quote_mark == '"' ? text[i] == '\\' : text.substr(i, 2) == "''";
      if (!is_escape && text[i] == quote_mark) return;
      if (is_escape) ++i;
    }
    refuse(last_quoted_, "not valid YAML: a quote is not closed", "", "Close the quote");
  }

  bool is_empty() const { return documents_ == 0; }
  Tree take() { return std::move(root_); }
  Problems& problems() { return problems_; }
  Mark at(const YAML::Mark& mark) const {
    return {source_.file, std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1};
  }

 private:
  /// A map or list whose end has not come yet.
  struct Open {
    Tree tree;
    YAML::anchor_t anchor = 0;
    bool has_key = false;  ///< the last entry waits for its value
  };
  struct Anchored {
    Tree tree;
    std::size_t values = 0;
    std::size_t height = 0;
  };

  [[noreturn]] void refuse(const YAML::Mark& mark, std::string problem, std::string why,
                           std::string suggestion = "") {
    problems_.refuse(at(mark), std::move(problem), std::move(why), std::move(suggestion));
  }

  bool expects_key() const {
    return !open_.empty() && open_.back().tree.is_map() && !open_.back().has_key;
  }

  /// Whether the tag says that the scalar was quoted.
  bool check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?") return false;
    if (tag == "!") return true;
    constexpr std::string_view kStandard = "tag:yaml.org,2002:";
    const std::string_view view = tag;
    if (view.substr(0, kStandard.size()) == kStandard) {
      constexpr std::string_view kKnown[] = {"str", "int", "float", "bool", "null", "map", "seq"};
      const std::string_view type = view.substr(kStandard.size());
      if (std::find(std::begin(kKnown), std::end(kKnown), type) != std::end(kKnown)) {
        return type == "str";
      }
    }
    refuse(mark, "the tag " + quote(tag), "a value's type follows from its key", "Leave it out");
  }

  /// Escapes can write what raw text may not hold.
  void check_decoded(const YAML::Mark& mark, const std::string& value) {
    const auto is_bad = [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
    };
    if (std::any_of(value.begin(), value.end(), is_bad)) {
      refuse(mark, "a control character in " + quote(value), "only tabs and line ends are allowed");
    }
  }

  void check_depth(const YAML::Mark& mark, std::size_t depth) {
    if (depth <= kMaxDepth) return;
    refuse(mark, "nested too deeply",
           "at most " + std::to_string(kMaxDepth) + " maps and lists inside one another");
  }

  void count(const YAML::Mark& mark, std::size_t values) {
    values_ += values;
    if (values_ > kMaxValues) {
      refuse(mark, "too many values",
             "at most " + std::to_string(kMaxValues) + ", with aliases written out");
    }
    if (open_.empty()) return;
    const Tree& parent = open_.back().tree;
    if (std::max(parent.entries.size(), parent.items.size()) < kMaxWidth) return;
    refuse(mark, "a map or list is too long",
           "at most " + std::to_string(kMaxWidth) + " entries in one of them");
  }

  void take_key(const YAML::Mark& mark, const std::string& key) {
    if (key == "<<") {
      refuse(mark, "the merge key '<<'", "it is not part of YAML 1.2",
             "Repeat the keys, or use an alias for the whole map");
    }
    count(mark, 1);
    open_.back().tree.entries.push_back({key, at(mark), {}});
    open_.back().has_key = true;
  }

  Tree start(const YAML::Mark& mark, Tree::Kind kind) {
    count(mark, 1);
    Tree tree;
    tree.kind = kind;
    tree.where = at(mark);
    return tree;
  }

  void add(const YAML::Mark& mark, Tree::Kind kind, YAML::anchor_t anchor) {
    finish(start(mark, kind), anchor);
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            Tree::Kind kind) {
    check_tag(mark, tag);
    if (expects_key()) refuse(mark, "a map or list in place of a key", "keys are plain names");
    check_depth(mark, open_.size() + 1);
    open_.push_back({start(mark, kind), anchor, false});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    finish(std::move(done.tree), done.anchor);
  }

  void finish(Tree tree, YAML::anchor_t anchor) {
    if (anchor != 0) {
      // The copy counts as well, so that anchors inside anchors stay within the limit.
      const std::size_t values = tree.count();
      values_ += values;
      anchors_[anchor] = {tree, values, height(tree)};
    }
    attach(std::move(tree));
  }

  void attach(Tree tree) {
    if (open_.empty()) {
      root_ = std::move(tree);
    } else if (open_.back().tree.is_list()) {
      open_.back().tree.items.push_back(std::move(tree));
    } else {
      open_.back().tree.entries.back().value = std::move(tree);
      open_.back().has_key = false;
    }
  }

  void check_duplicates(const Tree& map) {
    std::vector<const Entry*> sorted;
    sorted.reserve(map.entries.size());
    for (const Entry& entry : map.entries) sorted.push_back(&entry);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Entry* a, const Entry* b) { return a->key < b->key; });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      if (sorted[i]->key != sorted[i - 1]->key) continue;
      const Mark& first = sorted[i - 1]->where;
      problems_.add(sorted[i]->where, "the key " + quote(sorted[i]->key) + " comes twice",
                    "it was at " + std::to_string(first.line) + ':' + std::to_string(first.column));
    }
  }

  Mark source_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  Problems problems_;
  Tree root_;
  YAML::Mark last_quoted_ = YAML::Mark::null_mark();
  std::size_t values_ = 0;
  int documents_ = 0;
};

/// What usually lies behind a syntax error.
std::string hint(const std::string& message) {
  constexpr std::pair<std::string_view, std::string_view> kHints[] = {
      {"illegal map value",
       "Quote text that holds a colon, or check the indentation (spaces, not tabs)"},
      {"illegal tab", "Indent with spaces"},
      {"end of map not found", "Check that keys of one map start in one column"},
      {"end of map flow", "Close the '{'"},
      {"end of sequence flow", "Close the '['"},
      {"illegal EOF in scalar", "Close the quote"},
      {"illegal flow end", "Check that every '[' has its ']' and every '{' its '}'"},
      {"unknown token", "Quote text that starts with a special character"},
  };
  for (const auto& [part, suggestion] : kHints) {
    if (message.find(part) != std::string::npos) return std::string{suggestion};
  }
  return "";
}

}  // namespace

Tree parse_yaml(std::string_view text, const std::string& name) {
  const std::string clean = checked_text(text, name);
  std::istringstream stream(clean);
  TreeBuilder builder(name);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    builder.problems().add(builder.at(error.mark), "not valid YAML: " + error.msg, "",
                           hint(error.msg));
  }
  builder.check_last_quote(clean);
  builder.problems().throw_if_any();
  if (builder.is_empty()) throw InputError(Problem{{name, 0, 0}, "the file is empty", "", ""});
  return builder.take();
}

}  // namespace onward
