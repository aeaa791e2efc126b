// loccit.lock: the problems that a team knows of and has accepted, each with a reason. They do not
// fail a check; new ones do, and a fixed one is told.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "documents/sources_by_id.h"
#include "manifests/report.h"

namespace loccit {

struct Accepted {
  std::string document, citation, title;  // for people: as the report named them
  std::string identity;                   // of the citation: identity_of()
  std::string finding;                    // what is accepted of it: finding_of()
  VerdictKind verdict = VerdictKind::drifted;
  std::string reason;
  std::string on;  // the date, "2026-11-24"
};

struct Baseline {
  std::vector<Accepted> accepted;
};

// What a citation is, wherever in its document it stands: its quote (or title) and its sources.
// Hex.
std::string identity_of(const Citation& citation, const SourcesById& sources);
std::set<std::string> identities_of(const Document& document);

// What is wrong with it: the verdict, and the words that differ. One that gets worse, or changes
// once more, is another finding. Hex.
std::string finding_of(const Verdict& verdict);

Result<Baseline> baseline_from_json(std::string_view text);  // loccit.lock/1
std::string to_text(const Baseline& baseline);               // sorted: what a merge can live with

// A report held against a baseline.
struct Comparison {
  std::vector<std::optional<Accepted>> accepted;  // per verdict; empty altogether: no baseline
  std::vector<std::optional<Accepted>>
      outgrown;                 // per verdict: accepted once, but as something else
  std::vector<Accepted> fixed;  // intact now, or no longer in its document
};

// `present` are the identities of all citations that the documents have, also of those that were
// not checked this time.
Comparison compare(const Report& report, const Baseline& baseline,
                   const std::set<std::string>& present);

const Accepted* accepted_at(const Comparison& comparison,
                            std::size_t verdict);  // nullptr: it is not

}  // namespace loccit
