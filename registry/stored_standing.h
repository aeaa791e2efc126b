// A standing as the registry stores it: JSON, so that a rule may need a new field without a
// migration.
#pragma once

#include <string>
#include <string_view>

#include "registry/standing.h"

namespace loccit {

std::string to_stored(const Standing& standing);
Standing from_stored(std::string_view stored);  // missing fields have their defaults; throws where
                                                // it is no JSON of ours

std::int64_t to_stored(Timestamp time);
Timestamp timestamp_from_stored(std::int64_t stored);

}  // namespace loccit
