#include "io/hdf5_posterior_group.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/check.h"
#include "io/hdf5_layout.h"
#include "io/hdf5_safe_read.h"
#include "io/hdf5_values.h"

namespace onward {

namespace {

/// Longest name of a parameter or target.
constexpr std::size_t kLongestName = 200;

/// The numbers of a prior that are stored, each in a dataset of its own.
struct PriorNumber {
  const char* name;
  double Prior::*member;
  const char* meaning;
};
constexpr auto kPriorNumbers = std::to_array<PriorNumber>({
    {"prior_low", &Prior::low, "least value that the prior allows"},
    {"prior_high", &Prior::high, "greatest value that the prior allows"},
    {"prior_middle", &Prior::middle, "median of the prior before it is cut off; unused if uniform"},
    {"prior_spread", &Prior::spread,
     "standard deviation of the prior before it is cut off, of the log or logit if it is named so"},
});

/// New in 1.1, and not in every file.
constexpr const char* kRecovered = "recovered";

/// Why a value cannot be a draw from a prior; empty if it can.
std::string fault_of(double value, const Prior& prior) {
  if (!std::isfinite(value)) return "is not finite";
  if (value < prior.low || value > prior.high) return "is outside the prior's bounds";
  const bool has_log = prior.kind == PriorKind::kLogNormal || prior.kind == PriorKind::kLogitNormal;
  if (has_log && value <= 0.0) return "has no logarithm";
  if (prior.kind == PriorKind::kLogitNormal && value >= 1.0) return "has no logit";
  return {};
}

void check_version(hid_t where) {
  const auto major = [](std::string_view text) { return text.substr(0, text.find('.')); };
  const std::string version = read_text_attribute(where, "format_version");
  if (major(version) == major(kPosteriorFormatVersion)) return;
  throw Hdf5Error("it has format version " + version + ", and this program reads version " +
                  std::string(major(kPosteriorFormatVersion)) + ".x");
}

void check_draws(const Posterior& posterior) {
  for (const std::vector<double>& draw : posterior.draws) {
    for (std::size_t p = 0; p < draw.size(); ++p) {
      const std::string fault = fault_of(draw[p], posterior.parameters[p].prior);
      if (!fault.empty())
        throw Hdf5Error("a value of " + posterior.parameters[p].name + ' ' + fault);
    }
  }
}

void check_prior(const FittedParameter& parameter) {
  const Prior& prior = parameter.prior;
  const std::string fault = "the prior of " + parameter.name;
  for (const PriorNumber& number : kPriorNumbers) {
    if (!std::isfinite(prior.*number.member)) throw Hdf5Error(fault + " is not finite");
  }
  if (prior.low > prior.high) throw Hdf5Error(fault + " ends before it begins");
  if (prior.kind == PriorKind::kUniform) return;
  if (!(prior.spread > 0.0)) throw Hdf5Error(fault + " has no spread");
  const std::string middle = fault_of(prior.middle, {prior.kind, prior.middle, prior.middle});
  if (!middle.empty()) throw Hdf5Error(fault + " has a middle that " + middle);
}

/// Names go into messages and are separated by spaces.
void check_name(const std::string& name) {
  const auto is_plain = [](char letter) { return letter > ' ' && letter <= '~'; };
  if (name.empty() || name.size() > kLongestName ||
      !std::all_of(name.begin(), name.end(), is_plain))
    throw Hdf5Error("a name is not 1 to " + std::to_string(kLongestName) +
                    " plain characters without spaces");
}

std::string joined_targets(const FittedParameter& parameter) {
  std::string text;
  for (const std::string& target : parameter.targets) text += (text.empty() ? "" : " ") + target;
  return text;
}

std::vector<std::string> split_targets(const std::string& text) {
  std::vector<std::string> targets;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    targets.push_back(text.substr(begin, end - begin));
    check_name(targets.back());
    begin = end + 1;
  }
  return targets;
}

std::string span_text(YearSpan span) {
  return std::to_string(span.first) + '-' + std::to_string(span.last);
}

YearSpan parse_span(const std::string& text) {
  constexpr std::size_t kDigits = 4;
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  const bool is_span = text.size() == 2 * kDigits + 1 && text[kDigits] == '-' &&
                       std::count_if(text.begin(), text.end(), is_digit) == 2 * kDigits;
  YearSpan span;
  if (is_span)
    span = {.first = std::stoi(text.substr(0, kDigits)),
            .last = std::stoi(text.substr(kDigits + 1))};
  if (!is_span || span.first > span.last)
    throw Hdf5Error("the attribute fitted_to is not two years in order, as 2004-2015");
  return span;
}

/// Writes a text or number for each parameter.
class ParameterTables {
 public:
  ParameterTables(hid_t where, Hdf5Axes& axes, const Posterior& posterior)
      : where_(where), axes_(axes), posterior_(posterior) {}

