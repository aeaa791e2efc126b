#include "manifests/citation_manifest.h"

#include <set>

#include "manifests/manifest_parts.h"

namespace loccit {
namespace {

constexpr std::string_view schema = "loccit.manifest/1";

std::string listed_kinds() { return "web, account, unpublished, print or comment"; }

Source read_source(const JsonNode& node) {
  Source source;
  source.id = node.member("id").text();
  if (source.id.empty()) node.member("id").complain("must not be empty");
  source.label = node.text_or_empty("label");
  source.note = node.text_or_empty("note");
  if (const auto urls = node.optional("urls")) source.urls = urls->texts();
  source.kind = source.urls.empty() ? SourceKind::comment : SourceKind::web;
  if (const auto kind = node.optional("kind")) {
    const std::string word = kind->text();
    if (const auto known = source_kind_from(word)) {
      source.kind = *known;
    } else {
      kind->complain("\"" + word + "\" is none of " + listed_kinds());
    }
  }
  source.translated = node.truth_or_false("translated");
  source.refers_to = node.text_or_empty("refers_to");
  source.location = location_from(node);
  if (const auto repairs = node.optional("repairs")) source.repairs = repairs->texts();
  return source;
}

}  // namespace

Json info_to_json(const DocumentInfo& info) {
  return Json::object({{"title", info.title},
                       {"file", info.file},
                       {"sha256", info.sha256},
                       {"media_type", info.media_type}});
}

DocumentInfo info_from(const JsonNode& node) {
  node.must_be_object();
  return {node.text_or_empty("title"), node.text_or_empty("file"), node.text_or_empty("sha256"),
          node.text_or_empty("media_type")};
}

void set_location(Json& object, const Location& location) {
  if (location == Location{}) return;
  object.set("location", Json::object({{"page", location.page},
                                       {"line", location.line},
                                       {"column", location.column},
                                       {"offset", std::uint64_t{location.offset}}}));
}

Location location_from(const JsonNode& owner) {
  const auto node = owner.optional("location");
  if (!node) return {};
  node->must_be_object();
  const auto small = [&](const char* name) {
    return static_cast<int>(std::min<std::size_t>(node->count_or_zero(name), 1U << 30U));
  };
  return {small("page"), small("line"), small("column"), node->count_or_zero("offset")};
}

Json sources_to_json(const std::vector<Source>& sources) {
  Json array = Json::array();
  for (const Source& source : sources) {
    Json object = Json::object({{"id", source.id},
                                {"label", source.label},
                                {"note", source.note},
                                {"urls", texts_to_json(source.urls)},
                                {"kind", name(source.kind)},
                                {"translated", source.translated}});
    if (!source.refers_to.empty()) object.set("refers_to", source.refers_to);
    set_location(object, source.location);
    if (!source.repairs.empty()) object.set("repairs", texts_to_json(source.repairs));
    array.push(std::move(object));
  }
  return array;
}

std::vector<Source> sources_from(const JsonNode& node) {
  std::vector<Source> sources;
  std::set<std::string> ids;
  for (const JsonNode& item : node.items()) {
    sources.push_back(read_source(item));
    if (!ids.insert(sources.back().id).second) {
      item.member("id").complain("the id \"" + sources.back().id +
                                 "\" is taken by an earlier source");
    }
  }
  return sources;
}

Json texts_to_json(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push(text);
  return array;
}

Json citation_to_json(const Citation& citation) {
  Json object = Json::object({{"id", citation.id},
                              {"heading", texts_to_json(citation.heading)},
                              {"title", citation.title},
                              {"place", citation.place},
                              {"date", citation.date},
                              {"quote", citation.quote ? Json(*citation.quote) : Json()},
                              {"sources", texts_to_json(citation.sources)}});
  set_location(object, citation.location);
  if (citation.part != 0) object.set("part", std::uint64_t{citation.part});
  return object;
}

Citation citation_from(const JsonNode& node) {
  Citation citation;
  citation.id = node.member("id").text();
  if (citation.id.empty()) node.member("id").complain("must not be empty");
  if (const auto heading = node.optional("heading")) citation.heading = heading->texts();
  citation.title = node.text_or_empty("title");
  citation.place = node.text_or_empty("place");
  citation.date = node.text_or_empty("date");
  citation.sources = node.member("sources").texts();
  citation.location = location_from(node);
  citation.part = node.count_or_zero("part");
  return citation;
}

void check_references(const JsonNode& citations, const Document& document) {
  std::set<std::string_view> known;
  for (const Source& source : document.sources) known.insert(source.id);
  std::set<std::string> ids;
  for (const JsonNode& citation : citations.items()) {
    const std::string id = citation.member("id").text();
    if (!ids.insert(id).second) {
      citation.member("id").complain("the id \"" + id + "\" is taken by an earlier citation");
    }
    const std::vector<JsonNode> sources = citation.member("sources").items();
    if (sources.empty())
      citation.member("sources").complain("a citation names at least one source");
    for (const JsonNode& source : sources) {
      const std::string wanted = source.text();
      if (!known.contains(wanted)) source.complain("no source has the id \"" + wanted + "\"");
    }
    const std::size_t part = citation.count_or_zero("part");
    if (part > 0 && part >= document.parts.size()) citation.member("part").complain("no such part");
  }
}

void set_parts(Json& object, const std::vector<DocumentInfo>& parts) {
  if (parts.empty()) return;
  Json array = Json::array();
  for (const DocumentInfo& part : parts) array.push(info_to_json(part));
  object.set("documents", std::move(array));
}

std::vector<DocumentInfo> parts_from(const JsonNode& node) {
  std::vector<DocumentInfo> parts;
  if (const auto array = node.optional("documents")) {
    for (const JsonNode& item : array->items()) parts.push_back(info_from(item));
  }
  return parts;
}

Json manifest_to_json(const Document& document) {
  Json citations = Json::array();
  for (const Citation& citation : document.citations) citations.push(citation_to_json(citation));
  Json warnings = Json::array();
  for (const Warning& warning : document.warnings) {
    Json object = Json::object({{"message", warning.message}});
    set_location(object, warning.location);
    warnings.push(std::move(object));
  }
  Json manifest = Json::object({{"schema", schema}, {"document", info_to_json(document.info)}});
  set_parts(manifest, document.parts);
  manifest.set("sources", sources_to_json(document.sources));
  manifest.set("citations", std::move(citations));
  if (!document.warnings.empty()) manifest.set("warnings", std::move(warnings));
  return manifest;
}

Result<Document> manifest_from_json(std::string_view text, const ReadLimits& limits) {
  const auto json = parse_json(text, limits);
  if (!json) return tl::unexpected(json.error());

  std::optional<Failure> problem;
  const JsonNode root(*json, problem);
  root.must_have_schema(schema);

  Document document;
  if (const auto info = root.optional("document")) document.info = info_from(*info);
  document.parts = parts_from(root);
  document.sources = sources_from(root.member("sources"));
  const JsonNode citations = root.member("citations");
  for (const JsonNode& item : citations.items()) {
    document.citations.push_back(citation_from(item));
    if (const auto quote = item.optional("quote")) document.citations.back().quote = quote->text();
  }
  check_references(citations, document);
  if (const auto warnings = root.optional("warnings")) {
    for (const JsonNode& item : warnings->items()) {
      document.warnings.push_back({item.member("message").text(), location_from(item)});
    }
  }
  if (problem) return tl::unexpected(*problem);
  return document;
}

bool looks_like_manifest(std::string_view text) {
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  if (text.starts_with(bom)) text.remove_prefix(bom.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{' &&
         text.find("\"loccit.") != std::string_view::npos;
}

}  // namespace loccit
