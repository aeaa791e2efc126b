#include "archive/warc_scan.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "archive/capture_metadata.h"
#include "archive/capture_reader.h"
#include "archive/http_block.h"
#include "archive/warc_format.h"
#include "archive/warc_reader.h"
#include "base/digest.h"

namespace loccit {
namespace {

constexpr std::size_t batch = 500;  // entries handed on at once
constexpr std::size_t most_tries_to_go_on =
    1000;  // places that look like a member but are none, after damage

bool is_web(std::string_view target) {
  return target.substr(0, 7) == "http://" || target.substr(0, 8) == "https://";
}

// What the bytes are to blame for. Anything else (a bad disk, no space for a temporary file) says
// nothing of them.
bool is_damage(const Failure& failure) {
  return failure.kind == FailureKind::malformed || failure.kind == FailureKind::too_large ||
         failure.kind == FailureKind::conflict || failure.kind == FailureKind::unsupported;
}

// The first place from `from` on where a gzip member with a WARC record begins.
std::optional<std::uint64_t> find_next_record(const ByteSource& source, std::uint64_t from,
                                              const WarcLimits& limits) {
  std::string window(1U << 18U, '\0');
  std::size_t tries = 0;
  while (from < source.size()) {
    const auto got = source.read_at(from, window.data(), window.size());
    if (!got || *got < 18) return std::nullopt;
    const Bytes bytes = Bytes(window).substr(0, *got);
    for (std::size_t at = bytes.find("\x1f\x8b\x08"); at != Bytes::npos;
         at = bytes.find("\x1f\x8b\x08", at + 1)) {
      if (++tries > most_tries_to_go_on) return std::nullopt;
      auto reader = WarcReader::open(source, from + at, limits);
      if (!reader) return std::nullopt;
      const auto record = reader->next();
      if (record && *record) return from + at;
    }
    if (*got < window.size()) return std::nullopt;
    from += *got - 2;
  }
  return std::nullopt;
}

class Scanner {
 public:
  Scanner(const ByteSource& source, const EntrySink& sink, const WarcLimits& limits)
      : source_(source), sink_(sink), limits_(limits) {}

  Result<WarcScan> scan(std::uint64_t start) {
    scan_.ours = begins_as_ours();
    scan_.whole_to = start;
    std::uint64_t from = start;
    for (;;) {
      const auto stopped = scan_from(from);
      if (!stopped) return tl::unexpected(stopped.error());
      if (!*stopped) break;
      if (!is_damage(**stopped)) return tl::unexpected(**stopped);
      // Damage. What lies whole behind it still counts; where nothing does, the tail is torn.
      const std::uint64_t damaged = std::max((*stopped)->offset.value_or(from), from);
      const auto next = find_next_record(source_, damaged + 1, limits_);
      if (!next) {
        if (!scan_.torn) scan_.torn = **stopped;
        break;
      }
      scan_.faults.push_back(**stopped);
      drop_capture();
      from = *next;
    }
    if (!records_.empty() && !scan_.torn) scan_.torn = incomplete();
    if (auto flushed = flush(); !flushed) return tl::unexpected(flushed.error());
    return std::move(scan_);
  }

 private:
  bool begins_as_ours() const {
    auto reader = WarcReader::open(source_, 0, limits_);
    if (!reader) return false;
    const auto record = reader->next();
    if (!record || !*record || (*record)->type != warc::warcinfo) return false;
    const auto block = reader->read_rest(limits_.max_header);
    const std::string line =
        std::string(warc::layout_field) + ": " + std::string(warc::capture_layout) + "\r\n";
    return block && block->find(line) != std::string::npos;
  }

  // To the end of the file (nullopt), or to a fault.
  Result<std::optional<Failure>> scan_from(std::uint64_t from) {
    auto reader = WarcReader::open(source_, from, limits_);
    if (!reader) return std::optional(reader.error());
    for (;;) {
      const auto record = reader->next();
      if (!record) return std::optional(record.error());
      if (!*record) return std::optional<Failure>();
      if (const auto taken = take(*reader, **record); !taken) return std::optional(taken.error());
      if (pending_.captures.size() + pending_.texts.size() >= batch) {
        if (auto flushed = flush(); !flushed) return tl::unexpected(flushed.error());
      }
    }
  }

  Result<void> take(WarcReader& reader, const WarcRecord& record) {
    return scan_.ours ? take_ours(reader, record) : take_others(reader, record);
  }

  Result<void> take_ours(WarcReader& reader, const WarcRecord& record) {
    std::string json;
    const bool capture = record.field("Content-Type") == warc::capture_json;
    if (capture) {
      auto block = read_checked_block(reader, record, limits_.max_json);
      if (!block) return tl::unexpected(block.error());
      json = std::move(*block);
    }
    const auto end = reader.end_of_record();
    if (!end) return tl::unexpected(end.error());
    if (*end == 0) return reader_fault(record, "shares its gzip member with another");
    if (record.type == warc::warcinfo || record.type == warc::conversion) {
      if (!records_.empty()) scan_.faults.push_back(incomplete());
      drop_capture();
      if (record.type == warc::conversion)
        pending_.texts.push_back({std::string(record.field("WARC-Refers-To")), record.offset});
      return whole(*end);
    }
    records_[record.id] = {record.offset, *end - record.offset};
    if (records_.size() == 1) first_ = record.offset;
    if (record.field("Content-Type") == warc::pem_chain) {
      in_capture_.chains.push_back(
          {record.target_uri.substr(std::min(record.target_uri.size(), warc::chain_target.size())),
           record.offset});
    }
    if (record.type == warc::response && record.field("WARC-Truncated").empty()) {
      in_capture_.originals.push_back({record.target_uri,
                                       record.date.value_or(Timestamp()),
                                       std::string(record.field("WARC-Payload-Digest")),
                                       record.id,
                                       {"", record.offset}});
    }
    return capture ? finish_capture(json, record, *end) : Result<void>();
  }

