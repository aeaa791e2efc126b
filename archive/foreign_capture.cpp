#include "archive/foreign_capture.h"

#include <algorithm>
#include <set>

#include "archive/http_block.h"
#include "archive/warc_format.h"
#include "base/digest.h"
#include "base/url.h"

namespace loccit {
namespace {

constexpr std::size_t most_redirects = 20;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Tools that store a decoded body and keep the header that says otherwise (evidence-formats §1.6):
// a coding that the bytes do not wear is taken off the headers, so that nobody tries to undo it.
// The head itself stays as stored.
void drop_false_codings(Hop& hop) {
  const Bytes body = hop.body.view();
  const auto drop = [&](std::string_view name) {
    std::erase_if(hop.headers,
                  [&](const Header& header) { return !header_value({header}, name).empty(); });
  };
  if (!header_value(hop.headers, "Transfer-Encoding").empty() && !remove_chunking(body))
    drop("Transfer-Encoding");
  const std::string_view coding = header_value(hop.headers, "Content-Encoding");
  const HopPayload payload(hop);
  if (coding == "gzip" && payload.view().substr(0, 2) != "\x1f\x8b") drop("Content-Encoding");
}

Result<WarcReader> reader_at(const Place& place, const RecordLookup& lookup,
                             const WarcLimits& limits) {
  auto source = lookup.open(place.warc);
  if (!source) return tl::unexpected(source.error());
  return WarcReader::open(std::move(*source), place.offset, limits);
}

// A resource in place of a response: no head came with it, so the plainest one stands for it.
void stand_in_head(Hop& hop, const WarcRecord& record) {
  hop.response_head =
      "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(record.field("Content-Type")) + "\r\n\r\n";
  read_head(hop);
}

Result<Hop> read_hop(const CaptureEntry& entry, const RecordLookup& lookup,
                     const WarcLimits& limits) {
  auto reader = reader_at({entry.record.warc, entry.record.offset}, lookup, limits);
  if (!reader) return tl::unexpected(reader.error());
  const auto record = reader->next();
  if (!record) return tl::unexpected(record.error());
  if (!*record || (*record)->id != entry.record.id) {
    return fail(FailureKind::conflict, entry.record.warc + ", byte " +
                                           std::to_string(entry.record.offset) +
                                           ": here does not stand the record that the index says");
  }
  const bool resource = (*record)->type == warc::resource;
  auto hop = read_http_record(*reader, **record,
                              resource ? std::optional<std::uint64_t>(0) : std::nullopt, limits);
  if (!hop) return hop;
  if (resource) stand_in_head(*hop, **record);
  if ((*record)->type == warc::revisit) {
    if (auto resolved = resolve_revisit(**record, *hop, lookup, limits); !resolved)
      return tl::unexpected(resolved.error());
  }
  drop_false_codings(*hop);
  return hop;
}

}  // namespace

Result<std::optional<CaptureEntry>> nearest_capture(std::string_view url, Timestamp time,
                                                    const RecordLookup& lookup) {
  auto captures = lookup.captures_of(url);
  if (!captures) return tl::unexpected(captures.error());
  const auto distance = [&](const CaptureEntry& entry) {
    return std::chrono::abs(entry.record.fetched_at - time);
  };
  const auto best = std::min_element(
      captures->begin(), captures->end(),
      [&](const CaptureEntry& a, const CaptureEntry& b) { return distance(a) < distance(b); });
  if (best == captures->end()) return std::optional<CaptureEntry>();
  return std::optional(std::move(*best));
}

Result<Snapshot> read_foreign_capture(const CaptureEntry& first, const RecordLookup& lookup,
                                      const WarcLimits& limits) {
  Snapshot snapshot;
  Exchange& exchange = snapshot.exchange;
  exchange.requested_url = first.record.requested_url;
  exchange.started_at = first.record.fetched_at;
  std::set<std::string> seen;
  CaptureEntry entry = first;
  for (;;) {
    auto hop = read_hop(entry, lookup, limits);
    if (!hop) return tl::unexpected(hop.error());
    snapshot.record = entry.record;
    snapshot.record.final_url = hop->url;
    const std::string location(header_value(hop->headers, "Location"));
    const bool goes_on = is_redirect(hop->status) && !location.empty();
    const auto target = goes_on ? resolve_url(hop->url, location) : fail(FailureKind::empty, "");
    seen.insert(hop->url);
    exchange.hops.push_back(std::move(*hop));
    if (!goes_on) break;
    if (exchange.hops.size() > most_redirects || (target && seen.contains(*target))) {
      exchange.failure =
          FetchFailure{FetchFault::too_many_redirects, "the archived redirects never end"};
      break;
    }
    const auto next = target ? nearest_capture(*target, entry.record.fetched_at, lookup)
                             : std::optional<CaptureEntry>();
    if (!next) return tl::unexpected(next.error());
    if (!*next || (*next)->metadata) {
      exchange.failure =
          FetchFailure{FetchFault::offline, "the archive holds the redirect to " +
                                                target.value_or(location) + ", but not that page"};
      break;
    }
    entry = std::move(**next);
  }
  const HopPayload payload(exchange.hops.back());
  snapshot.record.requested_url = exchange.requested_url;
  snapshot.record.sha256 = to_hex(sha256(payload.view()));
  snapshot.record.bytes = payload.view().size();
  snapshot.record.status = exchange.failure ? 0 : exchange.hops.back().status;
  snapshot.record.media_type =
      parse_content_type(header_value(exchange.hops.back().headers, "Content-Type")).media_type;
  return snapshot;
}

}  // namespace loccit
