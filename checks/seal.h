// Packs one check's evidence into a signed bundle.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "archive/archive.h"
#include "manifests/bundle_signer.h"
#include "manifests/check_record.h"

namespace loccit {

enum class KeepDocument { no, yes };

struct SealOptions {
  SealingIdentity identity;
  KeepDocument document = KeepDocument::yes;
  std::function<std::string(const Report&)>
      html;  // how a report is shown is the caller's choice; empty: not at all
  Clock clock = system_clock();
};

struct SealOutcome {
  SealingNote note;
  std::size_t snapshots = 0;
  std::optional<SealedBundle> previous;  // of the same document, sealed from the same archive
};

// Nothing appears under `path` unless all went well. The archive folder then knows the bundle, for
// the chain.
Result<SealOutcome> seal_check(const CheckRecord& check, const Archive& archive,
                               const std::filesystem::path& path, const SealOptions& options);

}  // namespace loccit
