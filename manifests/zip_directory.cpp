// From the end of the file to its start: end record (§4.3.16), ZIP64 records (§4.3.14, §4.3.15),
// central headers (§4.3.12), then every local header (§4.3.7) and data descriptor (§4.3.9) in the
// order of the file, each beginning where the last ended.
#include "manifests/zip_directory.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "manifests/zip_format.h"

namespace loccit {
namespace {

using namespace zip_format;

tl::unexpected<Failure> bad(std::uint64_t offset, std::string message) {
  return fail(FailureKind::malformed,
              "the ZIP file " + std::move(message) + " (byte " + std::to_string(offset) + ")",
              offset);
}

std::string quoted(std::string_view name) { return "\"" + repair_utf8(name.substr(0, 200)) + "\""; }

struct CentralDirectory {
  std::uint64_t offset = 0, size = 0, entries = 0;
};

Result<CentralDirectory> locate_central_directory(Bytes zip) {
  if (zip.size() < end_record_size || u32(zip, zip.size() - end_record_size) != end_record) {
    return bad(zip.size(),
               "does not end with an end record: it is cut short, or something is appended to it");
  }
  const std::uint64_t end_at = zip.size() - end_record_size;
  const Bytes end = zip.substr(end_at);
  if (u16(end, 20) != 0) return bad(end_at, "carries a comment");
  if (u16(end, 4) != 0 || u16(end, 6) != 0) return bad(end_at, "claims to be one of several disks");
  if (u16(end, 8) != u16(end, 10)) return bad(end_at, "gives two numbers of entries");
  CentralDirectory found{u32(end, 16), u32(end, 12), u16(end, 10)};
  std::uint64_t directory_end = end_at;
  if (end_at >= locator64_size && u32(zip, end_at - locator64_size) == locator64) {
    const std::uint64_t locator_at = end_at - locator64_size;
    if (locator_at < end_record64_size ||
        u64(zip, locator_at + 8) != locator_at - end_record64_size ||
        u32(zip, locator_at + 4) != 0 || u32(zip, locator_at + 16) != 1) {
      return bad(locator_at, "has a ZIP64 locator that does not point at the record before it");
    }
    directory_end = locator_at - end_record64_size;
    const Bytes end64 = zip.substr(directory_end, end_record64_size);
    if (u32(end64, 0) != end_record64 || u64(end64, 4) != end_record64_size - 12 ||
        u32(end64, 16) != 0 || u32(end64, 20) != 0 || u64(end64, 24) != u64(end64, 32)) {
      return bad(directory_end, "has a damaged ZIP64 end record");
    }
    const CentralDirectory large{u64(end64, 48), u64(end64, 40), u64(end64, 32)};
    const auto agrees = [](std::uint64_t small, std::uint64_t value, std::uint64_t sentinel) {
      return small == sentinel || small == value;
    };
    if (!agrees(found.offset, large.offset, none32) || !agrees(found.size, large.size, none32) ||
        !agrees(found.entries, large.entries, none16)) {
      return bad(end_at,
                 "gives one directory in its end record and another in its ZIP64 end record");
    }
    found = large;
  }
  if (found.offset > directory_end || found.size != directory_end - found.offset) {
    return bad(end_at, "has bytes between its directory and its end that belong to neither");
  }
  return found;
}

// The extra fields of one header (§4.5): only kinds that say when and by whom, each once, none
// large enough to hide in.
struct ExtraFields {
  std::optional<Bytes> zip64;
  std::string others;  // verbatim
};

Result<ExtraFields> read_extra_fields(Bytes extra, std::uint64_t at, std::string_view name) {
  ExtraFields out;
  std::unordered_set<std::uint16_t> seen;
  while (!extra.empty()) {
    if (extra.size() < 4 || extra.size() - 4 < u16(extra, 2))
      return bad(at, "has a broken extra field at " + quoted(name));
    const std::uint16_t kind = u16(extra, 0);
    const Bytes content = extra.substr(4, u16(extra, 2));
    if (!seen.insert(kind).second) return bad(at, "has an extra field twice at " + quoted(name));
    if (kind == extra_zip64) {
      out.zip64 = content;
    } else {
      const bool known =
          std::find(harmless_extras.begin(), harmless_extras.end(), kind) != harmless_extras.end();
      // Info-ZIP Unicode Path (§4.6.9): a second name, which some readers prefer to the first.
      const bool same_name =
          kind == extra_unicode_path && content.size() >= 5 && content.substr(5) == name;
      if (!same_name && (!known || content.size() > max_harmless_extra)) {
        char hex[8];
        std::snprintf(hex, sizeof hex, "0x%04x", static_cast<unsigned>(kind));
        return bad(at, "has an extra field " + std::string(hex) + " at " + quoted(name) +
                           " that could hide content");
      }
      out.others.append(extra.substr(0, 4 + content.size()));
    }
    extra.remove_prefix(4 + content.size());
  }
  return out;
}

Result<void> check_name(std::string_view name, std::uint64_t at, const ZipLimits& limits) {
  const auto refuse = [&](const char* why) {
    return bad(at, "has an entry " + quoted(name) + " whose name " + why);
  };
  if (name.empty()) return refuse("is empty");
  if (name.size() > limits.max_name) return refuse("is too long");
  if (!is_valid_utf8(name)) return refuse("is not UTF-8");
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return refuse("holds a control character");
    if (c == '\\') return refuse("holds a backslash");
  }
  if (name.front() == '/') return refuse("is absolute");
  if (name.size() > 1 && name[1] == ':') return refuse("names a drive");
  std::string_view rest = name.back() == '/' ? name.substr(0, name.size() - 1) : name;
  while (true) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    if (part == "..") return refuse("climbs out of its folder");
    if (part.empty() || part == ".") return refuse("has an empty part");
    if (slash == std::string_view::npos) return {};
    rest.remove_prefix(slash + 1);
  }
}