  template <class TextOf>
  void texts(const std::string& name, const std::string& meaning, TextOf text_of) const {
    std::vector<std::string> texts;
    std::vector<const char*> letters;
    for (const FittedParameter& parameter : posterior_.parameters)
      texts.push_back(text_of(parameter));
    for (const std::string& text : texts) letters.push_back(text.c_str());
    const Hdf5Handle type = make_string_type();
    write({name, type.get(), {"parameter"}, "1", meaning}, letters.data());
  }
  void numbers(const PriorNumber& number) const {
    std::vector<double> values;
    for (const FittedParameter& parameter : posterior_.parameters)
      values.push_back(parameter.prior.*number.member);
    write({number.name, H5T_NATIVE_DOUBLE, {"parameter"}, "1", number.meaning}, values.data());
  }
  void recovered() const {
    if (posterior_.recovered.empty()) return;
    EXPECT(posterior_.recovered.size() == posterior_.parameters.size());
    write({kRecovered,
           H5T_NATIVE_DOUBLE,
           {"parameter"},
           "1",
           "contraction within the region of the search, mean of records that the model made"},
          posterior_.recovered.data());
  }
  void draws() const {
    std::vector<double> values;
    for (const std::vector<double>& draw : posterior_.draws)
      values.insert(values.end(), draw.begin(), draw.end());
    write({"value",
           H5T_NATIVE_DOUBLE,
           {"draw", "parameter"},
           "1",
           "value of each fitted parameter, in the unit of its targets"},
          values.data());
  }

