// What an audit says, one claim a line: each can fail alone, and none stands for another.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace loccit {

enum class AuditState {
  ok,
  failed,
  absent,   // the bundle makes no such claim
  unknown,  // it does, but nothing here can prove or refute it (no --trust, no previous bundle,
            // left out on request)
};
const char* name(AuditState state);

struct AuditLine {
  std::string id;  // the JSON field: "integrity", "signature", …
  AuditState state = AuditState::unknown;
  std::string words;                  // one sentence: what holds, or what failed first and where
  std::vector<std::string> problems;  // all that failed, in order; bounded
  std::vector<std::string>
      remarks;  // odd, but no failure: faults of known tools, departures from a specification
  Json facts = Json::object();  // for programs: names, times, digests

  void fail_because(std::string problem);
  // Failed with its problems, or ok with `when_fine`; for a line whose checks are all made.
  void conclude(std::string when_fine);
};

Json to_json(const AuditLine& line);

}  // namespace loccit
