#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "documents/document.h"
#include "documents/marked_text.h"
#include "documents/readers.h"
#include "documents/text_content.h"

namespace loccit {
namespace {

// One line per format that cites: what the bytes are, and who reads them.
struct Format {
  std::string_view media_type;
  DocumentReader* read;
};
constexpr std::array formats{
    Format{"text/plain", read_plain_text},
    Format{"application/pdf", read_pdf_document},
    Format{"text/html", read_html},
    Format{"application/xhtml+xml", read_html},
    Format{"text/markdown", read_markdown},
    Format{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", read_docx},
    Format{"application/vnd.oasis.opendocument.text", read_odt},
    Format{"application/vnd.oasis.opendocument.text-template", read_odt},
    Format{"text/x-tex", read_latex},
    Format{"application/x-tex", read_latex},
    Format{"application/x-latex", read_latex},
    Format{"text/x-rst", read_rst},
};

// The file's name tells formats apart that are all plain text to a look at the bytes.
struct Extension {
  std::string_view extension;
  std::string_view media_type;
};
constexpr std::array extensions{
    Extension{"txt", "text/plain"},
    Extension{"text", "text/plain"},
    Extension{"md", "text/markdown"},
    Extension{"markdown", "text/markdown"},
    Extension{"mkd", "text/markdown"},
    Extension{"mdown", "text/markdown"},
    Extension{"mdx", "text/markdown"},
    Extension{"qmd", "text/markdown"},
    Extension{"rmd", "text/markdown"},
    Extension{"tex", "text/x-tex"},
    Extension{"ltx", "text/x-tex"},
    Extension{"latex", "text/x-tex"},
    Extension{"rst", "text/x-rst"},
    Extension{"rest", "text/x-rst"},
    Extension{"html", "text/html"},
    Extension{"htm", "text/html"},
    Extension{"xhtml", "application/xhtml+xml"},
    Extension{"pdf", "application/pdf"},
};

std::string_view media_type_of_name(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string extension(file_name.substr(dot + 1));
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto* found = std::ranges::find(extensions, extension, &Extension::extension);
  return found == extensions.end() ? std::string_view{} : found->media_type;
}

std::string described(const DocumentHint& hint) {
  return hint.file_name.empty() ? "the document" : hint.file_name;
}

bool has_words(Bytes content) {
  return content.find_first_not_of(std::string_view(" \t\r\n\f\v\0", 7)) != Bytes::npos;
}

// Office programs put an encrypted DOCX into the container of the old formats, as a stream of this
// name ([MS-OFFCRYPTO] §1.3.3), which is written in UTF-16.
bool is_encrypted_office_file(Bytes content) {
  std::string name;
  for (const char c : std::string_view("EncryptedPackage")) name += {c, '\0'};
  return content.starts_with("\xD0\xCF\x11\xE0") && content.find(name) != Bytes::npos;
}

}  // namespace

Result<Document> read_document(Bytes content, const DocumentHint& hint, const ReadLimits& limits) {
  if (!has_words(content)) return fail(FailureKind::empty, described(hint) + " is empty");
  if (content.size() > limits.max_bytes) {
    return fail(FailureKind::too_large, described(hint) + " has " + std::to_string(content.size()) +
                                            " bytes; the limit is " +
                                            std::to_string(limits.max_bytes));
  }
  std::string_view label = media_type_of_name(hint.file_name);
  if (label.empty()) label = hint.media_type;
  const std::string media_type = sniff_media_type(content, label);
  const auto* format = std::ranges::find(formats, media_type, &Format::media_type);
  if (format == formats.end()) {
    if (is_encrypted_office_file(content)) {
      return fail(FailureKind::encrypted,
                  described(hint) + " is encrypted; save it without its password");
    }
    return fail(FailureKind::unsupported,
                described(hint) + " is " + media_type +
                    ", which loccit does not read citations from; save it as PDF, DOCX, "
                    "ODT, HTML, Markdown or plain text");
  }
  Result<MarkedText> text = format->read(content, hint, limits);
  if (!text) return tl::unexpected<Failure>(text.error());
  Document document = cite(std::move(*text), hint);
  document.info.file = hint.file_name;
  document.info.sha256 = to_hex(sha256(content));
  document.info.media_type = media_type;
  return document;
}

}  // namespace loccit
