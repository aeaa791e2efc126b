#include "archive/capture_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "archive/block_digest.h"
#include "archive/capture_metadata.h"
#include "archive/http_block.h"
#include "archive/warc_format.h"

namespace loccit {
namespace {

tl::unexpected<Failure> fail_in(const WarcReader& reader, const WarcRecord& record,
                                FailureKind kind, std::string_view what) {
  return fail(kind,
              reader.source().name() + ", byte " + std::to_string(record.offset) + ": the " +
                  record.type + " record " + record.id + " " + std::string(what),
              record.offset);
}

tl::unexpected<Failure> digest_broken(const WarcReader& reader, const WarcRecord& record) {
  return fail_in(reader, record, FailureKind::conflict,
                 "does not match its digest: it was damaged or changed");
}

Result<std::pair<WarcReader, WarcRecord>> record_at(const Place& place, const RecordLookup& lookup,
                                                    const WarcLimits& limits) {
  auto source = lookup.open(place.warc);
  if (!source) return tl::unexpected(source.error());
  auto reader = WarcReader::open(std::move(*source), place.offset, limits);
  if (!reader) return tl::unexpected(reader.error());
  auto record = reader->next();
  if (!record) return tl::unexpected(record.error());
  if (!*record) {
    return fail(FailureKind::malformed,
                place.warc + ": ends before byte " + std::to_string(place.offset), place.offset);
  }
  return std::pair(std::move(*reader), std::move(**record));
}

// Moves what belongs to the head out of the front of the block as it streams by. True once the head
// is whole.
class HeadSplitter {
 public:
  explicit HeadSplitter(std::optional<std::uint64_t> head_bytes) : wanted_(head_bytes) {}

  Bytes take(Bytes piece, std::string& head) {
    if (whole_) return piece;
    if (wanted_) {
      const auto size =
          static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), *wanted_ - head.size()));
      head.append(piece.substr(0, size));
      whole_ = head.size() == *wanted_;
      return piece.substr(size);
    }
    for (std::size_t at = 0; at < piece.size(); ++at) {
      head.push_back(piece[at]);
      if (piece[at] != '\n') continue;
      const Bytes line = Bytes(head).substr(line_at_);
      line_at_ = head.size();
      whole_ = line == "\r\n" || line == "\n";
      if (whole_) return piece.substr(at + 1);
    }
    return {};
  }

 private:
  std::optional<std::uint64_t> wanted_;
  std::size_t line_at_ = 0;
  bool whole_ = false;
};

}  // namespace

Result<std::string> read_checked_block(WarcReader& reader, const WarcRecord& record,
                                       std::size_t max_bytes) {
  auto block = reader.read_rest(max_bytes);
  if (!block) return block;
  BlockDigest digest(record.field("WARC-Block-Digest"));
  digest.update(*block);
  return digest.holds() ? std::move(block) : digest_broken(reader, record);
}

Result<Hop> read_http_record(WarcReader& reader, const WarcRecord& record,
                             std::optional<std::uint64_t> head_bytes, const WarcLimits& limits) {
  Hop hop;
  hop.url = record.target_uri;
  hop.started_at = record.date.value_or(Timestamp());
  hop.remote_address = record.field("WARC-IP-Address");
  hop.protocol = record.field("WARC-Protocol");
  hop.truncation = truncation_from(record.field("WARC-Truncated"));
  BlockDigest digest(record.field("WARC-Block-Digest"));
  HeadSplitter splitter(head_bytes);
  for (;;) {
    const auto piece = reader.read_some();
    if (!piece) return tl::unexpected(piece.error());
    if (piece->empty()) break;
    digest.update(*piece);
    const Bytes body = splitter.take(*piece, hop.response_head);
    if (hop.response_head.size() > limits.max_header && !head_bytes) {
      return fail_in(reader, record, FailureKind::too_large, "has an HTTP head without end");
    }
    if (const auto appended = hop.body.append(body); !appended)
      return tl::unexpected(appended.error());
  }
  if (!digest.holds()) return digest_broken(reader, record);
  read_head(hop);
  return hop;
}

Result<Hop> read_original(const Place& place, const RecordLookup& lookup,
                          const WarcLimits& limits) {
  auto found = record_at(place, lookup, limits);
  if (!found) return tl::unexpected(found.error());
  auto& [reader, record] = *found;
  if (record.type != warc::response)
    return fail_in(reader, record, FailureKind::conflict, "is no response");
  return read_http_record(reader, record, std::nullopt, limits);
}

