#include "manifests/audit_records.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "archive/warc_format.h"
#include "archive/warc_verify.h"
#include "base/digest.h"
#include "base/inflate.h"
#include "base/uuid.h"
#include "manifests/warc_index.h"

namespace loccit {
namespace {

constexpr std::size_t max_index = 64U << 20U;  // of one index file, unpacked

bool is_warc(std::string_view name) {
  return name.substr(0, 8) == "archive/" && name.back() != '/';
}

bool is_index(std::string_view name) {
  if (name.substr(0, 8) != "indexes/") return false;
  for (const std::string_view ending : {".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz"}) {
    if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending)
      return true;
  }
  return false;
}

std::string spelled(std::uint64_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

// What loccit's own index must say of a record, in one number.
std::size_t fingerprint(std::string_view url, std::string_view digits, std::string_view digest) {
  std::string all(url);
  for (const std::string_view part : {digits, digest}) all.append("\n").append(part);
  return std::hash<std::string>{}(all);
}

// A number as such, or as text (py-wacz).
std::optional<std::uint64_t> number_in(const Json& json, std::string_view name) {
  const Json* value = json.find(name);
  if (value == nullptr) return std::nullopt;
  if (const std::int64_t* number = value->as_integer())
    return *number < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*number));
  const std::string* text = value->as_string();
  if (text == nullptr || text->size() > 18 || text->empty() ||
      text->find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return std::stoull(*text);
}

Result<Sha256> stored_digest(const ByteSource& source, std::uint64_t offset, std::uint64_t length) {
  Sha256Stream hash;
  std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(length, 1U << 18U)), '\0');
  while (length > 0) {
    const auto got =
        source.read_at(offset, piece.data(),
                       static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), length)));
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return fail(FailureKind::malformed, source.name() + " ends before that");
    hash.update(Bytes(piece).substr(0, *got));
    offset += *got;
    length -= *got;
  }
  return hash.finish();
}

class RecordsAudit {
 public:
  RecordsAudit(const Bundle& bundle, AuditLine& line) : bundle_(bundle), line_(line) {}

  void check_file(const ByteSource& source) {
    const std::string name = source.name().substr(source.name().rfind('/') + 1);
    File& file = files_.try_emplace(name, File{source, {}}).first->second;
    const WarcCheck check = verify_warc(source, [&](const WarcRecord& record) {
      if (!bundle_.by_loccit || is_indexed(record)) {
        const std::string digits = record.date ? to_digits14(*record.date) : "00000000000000";
        file.places.emplace(record.offset, fingerprint(record.target_uri, digits,
                                                       record.field("WARC-Payload-Digest")));
      }
      remember(record);
    });
    if (bundle_.by_loccit && check.faults.empty()) check_first_record(source);
    records_ += check.records;
    digests_ += check.digests;
    for (const std::string& fault : check.faults) line_.fail_because(fault);
    line_.remarks.insert(line_.remarks.end(), check.remarks.begin(), check.remarks.end());
  }