// Beside plain duplicates: names that are one file on a file system that ignores case.
class NameSet {
 public:
  Result<void> add(std::string_view name, std::uint64_t at) {
    std::string folded(name);
    for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!names_.insert(std::move(folded)).second)
      return bad(at, "holds " + quoted(name) + " twice");
    return {};
  }

 private:
  std::unordered_set<std::string> names_;
};

struct CentralHeader {
  ZipEntry entry;
  std::uint64_t at = 0;  // of the central header
  std::uint64_t stored_size = 0, local_offset = 0;
  std::uint16_t flags = 0, method = 0;
};

Result<void> widen(CentralHeader& header, const std::optional<Bytes>& zip64) {
  Bytes wide = zip64.value_or(Bytes{});
  bool complete = true;
  const auto take = [&](std::uint64_t& field) {
    if (field != none32) return;
    if (wide.size() < 8) {
      complete = false;
      return;
    }
    field = u64(wide, 0);
    wide.remove_prefix(8);
  };
  take(header.entry.size);
  take(header.stored_size);
  take(header.local_offset);
  if (!complete || !wide.empty())
    return bad(header.at, "has ZIP64 sizes that do not fit at " + quoted(header.entry.name));
  return {};
}

Result<CentralHeader> read_central_header(Bytes directory, std::uint64_t at, std::size_t& length,
                                          const ZipLimits& limits) {
  if (directory.size() < central_header_size || u32(directory, 0) != central_header) {
    return bad(at, "has a directory that breaks off");
  }
  const std::size_t name_size = u16(directory, 28);
  const std::size_t extra_size = u16(directory, 30);
  length = central_header_size + name_size + extra_size;
  if (length > directory.size()) return bad(at, "has a directory that breaks off");
  CentralHeader header;
  header.at = at;
  header.entry.name = std::string(directory.substr(central_header_size, name_size));
  if (auto fine = check_name(header.entry.name, at, limits); !fine)
    return tl::unexpected(fine.error());
  const std::string name = quoted(header.entry.name);
  if (u16(directory, 32) != 0) return bad(at, "carries a comment at " + name);
  if (u16(directory, 34) != 0) return bad(at, "places " + name + " on another disk");
  header.flags = u16(directory, 8);
  header.method = u16(directory, 10);
  if ((header.flags & flag_encrypted) != 0) return bad(at, "has an encrypted entry " + name);
  if ((header.flags & ~known_flags) != 0)
    return bad(at, "sets flags at " + name + " that no bundle needs");
  if (header.method != method_stored && header.method != method_deflated) {
    return bad(at, "packs " + name + " by method " + std::to_string(header.method) +
                       ", neither stored nor deflated");
  }
  header.entry.deflated = header.method == method_deflated;
  header.entry.crc32 = u32(directory, 16);
  header.stored_size = u32(directory, 20);
  header.entry.size = u32(directory, 24);
  header.local_offset = u32(directory, 42);
  const auto extra = read_extra_fields(
      directory.substr(central_header_size + name_size, extra_size), at, header.entry.name);
  if (!extra) return tl::unexpected(extra.error());
  if (auto wide = widen(header, extra->zip64); !wide) return tl::unexpected(wide.error());
  if (!header.entry.deflated && header.stored_size != header.entry.size) {
    return bad(at, "gives two sizes for the stored entry " + name);
  }
  if (header.entry.size / limits.max_ratio > header.stored_size)
    return bad(at, "claims an impossible size for " + name);
  if (header.entry.name.back() == '/' && header.entry.size != 0)
    return bad(at, "hides content in the folder " + name);
  header.entry.central_trimmings = std::string(directory.substr(4, 2)) +
                                   (extra->zip64 ? "" : std::string(directory.substr(6, 2))) +
                                   std::string(directory.substr(8, 2)) +
                                   std::string(directory.substr(12, 4)) +
                                   std::string(directory.substr(36, 6)) + extra->others;
  return header;
}