Result<void> resolve_revisit(const WarcRecord& record, Hop& hop, const RecordLookup& lookup,
                             const WarcLimits& limits) {
  const std::string_view digest = record.field("WARC-Payload-Digest");
  const auto date = from_iso8601(record.field("WARC-Refers-To-Date"));
  std::optional<OriginalEntry> original;
  const auto look = [&](auto&& ask) -> Result<void> {
    if (original) return {};
    auto found = ask();
    if (!found) return tl::unexpected(found.error());
    original = std::move(*found);
    return {};
  };
  // As pywb: by URL and date first, else by what the payload was.
  if (date) {
    if (auto done = look(
            [&] { return lookup.original_of(record.field("WARC-Refers-To-Target-URI"), *date); });
        !done)
      return done;
  }
  if (!digest.empty()) {
    if (auto done = look([&] { return lookup.original_with(digest, record.target_uri); }); !done)
      return done;
    if (auto done = look([&] { return lookup.original_with(digest, ""); }); !done) return done;
  }
  if (!original) {
    return fail(FailureKind::not_found, "the archive does not hold what the revisit record " +
                                            record.id + " of " + record.target_uri + " refers to");
  }
  auto whole = read_original(original->place, lookup, limits);
  if (!whole) return tl::unexpected(whole.error());
  const HopPayload payload(*whole);
  if (!digest.empty() && matches_label(payload.view(), digest) == false &&
      matches_label(whole->body.view(), digest) == false) {
    return fail(FailureKind::conflict, "what the revisit record " + record.id + " of " +
                                           record.target_uri +
                                           " refers to has another payload than it says");
  }
  // §6.7.2, and revisits that kept no head: the answer is the one given before.
  if (hop.status == 304 || hop.response_head.empty()) {
    hop.response_head = std::move(whole->response_head);
    hop.status = whole->status;
    hop.headers = std::move(whole->headers);
  }
  hop.body = std::move(whole->body);
  hop.truncation = Truncation::none;
  return {};
}

namespace {

class CaptureReader {
 public:
  CaptureReader(const CaptureEntry& entry, const RecordLookup& lookup, const WarcLimits& limits)
      : entry_(entry), lookup_(lookup), limits_(limits) {}

  Result<Snapshot> read() {
    if (auto done = read_metadata(); !done) return tl::unexpected(done.error());
    if (auto done = read_records(); !done) return tl::unexpected(done.error());
    for (std::size_t i = 0; i < capture_.records.size(); ++i) {
      if (auto done = finish_hop(i); !done) return tl::unexpected(done.error());
    }
    return Snapshot{entry_.record, std::move(capture_.exchange)};
  }

 private:
  Result<void> read_metadata() {
    auto found = record_at({entry_.record.warc, *entry_.metadata}, lookup_, limits_);
    if (!found) return tl::unexpected(found.error());
    auto& [reader, record] = *found;
    if (record.field("Content-Type") != warc::capture_json)
      return fail_in(reader, record, FailureKind::conflict, "is no capture's");
    const auto json = read_checked_block(reader, record, limits_.max_json);
    if (!json) return tl::unexpected(json.error());
    auto capture = read_capture_metadata(*json, {.max_bytes = limits_.max_json});
    if (!capture)
      return fail_in(reader, record, capture.error().kind,
                     "cannot be read: " + capture.error().message);
    capture_ = std::move(*capture);
    if (capture_.snapshot.id != entry_.record.id) {
      return fail_in(reader, record, FailureKind::conflict,
                     "is of another snapshot: the index does not match the file");
    }
    for (std::size_t i = 0; i < capture_.records.size(); ++i) {
      if (!capture_.records[i].response_id.empty())
        responses_.emplace(capture_.records[i].response_id, i);
      if (!capture_.records[i].request_id.empty())
        requests_.emplace(capture_.records[i].request_id, i);
    }
    return {};
  }

