#include "archive/capture_copy.h"

#include <algorithm>

#include "archive/capture_metadata.h"
#include "archive/foreign_capture.h"
#include "archive/warc_format.h"

namespace loccit {
namespace {

struct OpenRecord {
  WarcReader reader;
  WarcRecord record;
};

Result<OpenRecord> record_at(const ByteSource& source, std::uint64_t offset,
                             const WarcLimits& limits) {
  auto reader = WarcReader::open(source, offset, limits);
  if (!reader) return tl::unexpected(reader.error());
  auto record = reader->next();
  if (!record) return tl::unexpected(record.error());
  if (!*record) {
    return fail(FailureKind::malformed,
                source.name() + " ends before byte " + std::to_string(offset), offset);
  }
  return OpenRecord{std::move(*reader), std::move(**record)};
}

}  // namespace

Result<void> CaptureCopier::copy(const CaptureEntry& entry) {
  return entry.metadata ? copy_ours(entry) : copy_foreign(entry);
}

Result<void> CaptureCopier::copy_bytes(const ByteSource& source, std::uint64_t from,
                                       std::uint64_t to, Spool& out) const {
  if (options_.places_only) return {};
  std::string piece(1U << 18U, '\0');
  while (from < to) {
    const auto got =
        source.read_at(from, piece.data(),
                       static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), to - from)));
    if (!got) return tl::unexpected(got.error());
    if (*got == 0)
      return fail(FailureKind::malformed, source.name() + " ends within a record", from);
    if (auto appended = out.append(Bytes(piece).substr(0, *got)); !appended) return appended;
    from += *got;
  }
  return {};
}

Result<void> CaptureCopier::copy_member(const Place& place, Spool& out) {
  if (!copied_.emplace(place.warc, place.offset).second) return {};
  const auto source = lookup_.open(place.warc);
  if (!source) return tl::unexpected(source.error());
  auto found = record_at(*source, place.offset, options_.limits);
  if (!found) return tl::unexpected(found.error());
  const auto end = found->reader.end_of_record();
  if (!end) return tl::unexpected(end.error());
  if (*end == 0)
    return fail(FailureKind::unsupported,
                place.warc + ": a record that shares its gzip member cannot be copied");
  return copy_bytes(*source, place.offset, *end, out);
}

// WARC 1.1 §6.7: looked for as resolve_revisit() does when it reads.
Result<void> CaptureCopier::copy_original(const WarcRecord& revisit, Spool& out) {
  const std::string_view digest = revisit.field("WARC-Payload-Digest");
  const auto date = from_iso8601(revisit.field("WARC-Refers-To-Date"));
  Result<std::optional<OriginalEntry>> found = std::optional<OriginalEntry>();
  if (date) found = lookup_.original_of(revisit.field("WARC-Refers-To-Target-URI"), *date);
  if (found && !*found && !digest.empty())
    found = lookup_.original_with(digest, revisit.target_uri);
  if (found && !*found && !digest.empty()) found = lookup_.original_with(digest, "");
  if (!found) return tl::unexpected(found.error());
  if (!*found) {
    return fail(FailureKind::not_found,
                "the archive does not hold what the revisit record " + revisit.id + " refers to");
  }
  return copy_member((*found)->place, out);
}

// Ahead of the capture's own records: what a revisit in it refers to, and certificate chains that
// the file held already.
Result<void> CaptureCopier::copy_dependencies(const CaptureEntry& entry, std::uint64_t end) {
  const auto source = lookup_.open(entry.record.warc);
  if (!source) return tl::unexpected(source.error());
  auto reader = WarcReader::open(*source, entry.first, options_.limits);
  if (!reader) return tl::unexpected(reader.error());
  std::set<std::string> own_chains;
  for (;;) {
    const auto record = reader->next();
    if (!record) return tl::unexpected(record.error());
    if (!*record || (*record)->offset >= end) return {};
    if ((*record)->type == warc::revisit) {
      if (auto copied = copy_original(**record, out_.ours); !copied) return copied;
    }
    if ((*record)->field("Content-Type") == warc::pem_chain)
      own_chains.insert((*record)->target_uri);
    if ((*record)->offset != *entry.metadata) continue;
    const auto json = read_checked_block(*reader, **record, options_.limits.max_json);
    if (!json) return tl::unexpected(json.error());
    const auto capture = read_capture_metadata(*json, {.max_bytes = options_.limits.max_json});
    if (!capture) return tl::unexpected(capture.error());
    for (const HopRecords& hop : capture->records) {
      if (hop.chain_sha256.empty() ||
          own_chains.count(std::string(warc::chain_target) + hop.chain_sha256) > 0)
        continue;
      const auto place = lookup_.chain(hop.chain_sha256);
      if (!place) return tl::unexpected(place.error());
      if (!*place)
        return fail(FailureKind::not_found,
                    "the archive does not hold the certificate chain sha256:" + hop.chain_sha256);
      if (auto copied = copy_member(**place, out_.ours); !copied) return copied;
    }
  }
}

Result<void> CaptureCopier::copy_ours(const CaptureEntry& entry) {
  if (!copied_.emplace("capture in " + entry.record.warc, entry.first).second) return {};
  const auto source = lookup_.open(entry.record.warc);
  if (!source) return tl::unexpected(source.error());
  auto last = record_at(*source, *entry.metadata, options_.limits);
  if (!last) return tl::unexpected(last.error());
  const auto end = last->reader.end_of_record();
  if (!end) return tl::unexpected(end.error());
  if (auto copied = copy_dependencies(entry, *end); !copied) return copied;
  if (auto copied = copy_bytes(*source, entry.first, *end, out_.ours); !copied) return copied;
  return copy_text(entry);
}

Result<void> CaptureCopier::copy_text(const CaptureEntry& entry) {
  const auto place = text_of_(entry.record.id);
  if (!place) return tl::unexpected(place.error());
  if (!*place) return {};
  const auto source = lookup_.open((*place)->warc);
  if (!source) return tl::unexpected(source.error());
  auto found = record_at(*source, (*place)->offset, options_.limits);
  if (!found) return tl::unexpected(found.error());
  const auto end = found->reader.end_of_record();
  if (!end) return tl::unexpected(end.error());
  if (*end - (*place)->offset > options_.max_text_member) return {};
  return copy_bytes(*source, (*place)->offset, *end, out_.ours);
}

// Its redirects are captures of their own, found as read_foreign_capture() finds them.
Result<void> CaptureCopier::copy_foreign(const CaptureEntry& first) {
  const auto snapshot = read_foreign_capture(first, lookup_, options_.limits);
  if (!snapshot) return tl::unexpected(snapshot.error());
  CaptureEntry entry = first;
  for (std::size_t hop = 0;; ++hop) {
    const Place place{entry.record.warc, entry.record.offset};
    const auto source = lookup_.open(place.warc);
    if (!source) return tl::unexpected(source.error());
    const auto found = record_at(*source, place.offset, options_.limits);
    if (!found) return tl::unexpected(found.error());
    if (found->record.type == warc::revisit) {
      if (auto copied = copy_original(found->record, out_.others); !copied) return copied;
    }
    if (auto copied = copy_member(place, out_.others); !copied) return copied;
    if (hop + 1 >= snapshot->exchange.hops.size()) return {};
    auto next =
        nearest_capture(snapshot->exchange.hops[hop + 1].url, entry.record.fetched_at, lookup_);
    if (!next) return tl::unexpected(next.error());
    if (!*next || (*next)->metadata) return {};
    entry = std::move(**next);
  }
}

}  // namespace loccit
