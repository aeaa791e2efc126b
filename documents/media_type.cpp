#include <algorithm>
#include <array>

#include "base/http_message.h"
#include "documents/html_tokenizer.h"
#include "documents/text_content.h"

namespace loccit {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view media_type;
};

// Bytes that no text begins with (WHATWG MIME Sniffing §6, and what archives hold beside).
constexpr std::array signatures = {
    Signature{0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    Signature{0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    Signature{0, "GIF87a"sv, "image/gif"},
    Signature{0, "GIF89a"sv, "image/gif"},
    Signature{8, "WEBPVP"sv, "image/webp"},
    Signature{0, "II*\0"sv, "image/tiff"},
    Signature{0, "MM\0*"sv, "image/tiff"},
    Signature{0, "\0\0\x01\0"sv, "image/x-icon"},
    Signature{4, "ftypavif"sv, "image/avif"},
    Signature{4, "ftypheic"sv, "image/heic"},
    Signature{4, "ftypM4A"sv, "audio/mp4"},
    Signature{4, "ftyp"sv, "video/mp4"},
    Signature{0, "\x1A\x45\xDF\xA3"sv, "video/webm"},
    Signature{0, "OggS\0"sv, "application/ogg"},
    Signature{0, "fLaC"sv, "audio/flac"},
    Signature{0, "ID3"sv, "audio/mpeg"},
    Signature{0, "\xFF\xFB"sv, "audio/mpeg"},
    Signature{8, "WAVEfmt"sv, "audio/wav"},
    Signature{8, "AVI LIST"sv, "video/x-msvideo"},
    Signature{0, "FLV\x01"sv, "video/x-flv"},
    Signature{0, "\x1F\x8B\x08"sv, "application/gzip"},
    Signature{0, "BZh"sv, "application/x-bzip2"},
    Signature{0,
              "\xFD"
              "7zXZ\0"sv,
              "application/x-xz"},
    Signature{0, "\x28\xB5\x2F\xFD"sv, "application/zstd"},
    Signature{0, "7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"},
    Signature{0, "Rar!\x1A\x07"sv, "application/vnd.rar"},
    Signature{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "application/msword"},
    Signature{0, "{\\rtf"sv, "application/rtf"},
    Signature{0, "%!PS"sv, "application/postscript"},
    Signature{0, "\0asm"sv, "application/wasm"},
    Signature{0,
              "\x7F"
              "ELF"sv,
              "application/x-executable"},
    Signature{0, "wOFF"sv, "font/woff"},
    Signature{0, "wOF2"sv, "font/woff2"},
    Signature{0, "SQLite format 3\0"sv, "application/vnd.sqlite3"},
};

constexpr std::string_view docx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// The beginning without byte order mark, zero bytes (UTF-16) and blanks: enough to see a tag by.
std::string text_head(Bytes content) {
  std::string head;
  for (const char c : content.substr(0, 2048)) {
    const bool mark = c == '\xFF' || c == '\xFE' || c == '\xEF' || c == '\xBB' || c == '\xBF';
    if (c == '\0' || (head.empty() && (mark || is_html_space(c)))) continue;
    head.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
  }
  return head;
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool looks_like_html(std::string_view head) {
  static constexpr std::array openings = {"<!doctype html"sv,
                                          "<html"sv,
                                          "<head"sv,
                                          "<body"sv,
                                          "<script"sv,
                                          "<iframe"sv,
                                          "<h1"sv,
                                          "<div"sv,
                                          "<font"sv,
                                          "<table"sv,
                                          "<a"sv,
                                          "<style"sv,
                                          "<title"sv,
                                          "<meta"sv,
                                          "<b"sv,
                                          "<br"sv,
                                          "<p"sv,
                                          "<h2"sv,
                                          "<ul"sv,
                                          "<span"sv};
  return starts_with(head, "<!--") ||
         std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) {
           const char next = head.size() > opening.size() ? head[opening.size()] : ' ';
           return starts_with(head, opening) && (is_html_space(next) || next == '>' || next == '/');
         });
}

std::string_view xml_kind(std::string_view head) {
  for (std::size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    const std::string_view tag = head.substr(at + 1, 10);
    if (tag.empty() || tag[0] == '?' || tag[0] == '!') continue;
    if (starts_with(tag, "html")) return "application/xhtml+xml";
    if (starts_with(tag, "rss") || starts_with(tag, "rdf:rdf")) return "application/rss+xml";
    if (starts_with(tag, "feed")) return "application/atom+xml";
    if (starts_with(tag, "svg")) return "image/svg+xml";
    break;
  }
  return "application/xml";
}

std::string_view zip_kind(Bytes content) {
  // OpenDocument and EPUB (OCF §4.3): the first member is "mimetype", stored, so its text stands at
  // byte 38.
  constexpr std::size_t header_and_name = 38;
  if (content.size() > header_and_name && content.substr(30, 8) == "mimetype") {
    const Bytes type = content.substr(header_and_name, 80);
    const std::size_t end = type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.+-/");
    if (starts_with(type, "application/")) return type.substr(0, std::min(end, type.find("PK")));
  }
  constexpr std::size_t reach = 256U << 10U;
  const Bytes tail = content.substr(content.size() - std::min(content.size(), reach));
  const auto holds = [&](std::string_view name) {
    return content.substr(0, reach).find(name) != Bytes::npos || tail.find(name) != Bytes::npos;
  };
  if (holds("word/document.xml")) return docx;
  if (holds("xl/workbook.xml"))
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (holds("ppt/presentation.xml"))
    return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  return "application/zip";
}

// Control characters stand in no text; zero bytes only in UTF-16 and UTF-32, where every second one
// or more is zero.
bool looks_binary(Bytes content) {
  const Bytes sample = content.substr(0, 1024);
  std::size_t control = 0;
  std::size_t zeros = 0;
  for (const char c : sample) {
    const auto byte = static_cast<unsigned char>(c);
    zeros += byte == 0 ? 1U : 0U;
    control += byte < 0x20 && byte != 0 && byte != '\t' && byte != '\n' && byte != '\r' &&
                       byte != '\f' && byte != 0x1B
                   ? 1U
                   : 0U;
  }
  const bool wide = zeros * 3 >= sample.size() || starts_with(sample, "\xFF\xFE") ||
                    starts_with(sample, "\xFE\xFF");
  return !wide && (control * 20 > sample.size() || zeros * 20 > sample.size());
}

bool is_json_text(Bytes content, std::string_view head) {
  const std::size_t last = content.find_last_not_of(" \t\r\n");
  if (last == Bytes::npos || head.find('"') == std::string_view::npos) return false;
  return (starts_with(head, "{") && content[last] == '}') ||
         (starts_with(head, "[") && content[last] == ']');
}

// Programs that answer with a feed or JSON often leave the server's default label.
std::string html_or_data(Bytes content) {
  const std::size_t first = content.substr(0, 1024).find_first_not_of(" \t\r\n");
  const Bytes start = first == Bytes::npos ? Bytes() : content.substr(first, 5);
  if (starts_with(start, "<?xml") || starts_with(start, "<rss") || starts_with(start, "<feed")) {
    const std::string_view kind = xml_kind(text_head(content));
    if (kind == "application/rss+xml" || kind == "application/atom+xml") return std::string(kind);
  }
  if (starts_with(start, "{") || starts_with(start, "[")) {
    if (is_json_text(content, text_head(content))) return "application/json";
  }
  return "text/html";
}

bool says_nothing(std::string_view media_type) {
  return media_type.empty() || media_type.find('/') == std::string_view::npos ||
         media_type == "application/octet-stream" || media_type == "unknown/unknown" ||
         media_type == "application/unknown" || media_type == "*/*" ||
         media_type == "binary/octet-stream";
}

}  // namespace