// With flag 3 the local header may leave CRC and sizes out (zero) and a descriptor follows;
// whatever it says must be true.
bool agrees(std::uint64_t local, std::uint64_t central, bool may_be_absent) {
  return local == central || (may_be_absent && local == 0);
}

Result<void> check_descriptor(Bytes descriptor, const CentralHeader& header, std::uint64_t at) {
  Bytes rest = descriptor;
  if ((rest.size() == 16 || rest.size() == 24) && u32(rest, 0) == descriptor_mark)
    rest.remove_prefix(4);
  const bool narrow =
      rest.size() == 12 && u32(rest, 4) == header.stored_size && u32(rest, 8) == header.entry.size;
  const bool wide =
      rest.size() == 20 && u64(rest, 4) == header.stored_size && u64(rest, 12) == header.entry.size;
  if ((!narrow && !wide) || u32(rest, 0) != header.entry.crc32) {
    return bad(
        at, "has bytes after " + quoted(header.entry.name) + " that are not its data descriptor");
  }
  return {};
}

// `end` is where the next header, or the directory, begins.
Result<void> read_local_header(Bytes zip, CentralHeader& header, std::uint64_t end) {
  const std::uint64_t at = header.local_offset;
  ZipEntry& entry = header.entry;
  const std::string name = quoted(entry.name);
  if (end - at < local_header_size || u32(zip, at) != local_header)
    return bad(at, "has no header for " + name);
  const Bytes local = zip.substr(at, end - at);
  const std::size_t name_size = u16(local, 26);
  const std::size_t extra_size = u16(local, 28);
  const std::size_t head = local_header_size + name_size + extra_size;
  if (head > local.size()) return bad(at, "has a header for " + name + " that breaks off");
  if (local.substr(local_header_size, name_size) != entry.name) {
    return bad(at, "calls an entry " + name + " in its directory and " +
                       quoted(local.substr(local_header_size, name_size)) + " at its data");
  }
  const auto extra =
      read_extra_fields(local.substr(local_header_size + name_size, extra_size), at, entry.name);
  if (!extra) return tl::unexpected(extra.error());
  std::uint64_t stored_size = u32(local, 18);
  std::uint64_t size = u32(local, 22);
  if (extra->zip64) {
    if (extra->zip64->size() != 16) return bad(at, "has ZIP64 sizes that do not fit at " + name);
    if (size == none32) size = u64(*extra->zip64, 0);
    if (stored_size == none32) stored_size = u64(*extra->zip64, 8);
  }
  const bool streamed = (header.flags & flag_streamed) != 0;
  if (((u16(local, 6) ^ header.flags) & ~flag_level) != 0 || u16(local, 8) != header.method ||
      !agrees(u32(local, 14), entry.crc32, streamed) ||
      !agrees(stored_size, header.stored_size, streamed) || !agrees(size, entry.size, streamed)) {
    return bad(at, "describes " + name + " one way in its directory and another at its data");
  }
  if (header.stored_size > local.size() - head)
    return bad(at, "lets the data of " + name + " run into what follows");
  entry.offset = at + head;
  entry.stored = local.substr(head, header.stored_size);
  const Bytes after = local.substr(head + header.stored_size);
  const std::uint64_t after_at = at + head + header.stored_size;
  if (streamed) {
    if (auto fine = check_descriptor(after, header, after_at); !fine) return fine;
  } else if (!after.empty()) {
    return bad(after_at, "has bytes after " + name + " that belong to no entry");
  }
  entry.local_trimmings = (extra->zip64 ? "" : std::string(local.substr(4, 2))) +
                          std::string(local.substr(6, 2)) + std::string(local.substr(10, 4)) +
                          extra->others;
  return {};
}

