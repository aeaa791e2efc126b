#include "archive/import.h"

#include <algorithm>
#include <array>

#include "archive/archive_state.h"
#include "archive/gzip_member.h"
#include "archive/warc_format.h"
#include "archive/warc_verify.h"
#include "archive/warc_writer.h"
#include "base/digest.h"
#include "base/durable_file.h"

namespace loccit {
namespace {

constexpr std::size_t piece_size = 1U << 20U;

Result<void> for_each_piece(const ByteSource& source,
                            const std::function<Result<void>(Bytes)>& take) {
  std::string piece(piece_size, '\0');
  for (std::uint64_t at = 0;;) {
    const auto got = source.read_at(at, piece.data(), piece.size());
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return {};
    if (auto taken = take(Bytes(piece).substr(0, *got)); !taken) return taken;
    at += *got;
  }
}

Result<Sha256> digest_of(const ByteSource& source) {
  Sha256Stream hash;
  const auto read = for_each_piece(source, [&](Bytes piece) -> Result<void> {
    hash.update(piece);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return hash.finish();
}

// Whether the archive can read each record by its place, as the file is.
struct Survey {
  WarcCheck check;
  bool own_members = true;
};

Survey survey(const ByteSource& source, const WarcLimits& limits) {
  Survey out;
  out.check = verify_warc(
      source,
      [&](const WarcRecord& record) { out.own_members = out.own_members && record.own_member; },
      limits);
  return out;
}

bool is_gzip(const ByteSource& source) {
  std::array<char, 2> first{};
  const auto got = source.read_at(0, first.data(), first.size());
  return got && *got == 2 && first == std::array<char, 2>{'\x1f', '\x8b'};
}

// Header and block as they stand, each record in a gzip member of its own; without those that break
// their own digests.
Result<std::uint64_t> rewrite(const ByteSource& source, const WarcCheck& check,
                              const Headers& about, Timestamp now, const WarcLimits& limits,
                              DurableFile& out) {
  Spool head;
  const auto warcinfo = append_warcinfo(head, id_of_content(sha256(source.name())), now,
                                        source.name(), warc::import_layout, about);
  if (!warcinfo) return tl::unexpected(warcinfo.error());
  if (auto written = out.append(head.view()); !written) return tl::unexpected(written.error());
  auto reader = WarcReader::open(source, 0, limits);
  if (!reader) return tl::unexpected(reader.error());
  std::uint64_t taken = 0;
  // Only what the survey got through: behind a fault nothing is certain.
  for (std::uint64_t number = 0; number < check.whole_records; ++number) {
    const auto record = reader->next();
    if (!record) return tl::unexpected(record.error());
    if (!*record) break;
    Spool block;
    for (;;) {
      const auto piece = reader->read_some();
      if (!piece) return tl::unexpected(piece.error());
      if (piece->empty()) break;
      if (auto kept = block.append(*piece); !kept) return tl::unexpected(kept.error());
    }
    if (std::binary_search(check.broken.begin(), check.broken.end(), number)) continue;
    Spool member;
    const std::array<Bytes, 3> pieces{reader->raw_header(), block.view(), "\r\n\r\n"};
    const auto packed = append_gzip_member(member, pieces);
    if (!packed) return tl::unexpected(packed.error());
    if (auto written = out.append(member.view()); !written) return tl::unexpected(written.error());
    ++taken;
  }
  return taken;
}

}  // namespace

Result<ImportedFile> Archive::import(const ByteSource& source) {
  State& s = *state_;
  if (!s.store || s.mode != ArchiveMode::write)
    return fail(FailureKind::unsupported, "the archive is not open for writing");
  const auto digest = digest_of(source);
  if (!digest) return tl::unexpected(digest.error());
  ImportedFile out;
  out.warc = "archive/imported-" + to_hex(*digest).substr(0, 32) + ".warc.gz";
  const auto stored = s.files();
  if (!stored) return tl::unexpected(stored.error());
  out.known = std::any_of(stored->begin(), stored->end(),
                          [&](const StoredFile& file) { return file.warc == out.warc; });
  if (out.known) return out;

  const Survey found = survey(source, s.limits);
  out.messages = found.check.faults;
  if (found.check.whole_records == 0) {
    return fail(FailureKind::malformed,
                source.name() + ": holds no whole WARC record" +
                    (out.messages.empty() ? "" : " (" + out.messages.front() + ")"));
  }
  auto file = DurableFile::create(s.folder / out.warc);
  if (!file) return tl::unexpected(file.error());
  if (found.own_members && found.check.faults.empty() && is_gzip(source)) {
    out.records = found.check.records;
    const auto copied = for_each_piece(source, [&](Bytes piece) { return file->append(piece); });
    if (!copied) return tl::unexpected(copied.error());
  } else {
    const Headers about{{"software", s.options.software},
                        {"description", "imported from " + source.name() + ", " + label(*digest)}};
    const auto taken = rewrite(source, found.check, about, s.options.clock(), s.limits, *file);
    if (!taken) return tl::unexpected(taken.error());
    out.records = *taken;
  }
  if (auto committed = file->commit(); !committed) return tl::unexpected(committed.error());

  const std::lock_guard lock(s.mutex);
  const auto opened = s.open_file(out.warc);
  if (!opened) return tl::unexpected(opened.error());
  const std::size_t said = s.messages.size();
  const auto indexed = s.index_tail({out.warc, opened->size()}, 0);
  if (!indexed) return tl::unexpected(indexed.error());
  out.snapshots = *indexed;
  out.messages.insert(out.messages.end(), s.messages.begin() + static_cast<std::ptrdiff_t>(said),
                      s.messages.end());
  return out;
}

}  // namespace loccit
