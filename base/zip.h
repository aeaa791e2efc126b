// Members of a ZIP file in memory (DOCX, ODT, WACZ of others), with bounds on what they may inflate
// to.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

struct ZipMember {
  std::string name;
  std::string content;
};

// The wanted members, in the order of the archive. Fails with malformed, encrypted or too_large;
// limits hold for all members together.
Result<std::vector<ZipMember>> read_zip(Bytes archive,
                                        const std::function<bool(std::string_view name)>& wanted,
                                        const ReadLimits& limits = {});

}  // namespace loccit