 private:
  void write(const SeriesPlan& plan, const void* values) const {
    const Hdf5Handle dataset = create_series(where_, axes_, plan);
    check_hdf5(H5Dwrite(dataset.get(), plan.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
               "write " + plan.name);
  }

  hid_t where_;
  Hdf5Axes& axes_;
  const Posterior& posterior_;
};

Hdf5Axes write_axes(hid_t where, const Posterior& posterior) {
  std::vector<std::int32_t> numbers(posterior.draws.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  std::vector<std::string> names;
  for (const FittedParameter& parameter : posterior.parameters) names.push_back(parameter.name);
  Hdf5Axes axes;
  axes.add("draw", write_dataset(where, "draw", numbers), "1", "number of the draw");
  axes.add("parameter", write_dataset(where, "parameter", names), "1", "fitted parameter");
  return axes;
}

/// Calls `work()` and puts the name of what it reads before the message of a failure.
template <class Work>
auto reading_part(const std::string& part, Work&& work) {
  try {
    return work();
  } catch (const Hdf5Error& error) {
    throw Hdf5Error(part + ": " + error.what());
  }
}

std::vector<std::string> read_parameter_texts(hid_t where, const std::string& name,
                                              std::size_t count) {
  return reading_part(name, [&] {
    const Hdf5Handle dataset = open_dataset(where, name);
    std::vector<std::string> texts = read_texts(dataset.get(), kMostFitted);
    if (texts.size() != count) throw Hdf5Error("it has another length than its axis");
    return texts;
  });
}

std::vector<double> read_parameter_numbers(hid_t where, const std::string& name,
                                           std::size_t count) {
  return reading_part(name, [&] {
    const Hdf5Handle dataset = open_dataset(where, name);
    if (dataset_lengths(dataset.get()) != std::vector<hsize_t>{count})
      throw Hdf5Error("it has another length than its axis");
    return read_numbers(dataset.get());
  });
}

void read_recovered(hid_t where, Posterior& posterior) {
  if (!has_dataset(where, kRecovered)) return;
  posterior.recovered = read_parameter_numbers(where, kRecovered, posterior.parameters.size());
  for (const double share : posterior.recovered) {
    if (!std::isfinite(share) || share > 1.0)
      throw Hdf5Error(std::string(kRecovered) + ": a value is no contraction");
  }
}

PriorKind parse_kind(const std::string& text) {
  const auto found = std::find(kPriorKindNames.begin(), kPriorKindNames.end(), text);
  if (found == kPriorKindNames.end()) throw Hdf5Error("there is an unknown kind of prior");
  return static_cast<PriorKind>(found - kPriorKindNames.begin());
}

void read_parameters(hid_t where, Posterior& posterior) {
  const std::vector<std::string> names = reading_part(
      "parameter", [&] { return read_texts(open_dataset(where, "parameter").get(), kMostFitted); });
  const std::size_t count = names.size();
  const auto targets = read_parameter_texts(where, "targets", count);
  const auto kinds = read_parameter_texts(where, "prior_kind", count);
  const auto sources = read_parameter_texts(where, "source", count);
  posterior.parameters.resize(count);
  for (std::size_t p = 0; p < count; ++p) {
    FittedParameter& parameter = posterior.parameters[p];
    parameter.name = names[p];
    reading_part("parameter", [&] { check_name(names[p]); });
    parameter.targets = reading_part("targets", [&] { return split_targets(targets[p]); });
    parameter.prior.kind = reading_part("prior_kind", [&] { return parse_kind(kinds[p]); });
    parameter.source = sources[p];
  }
  for (const PriorNumber& number : kPriorNumbers) {
    const std::vector<double> values = read_parameter_numbers(where, number.name, count);
    for (std::size_t p = 0; p < count; ++p)
      posterior.parameters[p].prior.*number.member = values[p];
  }
  for (const FittedParameter& parameter : posterior.parameters) check_prior(parameter);
}

void read_draws(hid_t where, Posterior& posterior) {
  const Hdf5Handle dataset = open_dataset(where, "value");
  const std::vector<hsize_t> lengths = dataset_lengths(dataset.get());
  const std::size_t width = posterior.parameters.size();
  if (lengths.size() != 2 || lengths[1] != width)
    throw Hdf5Error("its axes are not draw and parameter");
  if (lengths[0] > kMostDraws) throw Hdf5Error("it has too many draws");
  const std::vector<double> values = read_numbers(dataset.get());
  for (std::size_t begin = 0; begin < values.size(); begin += width) {
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(begin);
    posterior.draws.emplace_back(from, from + static_cast<std::ptrdiff_t>(width));
  }
}

}  // namespace

void write_posterior(hid_t where, const Posterior& posterior) {
  EXPECT(!posterior.draws.empty() && posterior.draws.size() <= kMostDraws);
  EXPECT(!posterior.parameters.empty() && posterior.parameters.size() <= kMostFitted);
  for (const std::vector<double>& draw : posterior.draws)
    EXPECT(draw.size() == posterior.parameters.size());
  check_draws(posterior);
  write_attribute(where, "format", std::string(kPosteriorFormatName));
  write_attribute(where, "format_version", std::string(kPosteriorFormatVersion));
  write_attribute(where, "study", posterior.study);
  write_attribute(where, "world_hash", posterior.world_hash);
  write_attribute(where, "fitted_to", span_text(posterior.fitted_to));
  write_attribute(where, "left_out", posterior.left_out);
  Hdf5Axes axes = write_axes(where, posterior);
  const ParameterTables tables(where, axes, posterior);
  tables.texts("targets", "names of the numbers that get the value, separated by spaces",
               joined_targets);
  tables.texts("prior_kind", "family of the prior", [](const FittedParameter& parameter) {
    return std::string(kPriorKindNames[static_cast<std::size_t>(parameter.prior.kind)]);
  });
  for (const PriorNumber& number : kPriorNumbers) tables.numbers(number);
  tables.texts("source", "why it is fitted, and where the prior comes from",
               [](const FittedParameter& parameter) { return parameter.source; });
  tables.recovered();
  tables.draws();
  axes.close();
}

void add_posterior_group(hid_t parent, const Posterior& posterior) {
  const Hdf5Handle group = create_group(parent, kPosteriorGroup);
  write_posterior(group.get(), posterior);
}

bool is_posterior(hid_t object) {
  return H5Aexists(object, "format") > 0 &&
         read_text_attribute(object, "format") == kPosteriorFormatName;
}

Posterior read_posterior(hid_t where) {
  if (!is_posterior(where)) throw Hdf5Error("it does not say that it is a posterior");
  check_version(where);
  Posterior posterior;
  posterior.study = read_text_attribute(where, "study");
  posterior.world_hash = read_text_attribute(where, "world_hash");
  posterior.fitted_to = parse_span(read_text_attribute(where, "fitted_to"));
  posterior.left_out = read_text_attribute(where, "left_out");
  read_parameters(where, posterior);
  if (posterior.parameters.empty()) throw Hdf5Error("there is no parameter");
  read_recovered(where, posterior);
  reading_part("value", [&] {
    read_draws(where, posterior);
    check_draws(posterior);
  });
  if (posterior.draws.empty()) throw Hdf5Error("there is no draw");
  return posterior;
}

std::optional<Posterior> find_posterior_group(hid_t parent) {
  H5L_info_t link{};
  if (H5Lexists(parent, kPosteriorGroup, H5P_DEFAULT) <= 0) return std::nullopt;
  if (H5Lget_info(parent, kPosteriorGroup, &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD)
    throw Hdf5Error("it is not a group of this file");
  const Hdf5Handle group(H5Gopen2(parent, kPosteriorGroup, H5P_DEFAULT), H5Gclose,
                         "open the group posterior");
  return read_posterior(group.get());
}

}  // namespace onward
