#include <algorithm>

#include "base/digest.h"
#include "base/url.h"
#include "manifests/citation_manifest.h"
#include "registry/recording.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

constexpr std::chrono::hours usual_interval{7 * 24};

std::vector<const Source*> sources_of(const Document& document, const Citation& citation) {
  std::vector<const Source*> found;
  for (const std::string& id : citation.sources) {
    const auto source = std::find_if(document.sources.begin(), document.sources.end(),
                                     [&](const Source& s) { return s.id == id; });
    if (source != document.sources.end()) found.push_back(&*source);
  }
  return found;
}

std::string lines_of_urls(const Document& document, const Citation& citation) {
  std::string lines;
  for (const Source* source : sources_of(document, citation)) {
    for (const std::string& url : source->urls) lines += (lines.empty() ? "" : "\n") + url;
  }
  return lines;
}

// So that the citation can be looked at again, and shown, without its document.
std::string own_manifest(const Document& document, const Citation& citation) {
  Document alone;
  alone.info = document.info;
  for (const Source* source : sources_of(document, citation)) alone.sources.push_back(*source);
  alone.citations = {citation};
  alone.citations[0].part = 0;
  return write_json(manifest_to_json(alone));
}

}  // namespace

std::string fingerprint(const Document& document, const Citation& citation) {
  const std::string urls = lines_of_urls(document, citation);
  std::string words;
  if (citation.quote) {
    words = *citation.quote;
  } else {
    words = "\x1f" + citation.title;
    // Nothing else tells one unpublished letter from another.
    for (const Source* source : sources_of(document, citation))
      words += urls.empty() ? "\x1f" + source->note : "";
  }
  // As JSON, which mends what is no UTF-8: the same before and after it went through a manifest.
  return to_hex(sha256(write_json(Json(words + "\x1e" + urls)))).substr(0, 32);
}

Enrolment::Enrolment(Sql& sql, const Document& document, const std::string& name, Timestamp now)
    : sql_(sql), document_(document), now_(now) {
  const DocumentInfo& info = document.info;
  const SqlRow row =
      sql_.query(
              "INSERT INTO document (name, title, sha256, media_type, added_at, interval_hours, "
              "next_check) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET "
              "title = excluded.title, sha256 = excluded.sha256, media_type = excluded.media_type "
              "RETURNING id, interval_hours",
              {name, info.title, info.sha256, info.media_type, to_stored(now),
               std::int64_t{usual_interval.count()}, to_stored(now + usual_interval)})
          .at(0);
  document_id_ = row.integer(0);
  interval_ = std::chrono::hours(row.integer(1));
}

EnrolledCitation Enrolment::citation(std::size_t index) {
  const Citation& citation = document_.citations.at(index);
  const std::string urls = lines_of_urls(document_, citation);
  const auto url = parse_url(urls.substr(0, urls.find('\n')));
  const SqlRow row =
      sql_.query(
              "INSERT INTO citation (document_id, fingerprint, label, title, quote, urls, "
              "standing, since, next_look, standing_state, first_seen, last_seen, position, "
              "host, manifest) VALUES ($1, $2, $3, $4, $5, $6, 'new', $7, $7, $8, $7, $7, $9, "
              "$10, $11) ON CONFLICT (document_id, fingerprint) DO UPDATE SET label = "
              "excluded.label, title = excluded.title, last_seen = excluded.last_seen, position = "
              "excluded.position, host = excluded.host, manifest = excluded.manifest, present = 1 "
              "RETURNING id, standing_state, interval_hours, next_look",
              {document_id_, fingerprint(document_, citation), citation.id, citation.title,
               citation.quote ? SqlValue(*citation.quote) : SqlValue(), urls, to_stored(now_),
               to_stored(Standing{}), static_cast<std::int64_t>(index), url ? url->host : "",
               own_manifest(document_, citation)})
          .at(0);
  seen_.insert(row.integer(0));
  sql_.run(
      "INSERT INTO host (name, due_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET due_at = "
      "CASE WHEN excluded.due_at < host.due_at THEN excluded.due_at ELSE host.due_at END",
      {url ? url->host : "", row.integer(3)});
  return {row.integer(0), row.text(1), std::chrono::hours(row.integer(2))};
}

void Enrolment::forget_the_others() {
  for (const SqlRow& row : sql_.query(
           "SELECT id FROM citation WHERE document_id = $1 AND present = 1", {document_id_})) {
    if (!seen_.contains(row.integer(0)))
      sql_.run("UPDATE citation SET present = 0 WHERE id = $1", {row.integer(0)});
  }
}

}  // namespace loccit
