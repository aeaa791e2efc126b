// A known problem is written down, with a reason, so that only new ones fail a check.
#include <algorithm>
#include <iostream>

#include "base/files.h"
#include "ci/document_parts.h"
#include "ci/subject.h"
#include "cli/baseline_file.h"
#include "cli/command.h"
#include "cli/nearest_word.h"
#include "manifests/check_record.h"

namespace loccit {
namespace {

std::string problems_of(const Report& report) {
  std::string list;
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.kind != VerdictKind::intact)
      list += (list.empty() ? "" : ", ") + verdict.citation_id;
  }
  return list.empty() ? "it found no problem" : "its problems are " + list;
}

// Places in Report::verdicts.
tl::expected<std::vector<std::size_t>, Stop> chosen(const Report& report, const Options& options) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const bool wanted =
        std::ranges::find(options.fail_on, report.verdicts[i].kind) != options.fail_on.end();
    if (options.accept.all && wanted) places.push_back(i);
  }
  for (const std::string& id : options.inputs) {
    const auto found = std::ranges::find(report.verdicts, id, &Verdict::citation_id);
    if (found == report.verdicts.end()) {
      std::vector<std::string> ids;
      for (const Verdict& verdict : report.verdicts) ids.push_back(verdict.citation_id);
      const std::string near = nearest_word(id, ids);
      return misuse("the newest check has no citation \"" + id + "\"" +
                    (near.empty() ? "" : "; did you mean " + near + "?") + "; " +
                    problems_of(report));
    }
    if (found->kind == VerdictKind::intact)
      return misuse(id + " is intact: there is nothing to accept; " + problems_of(report));
    places.push_back(static_cast<std::size_t>(found - report.verdicts.begin()));
  }
  return places;
}

Accepted accepted(const Report& report, std::size_t i, const std::string& reason) {
  const Citation& citation = report.document.citations.at(i);
  const Verdict& verdict = report.verdicts[i];
  return {documents_of(report.document).at(citation.part).file,
          citation.id,
          subject_of(citation),
          identity_of(citation, SourcesById(report.document)),
          finding_of(verdict),
          verdict.kind,
          reason,
          to_iso8601(system_clock()()).substr(0, 10)};
}

void add(Baseline& baseline, Accepted entry) {
  std::erase_if(baseline.accepted, [&](const Accepted& old) {
    return old.identity == entry.identity;  // one that has changed since is accepted anew
  });
  baseline.accepted.push_back(std::move(entry));
}

std::size_t prune(Baseline& baseline, const Report& report) {
  const Comparison comparison = compare(report, baseline, identities_of(report.document));
  return std::erase_if(baseline.accepted, [&](const Accepted& entry) {
    return std::ranges::any_of(comparison.fixed, [&](const Accepted& fixed) {
      return fixed.identity == entry.identity && fixed.document == entry.document;
    });
  });
}

CommandResult run_accept(const Options& options) {
  if (options.inputs.empty() && !options.accept.all && !options.accept.prune)
    return misuse("name what to accept: the ID of a citation, --all, or --prune");
  if (options.accept.reason.empty() && !(options.inputs.empty() && !options.accept.all))
    return misuse("say why: --reason \"…\" is for whoever reads the baseline next year");
  const auto check = read_check(archive_folder(options), options.seal.check);
  if (!check) return misuse(check.error().message);

  Options lenient = options;  // a baseline that is not there yet is begun
  std::error_code ignored;
  if (!std::filesystem::exists(baseline_path(options), ignored)) lenient.baseline.clear();
  auto read = read_baseline(lenient);
  if (!read) return tl::unexpected(read.error());
  Baseline baseline = read->value_or(Baseline{});

  const auto places = chosen(check->report, options);
  if (!places) return tl::unexpected(places.error());
  for (const std::size_t i : *places)
    add(baseline, accepted(check->report, i, options.accept.reason));
  const std::size_t pruned = options.accept.prune ? prune(baseline, check->report) : 0;
  const std::string path = baseline_path(options);
  if (const auto written = write_durably(path, to_text(baseline)); !written)
    return unfinished(written.error().message + "; nothing was accepted");
  if (options.telling != Telling::quiet) {
    std::cout << path << ": " << places->size() << " accepted";
    if (options.accept.prune) std::cout << ", " << pruned << " taken out";
    std::cout << ", " << baseline.accepted.size() << " in all; commit it\n";
  }
  return ExitCode::fine;
}

}  // namespace

const Command accept_command = {
    "accept",
    "Write down known problems, so that only new ones fail a check",
    "What is accepted is the problem as it is: if the source changes once more, or goes away, the "
    "check fails again.",
    {OptionGroup::accepting, OptionGroup::archive, OptionGroup::baseline, OptionGroup::fail_on,
     OptionGroup::telling, OptionGroup::settings},
    run_accept};

}  // namespace loccit
