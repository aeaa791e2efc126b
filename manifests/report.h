// loccit.report/1: what a check found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/timestamp.h"
#include "documents/document.h"
#include "verifier/verdict.h"

namespace loccit {

struct Report {
  std::string tool_version = LOCCIT_VERSION;
  Document document;
  Timestamp started_at, finished_at;
  std::vector<Verdict> verdicts;  // one per citation, same order
};

struct Summary {
  std::size_t citations = 0, intact = 0, drifted = 0, rotten = 0, unverifiable = 0;
};
Summary summarize(const Report& report);

Json report_to_json(const Report& report);
Result<Report> report_from_json(std::string_view text, const ReadLimits& limits = {});

// The "quote" of one citation alone, without its text.
Json quote_finding_to_json(const QuoteFinding& finding);
Result<QuoteFinding> quote_finding_from_json(const Json& json);

}  // namespace loccit
