#include "checks/policy_settings.h"

namespace loccit {

Json policy_to_json(const Policy& policy) {
  return Json::object({{"altered_from", policy.altered_from},
                       {"max_gap_words", static_cast<std::int64_t>(policy.max_gap_words)}});
}

Policy policy_from_json(const Json& settings) {
  Policy policy;
  if (const Json* share = settings.find("altered_from");
      share != nullptr && share->as_double() != nullptr) {
    if (*share->as_double() > 0 && *share->as_double() <= 1)
      policy.altered_from = *share->as_double();
  }
  if (const Json* words = settings.find("max_gap_words");
      words != nullptr && words->as_integer() != nullptr) {
    if (*words->as_integer() >= 0 && *words->as_integer() <= 1'000'000)
      policy.max_gap_words = static_cast<std::size_t>(*words->as_integer());
  }
  return policy;
}

}  // namespace loccit
