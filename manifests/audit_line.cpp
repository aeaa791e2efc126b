#include "manifests/audit_line.h"

namespace loccit {
namespace {

constexpr std::size_t max_problems = 100;  // a hostile bundle could have millions

Json list(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push(text);
  return out;
}

}  // namespace

const char* name(AuditState state) {
  switch (state) {
    case AuditState::ok:
      return "ok";
    case AuditState::failed:
      return "failed";
    case AuditState::absent:
      return "absent";
    case AuditState::unknown:
      return "unknown";
  }
  return "unknown";
}

void AuditLine::fail_because(std::string problem) {
  if (state != AuditState::failed) words = problem;
  state = AuditState::failed;
  if (problems.size() < max_problems) problems.push_back(std::move(problem));
}

void AuditLine::conclude(std::string when_fine) {
  if (state == AuditState::failed) return;
  state = AuditState::ok;
  words = std::move(when_fine);
}

Json to_json(const AuditLine& line) {
  Json json = Json::object({{"state", name(line.state)}, {"words", line.words}});
  if (!line.problems.empty()) json.set("problems", list(line.problems));
  if (!line.remarks.empty()) json.set("remarks", list(line.remarks));
  if (!line.facts.as_object()->empty()) json.set("facts", line.facts);
  return json;
}

}  // namespace loccit