  void check_index(const ZipEntry& entry) {
    auto text = zip_entry_content(entry, max_index);
    if (text && text->substr(0, 2) == "\x1f\x8b")
      text = decode_content(*text, "gzip", {.max_bytes = max_index, .max_output = max_index});
    if (!text)
      return complain("the index " + entry.name + " cannot be read: " + text.error().message);
    std::string_view rest = *text;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      check_index_line(rest.substr(0, end), entry.name);
      if (end == std::string_view::npos) return;
      rest.remove_prefix(end + 1);
    }
  }

  void finish() {
    for (const auto& [digest, who] : leaning_) {
      if (payloads_.count(digest) == 0)
        complain("the revisit record of " + who + " leans on a record outside of the bundle");
    }
    const auto own = files_.find(own_warc);
    if (bundle_.by_loccit && own != files_.end() && !own->second.places.empty()) {
      line_.fail_because("the index leaves out " + spelled(own->second.places.size(), "record") +
                         " of archive/" + own_warc);
    }
    line_.facts.set("records", static_cast<std::int64_t>(records_));
    line_.facts.set("digests_checked", static_cast<std::int64_t>(digests_));
    line_.conclude(digests_ == 0
                       ? spelled(records_, "record") + ", none of which states a digest of its own"
                       : spelled(records_, "record") + ", " + spelled(digests_, "digest") +
                             " of block or payload checked: all hold");
  }

 private:
  struct File {
    ByteSource source;
    // Offset of a record → its fingerprint. Those of loccit's own file that no index line named
    // yet.
    std::unordered_map<std::uint64_t, std::size_t> places;
  };
  static constexpr const char* own_warc = "data.warc.gz";  // bundle_format::warc

  // What loccit never writes is a failure in its own bundles; in others' it is their way.
  void complain(std::string what) {
    if (bundle_.by_loccit) return line_.fail_because(std::move(what));
    if (line_.remarks.size() < 100) line_.remarks.push_back(std::move(what));
  }

  // loccit names the first record of each file after the SHA-256 of all that follow: none can be
  // taken out, though the hashes of the bundle be mended.
  void check_first_record(const ByteSource& source) {
    auto reader = WarcReader::open(source);
    if (!reader) return line_.fail_because(reader.error().message);
    const auto first = reader->next();
    const auto end = reader->end_of_record();
    if (!first || !*first || !end || *end == 0)
      return line_.fail_because(source.name() + " does not begin with a record of its own");
    const auto rest = stored_digest(source, *end, source.size() - *end);
    if (!rest || (*first)->id != id_of_content(*rest))
      line_.fail_because(source.name() +
                         " does not hold the records that its first one was written for");
  }

  void remember(const WarcRecord& record) {
    const std::string digest(record.field("WARC-Payload-Digest"));
    if (record.type == warc::response && !digest.empty()) payloads_.insert(digest);
    if (record.type == warc::revisit &&
        record.field("WARC-Profile").find("identical-payload") != std::string_view::npos &&
        !digest.empty()) {
      leaning_.emplace(digest, record.target_uri);
    }
  }

  void check_index_line(std::string_view text, const std::string& index) {
    const std::size_t brace = text.find('{');
    if (brace == std::string_view::npos || text.front() == '!') return;
    const auto json = parse_json(text.substr(brace), {.max_depth = 8});
    if (!json)
      return complain("the index " + index +
                      " has a line that is no CDXJ: " + json.error().message);
    const std::string name = json->text_or_empty("filename");
    const std::string url = json->text_or_empty("url");
    const auto offset = number_in(*json, "offset");
    if (name.empty() || url.empty() || !offset)
      return complain("the index " + index + " has a line that does not say where its record is");
    const auto file = files_.find(name);
    if (file == files_.end())
      return complain("the index speaks of archive/" + name + ", which is not in the bundle");
    const auto place = file->second.places.find(*offset);
    if (place == file->second.places.end())
      return complain("the index says that a record of " + url + " lies where none begins");
    if (bundle_.by_loccit) {
      const std::string_view key = text.substr(0, text.find_last_not_of(' ', brace - 1) + 1);
      if (place->second !=
          fingerprint(url, key.substr(key.rfind(' ') + 1), json->text_or_empty("digest")))
        line_.fail_because("the index describes the record of " + url + " as it is not");
      if (name == own_warc) file->second.places.erase(place);
    }
    check_stored(*json, file->second.source, *offset, url);
  }

  // `recordDigest` is over the record as it is stored; replay tools check it.
  void check_stored(const Json& json, const ByteSource& source, std::uint64_t offset,
                    const std::string& url) {
    const std::string claimed = json.text_or_empty("recordDigest");
    const auto length = number_in(json, "length");
    if (!length || claimed.substr(0, 7) != "sha256:") {
      if (bundle_.by_loccit)
        line_.fail_because("the index gives no digest of the record of " + url);
      return;
    }
    const auto found = stored_digest(source, offset, *length);
    if (found && label(*found) == claimed) return;
    std::string words =
        "the record of " + url + " in " + source.name() + " does not match the digest in the index";
    // Where a record ends in a file that is not compressed, tools do not agree.
    std::array<char, 2> first{};
    const auto got = source.read_at(offset, first.data(), first.size());
    const bool packed = got && *got == 2 && first == std::array<char, 2>{'\x1f', '\x8b'};
    packed ? line_.fail_because(std::move(words)) : complain(std::move(words));
  }

  const Bundle& bundle_;
  AuditLine& line_;
  std::uint64_t records_ = 0, digests_ = 0;
  std::unordered_map<std::string, File> files_;  // by their name under archive/
  std::unordered_set<std::string> payloads_;
  std::unordered_map<std::string, std::string> leaning_;  // payload digest → URL of the revisit
};

}  // namespace

Result<std::vector<ByteSource>> warc_files(const Bundle& bundle, const ByteSource& file,
                                           std::vector<std::string>& room,
                                           std::size_t max_unpacked) {
  std::vector<ByteSource> out;
  room.reserve(bundle.zip.entries.size());  // views into it must stay
  for (const ZipEntry& entry : bundle.zip.entries) {
    if (!is_warc(entry.name)) continue;
    if (!entry.deflated) {
      out.push_back(file.part(entry.offset, entry.size, entry.name));
      continue;
    }
    auto content = zip_entry_content(entry, max_unpacked);
    if (!content) return tl::unexpected(content.error());
    max_unpacked -= content->size();
    room.push_back(*std::move(content));
    out.push_back(ByteSource::of(room.back(), entry.name));
  }
  return out;
}

AuditLine check_records(const Bundle& bundle, const ByteSource& file) {
  AuditLine line{.id = "records"};
  std::vector<std::string> room;
  const auto files = warc_files(bundle, file, room);
  if (!files) {
    line.fail_because(files.error().message);
    return line;
  }
  RecordsAudit audit(bundle, line);
  for (const ByteSource& each : *files) audit.check_file(each);
  for (const ZipEntry& entry : bundle.zip.entries) {
    if (is_index(entry.name)) audit.check_index(entry);
  }
  audit.finish();
  return line;
}

}  // namespace loccit
