// Writes a ZIP file by libarchive: stored only, in the order given, the same bytes for the same
// input in any time zone.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

struct ZipContent {
  std::string name;
  Bytes content;
};

using ByteSink = std::function<Result<void>(Bytes)>;
Result<void> write_zip(std::span<const ZipContent> contents, const ByteSink& sink);

}  // namespace loccit
