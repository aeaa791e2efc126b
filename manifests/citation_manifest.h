// loccit.manifest/1: the citations of a document as JSON, written by `extract` and by hand, read by
// `check`.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "documents/document.h"

namespace loccit {

Json manifest_to_json(const Document& document);

// Strict: an unknown schema, a wrong type, a missing field, a citation that names no source, or an
// unknown one, a repeated id: a failure whose message names the JSON path
// ("citations[3].sources[0]: …"). Unknown fields are kept out silently.
Result<Document> manifest_from_json(std::string_view text, const ReadLimits& limits = {});

// Whether a file that the user named is a manifest and no document: a JSON object that has a
// "schema" of ours.
bool looks_like_manifest(std::string_view text);

}  // namespace loccit
