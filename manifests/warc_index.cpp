#include "manifests/warc_index.h"

#include <algorithm>

#include "archive/warc_format.h"
#include "archive/warc_reader.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "base/url.h"

namespace loccit {
namespace {

constexpr std::size_t max_head = 1U << 20U;

// Status and media type, from the beginning of the block alone.
Result<ResponseHead> read_head(WarcReader& reader) {
  std::string head;
  while (head.size() < max_head) {
    const auto piece = reader.read_some();
    if (!piece) return tl::unexpected(piece.error());
    if (piece->empty()) break;
    head.append(*piece);
    if (head.find("\r\n\r\n") != std::string::npos || head.find("\n\n") != std::string::npos) break;
  }
  return parse_response_head(head);
}

struct IndexLine {
  std::string key;
  Json json;
};

Result<IndexLine> index_line(WarcReader& reader, const WarcRecord& record,
                             const std::string& file_name) {
  IndexLine line;
  const std::string digits = record.date ? to_digits14(*record.date) : "00000000000000";
  line.key = surt(record.target_uri) + " " + digits;
  line.json =
      Json::object({{"url", record.target_uri}, {"digest", record.field("WARC-Payload-Digest")}});
  if (record.type == warc::resource) {
    line.json.set("mime", parse_content_type(record.field("Content-Type")).media_type);
    line.json.set("status", 200);
  } else if (const auto head = read_head(reader)) {
    const bool revisit = record.type == warc::revisit;
    line.json.set("mime",
                  revisit
                      ? "warc/revisit"
                      : parse_content_type(header_value(head->headers, "Content-Type")).media_type);
    line.json.set("status", head->status);
  } else {
    return tl::unexpected(head.error());
  }
  line.json.set("filename", file_name);
  return line;
}

std::string cut(std::string text, std::size_t max) {
  if (text.size() <= max) return text;
  while (max > 0 && is_continuation(text[max])) --max;  // between code points
  text.resize(max);
  return text;
}

}  // namespace

bool is_indexed(const WarcRecord& record) {
  const bool web =
      record.target_uri.substr(0, 7) == "http://" || record.target_uri.substr(0, 8) == "https://";
  return web && (record.type == warc::response || record.type == warc::revisit ||
                 record.type == warc::resource);
}

Result<std::string> index_warc(Bytes warc, const std::string& file_name) {
  auto reader = WarcReader::open(ByteSource::of(warc, file_name));
  if (!reader) return tl::unexpected(reader.error());
  std::vector<std::string> lines;
  for (;;) {
    const auto record = reader->next();
    if (!record) return tl::unexpected(record.error());
    if (!*record) break;
    if (!is_indexed(**record)) continue;
    auto line = index_line(*reader, **record, file_name);
    if (!line) continue;  // what answered, but not in HTTP, cannot be replayed
    const auto end = reader->end_of_record();
    if (!end) return tl::unexpected(end.error());
    const Bytes member = warc.substr((*record)->offset, *end - (*record)->offset);
    line->json.set("offset", static_cast<std::int64_t>((*record)->offset));
    line->json.set("length", static_cast<std::int64_t>(member.size()));
    line->json.set("recordDigest", label(sha256(member)));
    lines.push_back(line->key + " " + write_json(line->json) + "\n");
  }
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

std::string write_pages(const std::vector<BundlePage>& pages, std::size_t max_text) {
  std::string out = write_json(Json::object({{"format", "json-pages-1.0"},
                                             {"id", "pages"},
                                             {"title", "All Pages"},
                                             {"hasText", true}})) +
                    "\n";
  for (const BundlePage& page : pages) {
    out += write_json(Json::object({{"id", page.id},
                                    {"url", page.url},
                                    {"ts", to_iso8601(page.fetched_at)},
                                    {"title", page.title},
                                    {"text", cut(page.text, max_text)}})) +
           "\n";
  }
  return out;
}

}  // namespace loccit