Result<void> refuse_files_that_are_folders(const ZipDirectory& directory) {
  std::unordered_set<std::string_view> files;
  for (const ZipEntry& entry : directory.entries) files.insert(entry.name);
  for (const ZipEntry& entry : directory.entries) {
    const std::string_view name = entry.name;
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos;
         slash = name.find('/', slash + 1)) {
      if (files.count(name.substr(0, slash)) > 0) {
        return bad(entry.offset,
                   "uses " + quoted(name.substr(0, slash)) + " as a file and as a folder");
      }
    }
  }
  return {};
}

}  // namespace

const ZipEntry* ZipDirectory::find(std::string_view name) const {
  const auto it = std::find_if(entries.begin(), entries.end(),
                               [&](const ZipEntry& e) { return e.name == name; });
  return it == entries.end() ? nullptr : &*it;
}

Result<ZipDirectory> read_zip_directory(Bytes zip, const ZipLimits& limits) {
  const auto central = locate_central_directory(zip);
  if (!central) return tl::unexpected(central.error());
  if (central->entries > limits.max_entries) {
    return fail(FailureKind::too_large, "the ZIP file has " + std::to_string(central->entries) +
                                            " entries, past the limit of " +
                                            std::to_string(limits.max_entries));
  }
  std::vector<CentralHeader> headers;
  NameSet names;
  Bytes rest = zip.substr(central->offset, central->size);
  for (std::uint64_t i = 0; i < central->entries; ++i) {
    const std::uint64_t at = central->offset + central->size - rest.size();
    std::size_t length = 0;
    auto header = read_central_header(rest, at, length, limits);
    if (!header) return tl::unexpected(header.error());
    if (auto fine = names.add(header->entry.name, at); !fine) return tl::unexpected(fine.error());
    headers.push_back(std::move(*header));
    rest.remove_prefix(length);
  }
  if (!rest.empty())
    return bad(central->offset + central->size - rest.size(),
               "has more in its directory than it counts");
  std::stable_sort(headers.begin(), headers.end(),
                   [](const CentralHeader& a, const CentralHeader& b) {
                     return a.local_offset < b.local_offset;
                   });
  if (const std::uint64_t first = headers.empty() ? central->offset : headers.front().local_offset;
      first != 0 && central->offset != 0) {
    return bad(0, "has something before its first entry");
  }
  ZipDirectory directory;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const std::uint64_t end =
        i + 1 < headers.size() ? headers[i + 1].local_offset : central->offset;
    if (headers[i].local_offset >= end || end > central->offset) {
      return bad(headers[i].at,
                 "places " + quoted(headers[i].entry.name) + " where something else lies");
    }
    if (auto fine = read_local_header(zip, headers[i], end); !fine)
      return tl::unexpected(fine.error());
    directory.entries.push_back(std::move(headers[i].entry));
  }
  if (auto fine = refuse_files_that_are_folders(directory); !fine)
    return tl::unexpected(fine.error());
  return directory;
}

}  // namespace loccit