std::string sniff_media_type(Bytes content, std::string_view label) {
  std::string declared = parse_content_type(label).media_type;
  if (content.substr(0, 1024).find("%PDF-") != Bytes::npos && !starts_with(declared, "text/html"))
    return "application/pdf";
  if (starts_with(content, "%PDF-")) return "application/pdf";
  if (starts_with(content, "PK\x03\x04")) {
    const std::string_view kind = zip_kind(content);
    const bool says_more =
        starts_with(declared, "application/vnd.");  // where "mimetype" is not the first member
    return kind == "application/zip" && says_more ? declared : std::string(kind);
  }
  for (const Signature& signature : signatures) {
    if (content.size() > signature.offset &&
        starts_with(content.substr(signature.offset), signature.bytes)) {
      return std::string(signature.media_type);
    }
  }
  if (content.empty()) return says_nothing(declared) ? "text/plain" : declared;
  const bool is_xml_label = declared == "text/xml" || declared == "application/xml";
  if (is_xml_label) return std::string(xml_kind(text_head(content)));
  if (looks_binary(content) && (says_nothing(declared) || starts_with(declared, "text/")))
    return "application/octet-stream";
  if (declared == "text/html") return html_or_data(content);
  if (starts_with(declared, "text/")) return declared;
  const std::string head = text_head(content);
  if (!says_nothing(declared)) {
    // A label that no bytes bear out: a page sent as an image, say.
    const bool is_picture = starts_with(declared, "image/") || starts_with(declared, "video/") ||
                            starts_with(declared, "audio/") || declared == "application/pdf";
    if (!is_picture || !looks_like_html(head)) return declared;
  }
  if (looks_like_html(head)) return "text/html";
  if (starts_with(head, "<?xml") || starts_with(head, "<rss") || starts_with(head, "<feed"))
    return std::string(xml_kind(head));
  if (is_json_text(content, head)) return "application/json";
  return "text/plain";
}

}  // namespace loccit