  // From the capture's first record to its metadata.
  Result<void> read_records() {
    if (responses_.empty() && requests_.empty()) return {};
    auto source = lookup_.open(entry_.record.warc);
    if (!source) return tl::unexpected(source.error());
    auto reader = WarcReader::open(std::move(*source), entry_.first, limits_);
    if (!reader) return tl::unexpected(reader.error());
    for (;;) {
      const auto record = reader->next();
      if (!record) return tl::unexpected(record.error());
      if (!*record || (*record)->offset >= *entry_.metadata) break;
      if (auto done = take(*reader, **record); !done) return done;
    }
    if (responses_.empty() && requests_.empty()) return {};
    const std::string& missing =
        responses_.empty() ? requests_.begin()->first : responses_.begin()->first;
    return fail(FailureKind::malformed, entry_.record.warc + ", byte " +
                                            std::to_string(entry_.first) +
                                            ": the capture lacks its record " + missing);
  }

  Result<void> take(WarcReader& reader, const WarcRecord& record) {
    if (const auto at = requests_.find(record.id); at != requests_.end()) {
      auto head = read_checked_block(reader, record, limits_.max_json);
      if (!head) return tl::unexpected(head.error());
      capture_.exchange.hops[at->second].request_head = std::move(*head);
      requests_.erase(at);
    } else if (const auto answer = responses_.find(record.id); answer != responses_.end()) {
      const std::string target = warc::target_uri(capture_.exchange.hops[answer->second].url);
      if (record.type != warc::resource && record.target_uri != target) {
        return fail_in(reader, record, FailureKind::conflict,
                       "is of another URL than its capture says");
      }
      auto read = read_http_record(reader, record,
                                   capture_.records[answer->second].response_head_bytes, limits_);
      if (!read) return tl::unexpected(read.error());
      if (record.type == warc::revisit) {
        if (auto resolved = resolve_revisit(record, *read, lookup_, limits_); !resolved)
          return resolved;
      }
      Hop& hop = capture_.exchange.hops[answer->second];
      hop.response_head = std::move(read->response_head);
      hop.headers = std::move(read->headers);
      hop.body = std::move(read->body);
      if (record.type != warc::resource) hop.status = read->status;
      responses_.erase(answer);
    } else if (record.field("Content-Type") == warc::pem_chain) {
      auto pem = read_checked_block(reader, record, limits_.max_json);
      if (!pem) return tl::unexpected(pem.error());
      chains_[to_hex(sha256(*pem))] = std::move(*pem);
    }
    return {};
  }

  Result<void> finish_hop(std::size_t i) {
    const HopRecords& records = capture_.records[i];
    if (records.chain_sha256.empty()) return {};
    auto known = chains_.find(records.chain_sha256);
    if (known == chains_.end()) {
      auto pem = read_chain(records.chain_sha256);
      if (!pem) return tl::unexpected(pem.error());
      known = chains_.emplace(records.chain_sha256, std::move(*pem)).first;
    }
    std::size_t at = 0;
    for (const std::uint64_t size : records.chain_sizes) {
      if (size > known->second.size() - at)
        return fail(FailureKind::malformed,
                    "the capture's certificates are longer than their chain");
      capture_.exchange.hops[i].tls->chain_pem.push_back(
          known->second.substr(at, static_cast<std::size_t>(size)));
      at += static_cast<std::size_t>(size);
    }
    return {};
  }

  Result<std::string> read_chain(const std::string& digest) {
    const auto place = lookup_.chain(digest);
    if (!place) return tl::unexpected(place.error());
    if (!*place)
      return fail(FailureKind::not_found,
                  "the archive does not hold the certificate chain sha256:" + digest);
    auto found = record_at(**place, lookup_, limits_);
    if (!found) return tl::unexpected(found.error());
    auto pem = read_checked_block(found->first, found->second, limits_.max_json);
    if (pem && to_hex(sha256(*pem)) != digest) return digest_broken(found->first, found->second);
    return pem;
  }

  const CaptureEntry& entry_;
  const RecordLookup& lookup_;
  const WarcLimits& limits_;
  CaptureMetadata capture_;
  std::map<std::string, std::size_t> responses_, requests_;  // still to be found: id → hop
  std::map<std::string, std::string> chains_;
};

}  // namespace

Result<Snapshot> read_capture(const CaptureEntry& entry, const RecordLookup& lookup,
                              const WarcLimits& limits) {
  return CaptureReader(entry, lookup, limits).read();
}

}  // namespace loccit
