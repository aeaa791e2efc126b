// A report with one case of everything that a report can show, and text that a hostile page may
// hold.
#pragma once

#include "manifests/report.h"

namespace loccit {

inline constexpr const char* hostile_text =
    "<script>alert(1)</script> ]]> \"' & @everyone #1 [x](javascript:alert(1)) | **b** \x01 "
    "\xEF\xBF\xBF \xFF é";

inline Report sample_report() {
  Report report;
  report.tool_version = "0.1.0";
  report.document.info = {"", "letters/my letter.txt", std::string(64, 'a'), "text/plain"};
  report.document.sources = {{.id = "1",
                              .label = "1",
                              .note = "n",
                              .urls = {"https://a.example/x"},
                              .kind = SourceKind::web}};
  report.started_at = *from_iso8601("2026-11-24T16:00:00Z");
  report.finished_at = *from_iso8601("2026-11-24T16:00:09Z");
  const auto add = [&](Citation citation, Verdict verdict) {
    citation.sources = {"1"};
    citation.id = verdict.citation_id = "c" + std::to_string(report.verdicts.size() + 1);
    report.document.citations.push_back(std::move(citation));
    report.verdicts.push_back(std::move(verdict));
  };
  const SnapshotRecord snapshot{.id = "urn:uuid:1",
                                .requested_url = "https://a.example/x",
                                .final_url = "https://a.example/y",
                                .fetched_at = report.started_at,
                                .warc = "archive/1.warc.gz",
                                .offset = 7,
                                .length = 9,
                                .sha256 = std::string(64, 'b'),
                                .bytes = 51,
                                .media_type = "text/html",
                                .status = 200};
  const LinkFinding moved{.url = "https://a.example/x",
                          .state = LinkState::moved,
                          .status = 200,
                          .final_url = "https://a.example/y",
                          .redirects = 1,
                          .snapshot = snapshot,
                          .drift = TextDrift::elsewhere};
  const LinkFinding gone{
      .url = "javascript:alert(1)", .state = LinkState::gone, .status = 404, .error = hostile_text};

  add({.title = "An intact one", .quote = "It stands.", .location = {.line = 4, .column = 2}},
      {.kind = VerdictKind::intact,
       .reason = "every word stands at the source",
       .quote = {.state = QuoteState::verbatim,
                 .similarity = 1,
                 .passages = {{0, 10, 5, 15, "It stands.", "a ", " b", ""}}},
       .links = {moved}});
  add({.title = "A changed one",
       .quote = "We do not accept it.",
       .location = {.page = 2, .line = 9}},
      {.kind = VerdictKind::drifted,
       .reason = "the source now says the opposite",
       .quote = {.state = QuoteState::altered,
                 .similarity = 0.8,
                 .passages = {{0, 20, 100, 113, "We accept it.", "so ", " And",
                               "https://a.example/y#:~:text=We"}},
                 .changes = {{ChangeKind::meaning, "do not accept", "accept", 3, 16, 103, 109}}},
       .links = {moved}});
  add({.title = hostile_text, .quote = hostile_text},
      {.kind = VerdictKind::drifted,
       .reason = hostile_text,
       .quote = {.state = QuoteState::partial,
                 .similarity = 0.5,
                 .passages = {{0, 3, 0, 3, hostile_text, hostile_text, "", "javascript:alert(1)"}}},
       .links = {gone}});
  add({.title = "A dead one"},
      {.kind = VerdictKind::rotten, .reason = "the page is gone", .links = {gone}});
  add({.title = "A private one"},
      {.kind = VerdictKind::unverifiable, .reason = "a letter, not public"});
  return report;
}

}  // namespace loccit
