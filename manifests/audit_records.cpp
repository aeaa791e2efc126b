#include "manifests/audit_records.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "archive/warc_format.h"
#include "archive/warc_verify.h"
#include "base/inflate.h"

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

class RecordsAudit {
 public:
  RecordsAudit(const Bundle& bundle, AuditLine& line) : bundle_(bundle), line_(line) {}

  void check_file(const ByteSource& source) {
    const std::string name = source.name().substr(source.name().rfind('/') + 1);
    auto& places = places_[name];
    const WarcCheck check = verify_warc(source, [&](const WarcRecord& record) {
      places.emplace(record.offset, std::hash<std::string>{}(record.target_uri));
      remember(record);
    });
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
    line_.facts.set("records", static_cast<std::int64_t>(records_));
    line_.facts.set("digests_checked", static_cast<std::int64_t>(digests_));
    line_.conclude(spelled(records_, "record") + ", " + spelled(digests_, "digest") +
                   " of block or payload checked: all hold");
  }

 private:
  // What loccit never writes is a failure in its own bundles; in others' it is their way.
  void complain(std::string what) {
    if (bundle_.by_loccit) return line_.fail_because(std::move(what));
    if (line_.remarks.size() < 100) line_.remarks.push_back(std::move(what));
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
    const auto number = [&](const char* name)
        -> std::optional<std::uint64_t> {  // as a number, or as text (py-wacz)
      const Json* value = json->find(name);
      if (value == nullptr) return std::nullopt;
      if (value->as_integer() != nullptr) return static_cast<std::uint64_t>(*value->as_integer());
      if (value->as_string() == nullptr || value->as_string()->size() > 18 ||
          value->as_string()->empty() ||
          value->as_string()->find_first_not_of("0123456789") != std::string::npos) {
        return std::nullopt;
      }
      return std::stoull(*value->as_string());
    };
    const Json* file = json->find("filename");
    const Json* url = json->find("url");
    if (file == nullptr || file->as_string() == nullptr || url == nullptr ||
        url->as_string() == nullptr || !number("offset")) {
      return complain("the index " + index + " has a line that does not say where its record is");
    }
    const auto places = places_.find(*file->as_string());
    if (places == places_.end())
      return complain("the index speaks of archive/" + *file->as_string() +
                      ", which is not in the bundle");
    const auto place = places->second.find(*number("offset"));
    if (place == places->second.end())
      return complain("the index says that a record of " + *url->as_string() +
                      " lies where none begins");
    if (bundle_.by_loccit && place->second != std::hash<std::string>{}(*url->as_string())) {
      line_.fail_because("the index says that a record is of " + *url->as_string() +
                         ", and it is not");
    }
  }

  const Bundle& bundle_;
  AuditLine& line_;
  std::uint64_t records_ = 0, digests_ = 0;
  std::unordered_map<std::string, std::unordered_map<std::uint64_t, std::size_t>>
      places_;  // file → offset → hash of its URL
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
