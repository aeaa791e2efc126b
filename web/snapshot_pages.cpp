#include <charconv>

#include "base/text.h"
#include "ci/escape.h"
#include "verifier/judge.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/replay.h"

namespace loccit {
namespace {

constexpr std::size_t text_shown = 400'000;  // bytes; the whole of it is a link away

Result<Snapshot> find(const Archive& archive, std::string_view id) {
  const auto record = archive.find("urn:uuid:" + std::string(id));
  if (!record)
    return fail(FailureKind::not_found, "the archive holds no snapshot " + std::string(id));
  return archive.get(*record);
}

// The text that verdicts were made on; read anew where it was not kept.
std::string text_of(const Archive& archive, const Snapshot& snapshot) {
  if (auto kept = archive.text_of(snapshot.record); kept && *kept) return std::move(**kept);
  return read_snapshot(snapshot, Policy{}).content.text;
}

std::optional<std::size_t> number_of(const WebRequest& request, std::string_view name) {
  const auto text = parameter(request.query, name);
  std::size_t number = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

// What is shown of the text, with the passage marked that the request names.
std::string marked_text(const std::string& text, const WebRequest& request) {
  const auto begin = number_of(request, "begin");
  const auto end = number_of(request, "end");
  if (!begin || !end || *begin >= *end)
    return escape_markup(text.substr(0, byte_offset(text, text_shown / 4)));
  const std::size_t from = byte_offset(text, *begin);
  const std::size_t to = byte_offset(text, *end);
  std::size_t first = from > text_shown / 2 ? from - text_shown / 2 : 0;
  std::size_t last = std::min(text.size(), to + text_shown / 2);
  const auto inside = [&](std::size_t at) { return at < text.size() && is_continuation(text[at]); };
  while (inside(first)) ++first;
  while (inside(last)) ++last;
  return escape_markup(std::string_view(text).substr(first, from - first)) +
         "<mark id=\"passage\">" + escape_markup(std::string_view(text).substr(from, to - from)) +
         "</mark>" + escape_markup(std::string_view(text).substr(to, last - to));
}

std::string fact(const char* term, const std::string& html) {
  return std::string("<dt>") + term + "</dt><dd>" + html + "</dd>";
}

std::string facts(const SnapshotRecord& record) {
  std::string html = "<dl class=\"facts\">" + fact("Fetched", time_element(record.fetched_at)) +
                     fact("Asked for", outside_link(record.requested_url));
  if (record.final_url != record.requested_url)
    html += fact("Answered by", outside_link(record.final_url));
  html += fact("Status", record.status == 0 ? "no answer" : std::to_string(record.status));
  if (record.untrusted) html += fact("Trust", "fetched without a certificate to be trusted");
  if (!record.sha256.empty()) {
    html += fact("SHA-256 of the payload", "<code>" + escape_markup(record.sha256) + "</code>") +
            fact("Payload",
                 escape_markup(record.media_type) + ", " + std::to_string(record.bytes) + " bytes");
  }
  return html + fact("Record", "<code>" + escape_markup(record.id) + "</code>") +
         fact("In the archive", "<code>" + escape_markup(record.warc) + "</code> at byte " +
                                    std::to_string(record.offset)) +
         "</dl>\n";
}

std::string heads(const Exchange& exchange) {
  std::string html;
  for (const Hop& hop : exchange.hops) {
    html +=
        "<pre class=\"head\" tabindex=\"0\" role=\"region\" aria-label=\"Request and response "
        "headers\">" +
        escape_markup(repair_utf8(hop.request_head)) +
        escape_markup(repair_utf8(hop.response_head)) + "</pre>\n";
  }
  return html;
}

}  // namespace

WebResponse snapshot_page(const WebRequest& request, const Archive& archive, std::string_view id) {
  const auto snapshot = find(archive, id);
  if (!snapshot) return failure_page(snapshot.error());
  const std::string address = "/snapshot/" + std::string(id);
  std::string html = facts(snapshot->record);
  if (snapshot->exchange.failure)
    html += "<p>" + escape_markup(snapshot->exchange.failure->message) + ".</p>\n";
  if (snapshot->record.status != 0) {
    html += "<p>" + link(address + "/text", "All of its text") + " · " +
            link(address + "/payload", "Its bytes") + " · " +
            link("/timemap/link/" + snapshot->record.requested_url, "TimeMap of this address") +
            "</p>\n<h2>Text</h2>\n<pre class=\"text\" tabindex=\"0\" role=\"region\" "
            "aria-label=\"Text of the snapshot\">" +
            marked_text(text_of(archive, *snapshot), request) +
            "</pre>\n<h2>As it looks</h2>\n<p class=\"soft\">Without its scripts, and without what "
            "it would have fetched.</p>\n<iframe class=\"frame\" sandbox referrerpolicy="
            "\"no-referrer\" loading=\"lazy\" title=\"The archived page\" src=\"/replay/" +
            escape_markup(id) + "\"></iframe>\n";
  }
  html += "<h2>As sent and received</h2>\n" + heads(snapshot->exchange);
  return html_page({"Snapshot of " + snapshot->record.requested_url, html, ""});
}

WebResponse snapshot_text(const Archive& archive, std::string_view id) {
  const auto snapshot = find(archive, id);
  if (!snapshot) return failure_page(snapshot.error());
  return plain_text(200, text_of(archive, *snapshot));
}

WebResponse snapshot_replay(const Archive& archive, std::string_view id) {
  const auto snapshot = find(archive, id);
  return snapshot ? replay(*snapshot) : failure_page(snapshot.error());
}

WebResponse snapshot_payload(const Archive& archive, std::string_view id) {
  const auto snapshot = find(archive, id);
  if (!snapshot) return failure_page(snapshot.error());
  WebResponse response{200, "application/octet-stream", {}, payload_of(*snapshot), {}};
  response.headers.push_back({"Content-Disposition", "attachment; filename=\"snapshot\""});
  return response;
}

}  // namespace loccit
