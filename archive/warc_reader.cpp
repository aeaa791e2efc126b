#include "archive/warc_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace loccit {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view without_brackets(std::string_view value) {
  if (value.size() >= 2 && value.front() == '<' && value.back() == '>')
    return value.substr(1, value.size() - 2);
  return value;
}

bool only_line_end(std::string_view line) {
  return line.find_first_not_of("\r\n") == std::string_view::npos;
}

Result<std::uint64_t> content_length(const Headers& fields) {
  std::optional<std::uint64_t> length;
  for (const Header& field : fields) {
    if (header_value({field}, "Content-Length").empty()) continue;
    std::uint64_t value = 0;
    const char* end = field.value.data() + field.value.size();
    const auto [stop, error] = std::from_chars(field.value.data(), end, value);
    if (error != std::errc() || stop != end)
      return fail(FailureKind::malformed, "its Content-Length is no number");
    if (length && *length != value)
      return fail(FailureKind::malformed, "it has two different Content-Lengths");
    length = value;
  }
  if (!length) return fail(FailureKind::malformed, "it has no Content-Length");
  return *length;
}

}  // namespace

std::string_view WarcRecord::field(std::string_view name) const {
  return without_brackets(header_value(fields, name));
}

Result<WarcRecord> parse_warc_header(Bytes header) {
  WarcRecord record;
  const std::size_t first_end = header.find('\n');
  record.version = trim(header.substr(0, first_end));
  const std::string_view number =
      std::string_view(record.version).substr(std::min<std::size_t>(5, record.version.size()));
  if (record.version.substr(0, 5) != "WARC/" || number.empty() ||
      number.find_first_not_of("0123456789.") != std::string_view::npos) {
    return fail(FailureKind::malformed, "it does not begin with \"WARC/\" and a version");
  }
  for (std::size_t at = first_end; at != Bytes::npos && ++at < header.size();) {
    const std::size_t end = header.find('\n', at);
    const std::string_view line = header.substr(at, end == Bytes::npos ? end : end - at);
    at = end;
    if (only_line_end(line)) break;
    if ((line.front() == ' ' || line.front() == '\t') &&
        !record.fields.empty()) {  // §4: folded, read but never written
      record.fields.back().value += ' ';
      record.fields.back().value += trim(line);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    record.fields.push_back(
        {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
  const auto length = content_length(record.fields);
  if (!length) return tl::unexpected(length.error());
  record.block_length = *length;
  record.type = record.field("WARC-Type");
  std::transform(record.type.begin(), record.type.end(), record.type.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  record.id = record.field("WARC-Record-ID");
  record.target_uri = record.field("WARC-Target-URI");
  record.date = from_iso8601(record.field("WARC-Date"));
  return record;
}

Result<WarcReader> WarcReader::open(ByteSource source, std::uint64_t start,
                                    const WarcLimits& limits) {
  auto stream = MemberStream::open(std::move(source), start, limits);
  if (!stream) return tl::unexpected(stream.error());
  return WarcReader(std::move(*stream), limits);
}

tl::unexpected<Failure> WarcReader::fail_here(FailureKind kind, std::string_view what) const {
  return stream_.fail_at(kind, what, offset_);
}

// Goes over the line ends that part records to the first byte of the next. False at the end of the
// file.
Result<bool> WarcReader::find_record() {
  for (;;) {
    const auto filled = stream_.fill();
    if (!filled) return filled;
    if (!*filled) {
      const auto another = stream_.next_member();
      if (!another || !*another) return another;
      continue;
    }
    const Bytes ahead = stream_.buffered();
    const std::size_t skip = ahead.find_first_not_of("\r\n");
    stream_.consume(skip == Bytes::npos ? ahead.size() : skip);
    if (skip != Bytes::npos) return true;
  }
}

Result<void> WarcReader::read_header() {
  raw_header_.clear();
  for (std::size_t line_at = 0;;) {
    const auto filled = stream_.fill();
    if (!filled) return tl::unexpected(filled.error());
    if (!*filled) {
      const auto another = stream_.next_member();
      if (!another) return tl::unexpected(another.error());
      if (!*another)
        return fail_here(FailureKind::malformed, "the file ends inside a record's header");
      continue;
    }
    const Bytes ahead = stream_.buffered();
    const std::size_t end = ahead.find('\n');
    const std::size_t size = end == Bytes::npos ? ahead.size() : end + 1;
    raw_header_.append(ahead.substr(0, size));
    stream_.consume(size);
    if (raw_header_.size() > limits_.max_header)
      return fail_here(FailureKind::too_large, "the record's header has no end");
    if (Bytes("WARC/").compare(0, 5, Bytes(raw_header_).substr(0, 5)) != 0 &&
        raw_header_.size() >= 5) {
      return fail_here(FailureKind::malformed, "here no WARC record begins");
    }
    if (end == Bytes::npos) continue;
    if (only_line_end(Bytes(raw_header_).substr(line_at))) return {};
    line_at = raw_header_.size();
  }
}

Result<std::optional<WarcRecord>> WarcReader::next() {
  if (in_record_) {
    if (const auto end = end_of_record(); !end) return tl::unexpected(end.error());
  }
  in_record_ = false;
  const auto found = find_record();
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::nullopt;
  offset_ = stream_.position();
  shares_member_ = stream_.packing() != Packing::plain && !stream_.at_member_start();
  if (const auto header = read_header(); !header) return tl::unexpected(header.error());
  auto record = parse_warc_header(raw_header_);
  if (!record)
    return fail_here(record.error().kind, "the record cannot be read: " + record.error().message);
  if (record->block_length > limits_.max_block)
    return fail_here(FailureKind::too_large, "the record is too large");
  record->offset = offset_;
  record->own_member = !shares_member_;
  left_ = record->block_length;
  piece_ = 0;
  in_record_ = true;
  return std::optional(std::move(*record));
}

Result<Bytes> WarcReader::read_some() {
  stream_.consume(std::exchange(piece_, 0));
  while (left_ > 0) {
    const auto filled = stream_.fill();
    if (!filled) return tl::unexpected(filled.error());
    if (*filled) {
      piece_ = static_cast<std::size_t>(std::min<std::uint64_t>(left_, stream_.buffered().size()));
      left_ -= piece_;
      return stream_.buffered().substr(0, piece_);
    }
    const auto another = stream_.next_member();
    if (!another) return tl::unexpected(another.error());
    if (!*another) return fail_here(FailureKind::malformed, "the file ends inside this record");
  }
  return Bytes{};
}

Result<std::string> WarcReader::read_rest(std::size_t max_bytes) {
  if (left_ > max_bytes) {
    return fail_here(FailureKind::too_large,
                     "the record's block is larger than " + std::to_string(max_bytes) + " bytes");
  }
  std::string block;
  for (;;) {
    const auto piece = read_some();
    if (!piece) return tl::unexpected(piece.error());
    if (piece->empty()) return block;
    block.append(*piece);
  }
}

Result<std::uint64_t> WarcReader::end_of_record() {
  for (;;) {
    const auto piece = read_some();
    if (!piece) return tl::unexpected(piece.error());
    if (piece->empty()) break;
  }
  for (;;) {
    const auto filled = stream_.fill();
    if (!filled) return tl::unexpected(filled.error());
    if (!*filled) return shares_member_ ? 0 : stream_.end();
    const Bytes ahead = stream_.buffered();
    const std::size_t skip = ahead.find_first_not_of("\r\n");
    stream_.consume(skip == Bytes::npos ? ahead.size() : skip);
    if (skip != Bytes::npos) return stream_.packing() == Packing::plain ? stream_.end() : 0;
  }
}

}  // namespace loccit
