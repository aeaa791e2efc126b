#include "archive/warc_writer.h"

#include <array>
#include <vector>

#include "archive/gzip_member.h"
#include "archive/warc_format.h"
#include "base/digest.h"

namespace loccit {
namespace {

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value)
    out += c == '\r' || c == '\n' ? ' ' : c;  // a value cannot start a field of its own
  out += "\r\n";
}

}  // namespace

std::string warc::target_uri(std::string_view url) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(url.size());
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || c == '<' || c == '>') {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    } else {
      out += c;
    }
  }
  return out;
}

std::string in_angle_brackets(std::string_view id) { return "<" + std::string(id) + ">"; }

std::string warc_fields_block(const Headers& fields) {
  std::string out;
  for (const Header& field : fields) append_line(out, field.name, field.value);
  return out;
}

Result<WrittenMember> append_record(Spool& out, const WarcRecordToWrite& record) {
  Sha256Stream digest;
  std::uint64_t length = 0;
  for (const Bytes piece : record.block) {
    digest.update(piece);
    length += piece.size();
  }
  std::string head(warc::version);
  head += "\r\n";
  append_line(head, "WARC-Type", record.type);
  append_line(head, "WARC-Record-ID", in_angle_brackets(record.id));
  append_line(head, "WARC-Date", to_iso8601_micros(record.date));
  if (!record.target_uri.empty())
    append_line(head, "WARC-Target-URI", warc::target_uri(record.target_uri));
  for (const Header& field : record.fields) append_line(head, field.name, field.value);
  append_line(head, "WARC-Block-Digest", label(digest.finish()));
  if (!record.payload_digest.empty())
    append_line(head, "WARC-Payload-Digest", record.payload_digest);
  if (!record.content_type.empty()) append_line(head, "Content-Type", record.content_type);
  append_line(head, "Content-Length", std::to_string(length));
  head += "\r\n";

  std::vector<Bytes> pieces{head};
  pieces.insert(pieces.end(), record.block.begin(), record.block.end());
  pieces.emplace_back("\r\n\r\n");
  const std::uint64_t offset = out.size();
  return append_gzip_member(out, pieces).map([&](std::uint64_t member) {
    return WrittenMember{offset, member};
  });
}

Result<WrittenMember> append_warcinfo(Spool& out, std::string id, Timestamp date,
                                      std::string_view file_name, std::string_view layout,
                                      const Headers& about) {
  Headers fields = about;
  fields.push_back({"format", std::string(warc::format_name)});
  fields.push_back({"conformsTo", std::string(warc::conforms_to)});
  fields.push_back({std::string(warc::layout_field), std::string(layout)});
  const std::string text = warc_fields_block(fields);
  const std::array<Bytes, 1> block{text};
  return append_record(out, {.type = warc::warcinfo,
                             .id = std::move(id),
                             .date = date,
                             .target_uri = {},
                             .content_type = warc::warc_fields,
                             .fields = {{"WARC-Filename", std::string(file_name)}},
                             .payload_digest = {},
                             .block = block});
}

}  // namespace loccit
