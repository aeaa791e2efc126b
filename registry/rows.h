// What the registry's read functions give: plain rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "manifests/report.h"
#include "registry/standing.h"

namespace loccit {

struct DocumentRow {
  std::int64_t id = 0;
  std::string name, title, sha256, media_type;
  Timestamp added_at, next_check;
  std::chrono::hours interval{0};  // 0: not watched
  std::int64_t checks = 0;
  std::optional<Timestamp> last_check;
  Summary last;  // of the citations that it has now, each as last seen
};

struct CitationRow {
  std::int64_t id = 0;
  std::string document, label, title, quote;
  std::string urls;  // a line each
  StandingKind standing = StandingKind::fresh;
  Timestamp since, next_look, last_seen;
  std::string verdict;          // of the last check, "" before the first
  std::int64_t last_check = 0;  // its check
  bool confirming = false;      // its next look is the second one
  bool present = true;          // in the document as last read
};

struct TransitionRow {
  std::int64_t id = 0;
  std::int64_t check_id = 0;
  std::string document, citation, citation_title;  // of a link: citation is empty
  std::int64_t citation_id = 0;
  std::string url, host;  // of a citation: its first link
  StandingKind from = StandingKind::fresh, to = StandingKind::fresh;
  std::string rule;
  Timestamp at;
};

// One check of one document, whole or in part.
struct CheckRow {
  std::int64_t id = 0;
  std::string document;
  Timestamp started_at, finished_at;
  std::string tool, worker;
  std::string record;  // its folder in <archive>/checks, where it was kept for sealing
  bool inconclusive = false;
  bool partial = false;  // only what was due
  bool late = false;     // a worker's whose lease had gone to another: history, not standing
  Summary summary;
};

// One citation through the checks of its document.
struct TimelineEntry {
  std::int64_t check_id = 0;
  Timestamp at;
  std::string verdict, quote_state, reason;
};

// Between which two checks the cited words came and went: "stood on T1, gone on T2".
struct PassageSpan {
  std::optional<Timestamp> not_before;  // last check that did not find them, before they stood
  Timestamp stood_first, stood_last;
  std::optional<Timestamp> gone_by;  // first check after that did not find them
};
std::vector<PassageSpan> passage_spans(const std::vector<TimelineEntry>& timeline);  // oldest first

// Outcomes of one day (UTC), over all documents.
struct DayRow {
  Timestamp day;
  Summary outcomes;
};

struct StandingCount {
  StandingKind standing = StandingKind::fresh;
  std::int64_t citations = 0;
};

struct Notice {
  std::int64_t id = 0;
  std::string key, kind, text;  // kind: change, recovery, reminder
  std::string document, citation;
  Timestamp created_at;
  int attempts = 0;
};

struct HistoryQuery {
  std::string document, citation, host;  // empty: any
  std::optional<Timestamp> from, until;
  std::size_t limit = 1000;
};

struct DocumentQuery {
  std::string search;  // in name and title; empty: all
  std::size_t limit = 1'000'000, offset = 0;
};

struct CitationQuery {
  std::string document;  // its name; empty: of all
  std::string search;    // in title, quote and URLs
  std::optional<StandingKind> standing;
  std::string verdict;     // of the last check
  bool also_gone = false;  // also those that the document no longer has
  std::size_t limit = 1'000'000, offset = 0;
};

}  // namespace loccit
