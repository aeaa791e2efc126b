// A report on one citation of one page that answers.
#pragma once

#include "manifests/report.h"

namespace loccit {

inline Report one_citation(Timestamp at, QuoteState state,
                           std::optional<ChangeKind> change = std::nullopt) {
  Report report;
  report.started_at = report.finished_at = at;
  Source source;
  source.id = "1";
  source.urls = {"https://ministry.test/statement"};
  report.document.sources = {source};
  Citation citation;
  citation.id = "c1";
  citation.title = "Statement by the Ministry";
  citation.quote = "We do not agree.";
  citation.sources = {"1"};
  report.document.citations = {citation};
  Verdict verdict;
  verdict.citation_id = "c1";
  verdict.kind = state == QuoteState::verbatim ? VerdictKind::intact : VerdictKind::drifted;
  verdict.quote.state = state;
  if (change) verdict.quote.changes.push_back({*change, "do not agree", "agree"});
  LinkFinding link;
  link.url = source.urls[0];
  link.state = LinkState::ok;
  link.status = 200;
  verdict.links = {link};
  report.verdicts = {verdict};
  return report;
}

}  // namespace loccit