  Result<void> finish_capture(const std::string& json, const WarcRecord& record,
                              std::uint64_t end) {
    const auto capture = read_capture_metadata(json, {.max_bytes = limits_.max_json});
    const auto at = capture ? records_.find(capture->snapshot.id) : records_.end();
    if (at == records_.end())
      return reader_fault(record, "does not describe the capture that it ends");
    CaptureEntry entry{.record = capture->snapshot, .first = first_, .metadata = record.offset};
    entry.record.offset = at->second.offset;
    entry.record.length = at->second.length;
    for (std::size_t i = 0; i < capture->records.size();
         ++i) {  // a 304 without a revisit is nothing to refer to
      if (capture->exchange.hops[i].status != 304) continue;
      std::erase_if(in_capture_.originals, [&](const OriginalEntry& original) {
        return original.id == capture->records[i].response_id;
      });
    }
    pending_.captures.push_back(std::move(entry));
    std::move(in_capture_.originals.begin(), in_capture_.originals.end(),
              std::back_inserter(pending_.originals));
    std::move(in_capture_.chains.begin(), in_capture_.chains.end(),
              std::back_inserter(pending_.chains));
    drop_capture();
    return whole(end);
  }

  // Another tool's file: a capture is a response (or a resource in place of one, or a revisit) of a
  // web address.
  Result<void> take_others(WarcReader& reader, const WarcRecord& record) {
    const bool http = record.type == warc::response || record.type == warc::revisit;
    const bool counts = is_web(record.target_uri) && (http || record.type == warc::resource);
    CaptureEntry entry;
    std::string digest(record.field("WARC-Payload-Digest"));
    if (counts) {
      auto hop = read_http_record(reader, record,
                                  http ? std::nullopt : std::optional<std::uint64_t>(0), limits_);
      if (!hop) return tl::unexpected(hop.error());
      describe(*hop, record, entry);
      if (digest.empty()) digest = "sha256:" + entry.record.sha256;
    }
    const auto end = reader.end_of_record();
    if (!end) return tl::unexpected(end.error());
    if (*end == 0 || !record.own_member)
      return reader_fault(record, "shares its gzip member with another: import the file");
    if (counts) {
      entry.record.length = *end - record.offset;
      if (record.type != warc::revisit) {
        pending_.originals.push_back(
            {record.target_uri, entry.record.fetched_at, digest, record.id, {"", record.offset}});
      }
      pending_.captures.push_back(std::move(entry));
    }
    return whole(*end);
  }

  static void describe(const Hop& hop, const WarcRecord& record, CaptureEntry& entry) {
    SnapshotRecord& snapshot = entry.record;
    snapshot.id = record.id;
    snapshot.requested_url = snapshot.final_url = record.target_uri;
    snapshot.fetched_at = record.date.value_or(Timestamp());
    snapshot.offset = entry.first = record.offset;
    snapshot.status = hop.status;
    snapshot.media_type = parse_content_type(header_value(hop.headers, "Content-Type")).media_type;
    if (record.type == warc::resource) {
      snapshot.status = 200;
      snapshot.media_type = parse_content_type(record.field("Content-Type")).media_type;
    }
    if (record.type == warc::revisit) {
      snapshot.revisit_of = record.field("WARC-Refers-To");
      return;
    }
    const HopPayload payload(hop);
    snapshot.sha256 = to_hex(sha256(payload.view()));
    snapshot.bytes = payload.view().size();
  }

  Result<void> whole(std::uint64_t end) {
    pending_.indexed_to = scan_.whole_to = end;
    return {};
  }

  Result<void> flush() {
    pending_.indexed_to = scan_.whole_to;
    const auto taken = sink_(pending_);
    pending_ = {};
    return taken;
  }

  void drop_capture() {
    records_.clear();
    in_capture_ = {};
  }

  Failure incomplete() const {
    return {
        FailureKind::malformed,
        source_.name() + ", byte " + std::to_string(first_) + ": a capture that was never finished",
        first_};
  }

  tl::unexpected<Failure> reader_fault(const WarcRecord& record, std::string_view what) const {
    return fail(FailureKind::malformed,
                source_.name() + ", byte " + std::to_string(record.offset) + ": the " +
                    record.type + " record " + record.id + " " + std::string(what),
                record.offset);
  }

  struct Stored {
    std::uint64_t offset = 0, length = 0;
  };
  const ByteSource& source_;
  const EntrySink& sink_;
  const WarcLimits& limits_;
  WarcScan scan_;
  IndexEntries pending_;
  IndexEntries in_capture_;                // of the capture that is not whole yet
  std::map<std::string, Stored> records_;  // of that capture
  std::uint64_t first_ = 0;                // where it begins
};

}  // namespace

Result<WarcScan> scan_warc(const ByteSource& source, std::uint64_t start, const EntrySink& sink,
                           const WarcLimits& limits) {
  return Scanner(source, sink, limits).scan(start);
}

}  // namespace loccit
