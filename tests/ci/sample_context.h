// What a report may say besides its verdicts, for sample_report(): the changed citation is
// accepted, the dead one not confirmed yet, and one that is gone was fixed.
#pragma once

#include "ci/reports.h"
#include "ci/sample_report.h"

namespace loccit {

inline Accepted sample_acceptance() {
  return {.document = "letters/my letter.txt",
          .citation = "c2",
          .title = "A changed one",
          .reason = "asked <them>",
          .on = "2026-11-20"};
}

inline ReportContext sample_context() {
  ReportContext context;
  context.comparison.accepted.resize(5);
  context.comparison.outgrown.resize(5);
  context.comparison.accepted[1] = sample_acceptance();
  context.comparison.outgrown[2] = sample_acceptance();
  context.comparison.fixed = {sample_acceptance()};
  context.unconfirmed.resize(5);
  context.unconfirmed[3] = "not confirmed yet, its standing is suspect";
  return context;
}

}  // namespace loccit
