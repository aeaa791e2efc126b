// Checks being written down; private to this folder. All of a batch goes in a handful of
// statements, however many citations it holds.
#pragma once

#include <map>
#include <set>

#include "documents/sources_by_id.h"
#include "registry/registry.h"
#include "registry/sql.h"

namespace loccit {

// What a citation is known by from check to check: its words and links, not its number, which
// shifts when the document changes.
std::string fingerprint(const Citation& citation, const SourcesById& sources);
// Of its first link, "" where it has none: who looks at the citation must hold this host's lease.
std::string first_host(const Citation& citation, const SourcesById& sources);

struct EnrolledDocument {
  std::int64_t id = 0;
  std::chrono::hours interval{0};
};
EnrolledDocument enroll_document(Sql& sql, const Document& document, const std::string& name,
                                 Timestamp now);

struct CitationToEnroll {
  std::int64_t document_id = 0;
  const Document* document = nullptr;
  std::size_t index = 0;  // in document->citations
  Timestamp now;
};
struct EnrolledCitation {
  std::int64_t id = 0;
  std::string standing_state;
  std::chrono::hours interval{0};  // of its own, or 0
};
// One for each, in their order. Of a part of a document, only what the registry has not is written:
// a part knows nothing of where its citations stand.
std::vector<EnrolledCitation> enroll_citations(Sql& sql, const std::vector<CitationToEnroll>& them,
                                               Scope scope);
// All of the document's citations but these are gone from it.
void forget_the_others(Sql& sql, std::int64_t document_id, const std::set<std::int64_t>& present);

std::string host_of(const std::string& url);  // "" where it is none

struct EnrolledLink {
  std::int64_t id = 0;
  Standing standing;
};
// By URL; `asked` says when.
std::map<std::string, EnrolledLink> enroll_links(Sql& sql,
                                                 const std::map<std::string, Timestamp>& asked);

// What was found stays the same from check to check as long as the page does: kept once.
struct FindingToKeep {
  std::int64_t citation_id = 0;
  const Verdict* verdict = nullptr;
};
std::vector<std::int64_t> keep_findings(Sql& sql, const std::vector<FindingToKeep>& found);  // ids

// When to look again after a check that counted for nobody.
inline constexpr std::chrono::hours after_own_outage{1};

// What becomes one check: a report, or the verdicts in it that one lease is for.
struct CheckPart {
  const Report* report = nullptr;
  const RecordOptions* options = nullptr;
  bool late = false;                  // after its lease had gone to another: history, not standing
  std::vector<std::size_t> verdicts;  // of the report
};

// In the caller's transaction.
std::vector<Recorded> write_down(Sql& sql, const std::vector<CheckPart>& parts);
bool mostly_our_fault(Sql& sql, const Report& report);

}  // namespace loccit
