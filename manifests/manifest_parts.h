// The pieces that loccit.manifest/1 and loccit.report/1 share.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "documents/document.h"
#include "manifests/json_node.h"

namespace loccit {

Json texts_to_json(const std::vector<std::string>& texts);

Json info_to_json(const DocumentInfo& info);
DocumentInfo info_from(const JsonNode& node);
void set_parts(Json& object,
               const std::vector<DocumentInfo>& parts);  // "documents", where there are several
std::vector<DocumentInfo> parts_from(const JsonNode& node);

void set_location(Json& object, const Location& location);  // left out where nothing is known
Location location_from(const JsonNode& owner);

Json sources_to_json(const std::vector<Source>& sources);
std::vector<Source> sources_from(const JsonNode& node);

Json citation_to_json(const Citation& citation);
Citation citation_from(
    const JsonNode& node);  // all but the quote, which the two formats keep differently

// Every citation has an id of its own and names sources that exist.
void check_references(const JsonNode& citations, const Document& document);

}  // namespace loccit
