#include "cli/posterior_use.h"

#include <algorithm>
#include <utility>

#include "io/hdf5_posterior_file.h"
#include "io/scenario_file.h"
#include "run/identifiability.h"

namespace onward {

namespace {

namespace po = boost::program_options;

/// The scenario that a posterior's numbers are held against: of those that the file extends, and
/// itself, the one that it was fitted in; else the last.
struct Reference {
  const Scenario& scenario;
  bool was_fitted_in = false;
};

Reference find_reference(const std::vector<LoadedScenario>& chain, const Posterior& posterior) {
  std::vector<std::string> fitted;
  for (const FittedParameter& parameter : posterior.parameters)
    fitted.insert(fitted.end(), parameter.targets.begin(), parameter.targets.end());
  // From the base on: a variant that only changes fitted numbers has the same hash.
  const auto found = std::find_if(chain.rbegin(), chain.rend(), [&](const LoadedScenario& link) {
    return world_hash(link.resolved, fitted) == posterior.world_hash;
  });
  const bool is_known = found != chain.rend();
  return {.scenario = is_known ? found->scenario : chain.back().scenario,
          .was_fitted_in = is_known};
}

/// Says of targets why they are fixed, and of those that nobody can know that it is so.
std::string notes_on(const Posterior& posterior, const std::vector<std::string>& fixed,
                     const std::string& why) {
  std::string notes;
  for (std::size_t p = 0; p < posterior.parameters.size(); ++p) {
    const FittedParameter& parameter = posterior.parameters[p];
    bool is_fixed = false;
    for (const std::string& target : parameter.targets) {
      if (std::find(fixed.begin(), fixed.end(), target) == fixed.end()) continue;
      is_fixed = true;
      notes += target + ": " + why + ", the same in every draw\n";
    }
    if (is_fixed && contraction_of(posterior, p).verdict == Verdict::kNotIdentified)
      notes += parameter.name + ": not identified by the record, which cannot tell its effect\n";
  }
  return notes;
}

std::vector<std::string> names_of(const Overrides& overrides) {
  std::vector<std::string> names;
  for (const auto& [name, value] : overrides) names.push_back(name);
  return names;
}

}  // namespace

void add_posterior_option(po::options_description& options) {
  options.add_options()("posterior", po::value<std::string>(),
                        "posterior file; replicate r runs with its draw r");
}

std::optional<PosteriorInput> read_posterior_option(const po::variables_map& values) {
  if (values.count("posterior") == 0) return std::nullopt;
  const std::string file = values["posterior"].as<std::string>();
  return PosteriorInput{.file = file, .posterior = read_posterior(file)};
}

WorldsInUse load_worlds(const std::string& scenario, const Overrides& overrides,
                        const std::optional<PosteriorInput>& input) {
  LoadedScenario loaded = load_scenario(scenario, overrides);
  if (!input)
    return {.worlds = Worlds(std::move(loaded.scenario)),
            .resolved = std::move(loaded.resolved),
            .notes = ""};
  const Posterior& posterior = input->posterior;
  const std::vector<LoadedScenario> chain = load_chain(scenario);
  const Reference reference = find_reference(chain, posterior);
  const std::vector<std::string> by_option = names_of(overrides);
  std::vector<std::string> fixed =
      targets_that_differ(posterior, reference.scenario, chain.front().scenario);
  std::erase_if(fixed, [&](const std::string& target) {
    return std::find(by_option.begin(), by_option.end(), target) != by_option.end();
  });
  std::string notes;
  if (!reference.was_fitted_in)
    notes += input->file + ": fitted in another world than " + scenario + " or what it extends\n";
  notes += notes_on(posterior, by_option, "set by --set");
  notes += notes_on(posterior, fixed, "set by " + scenario);
  fixed.insert(fixed.end(), by_option.begin(), by_option.end());
  // Checked as it is, so that a target that does not exist is told even if it is not used.
  Worlds(loaded.scenario, posterior, input->file);
  std::optional<Posterior> used = without_targets(posterior, fixed);
  return {.worlds = used ? Worlds(std::move(loaded.scenario), std::move(*used), input->file)
                         : Worlds(std::move(loaded.scenario)),
          .resolved = std::move(loaded.resolved),
          .notes = std::move(notes)};
}

std::string joined_notes(const std::string& first, const std::string& second) {
  std::string all = first;
  for (std::size_t begin = 0; begin < second.size();) {
    const std::size_t end = second.find('\n', begin) + 1;
    const std::string line = second.substr(begin, end - begin);
    if (all.find(line) == std::string::npos) all += line;
    begin = end;
  }
  return all;
}

}  // namespace onward
