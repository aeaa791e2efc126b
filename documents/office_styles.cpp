#include "documents/office_styles.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

namespace loccit {
namespace {

std::string folded(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const auto c = static_cast<unsigned char>(name[at]);
    if (name.substr(at).starts_with("_20_")) {  // how ODF writes a blank in a style's name
      out += ' ';
      at += 3;
    } else {
      out += c < 0x80 ? static_cast<char>(std::tolower(c)) : name[at];
    }
  }
  return out;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

// The number at the end of "heading 2", or 0.
int counted(std::string_view name, std::initializer_list<std::string_view> words) {
  if (name.empty() || name.back() < '1' || name.back() > '9') return 0;
  const int number = name.back() - '0';
  name.remove_suffix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  return is_one_of(name, words) ? number : 0;
}

}  // namespace

bool is_quotation_style(std::string_view name) {
  const auto style = folded(name);
  return is_one_of(style, {"quote",
                           "intense quote",
                           "block text",
                           "block quote",
                           "blockquote",
                           "block quotation",
                           "quotation",
                           "quotations",
                           "extract",
                           "zitat",
                           "intensives zitat",
                           "blocktext",
                           "blockzitat",
                           "citation",
                           "citation intense",
                           "citation en bloc",
                           "bloc de texte",
                           "cita",
                           "cita destacada",
                           "citazione",
                           "citazione intensa",
                           "citat",
                           "st\u00E6rkt citat",
                           "citaat",
                           "duidelijk citaat",
                           "cita\u00E7\u00E3o",
                           "cytat",
                           "cytat intensywny",
                           "\u0446\u0438\u0442\u0430\u0442\u0430",
                           "\u0446\u0438\u0442\u0430\u0442\u0430 2",
                           "alıntı",
                           "quote text",
                           "long quote",
                           "long quotation",
                           "quote block",
                           "indented quote",
                           "quotetext"});
}

bool is_title_style(std::string_view name) {
  return is_one_of(folded(name),
                   {"title", "titel", "titre", "t\u00EDtulo", "titolo", "tytu\u0142",
                    "\u043D\u0430\u0437\u0432\u0430\u043D\u0438\u0435", "ba\u015Fl\u0131k"});
}

bool is_contents_style(std::string_view name) {
  return counted(folded(name), {"toc", "contents", "verzeichnis", "tm", "tdc", "inhopg", "inhalt",
                                "sommario"}) != 0 ||
         is_one_of(folded(name),
                   {"toc heading", "contents heading", "inhaltsverzeichnis\u00FCberschrift"});
}

bool is_code_style(std::string_view name) {
  return is_one_of(folded(name),
                   {"source code", "sourcecode", "html preformatted", "preformatted text", "code",
                    "verbatim", "macro text", "code block"});
}

int heading_style_level(std::string_view name) {
  return counted(folded(name),
                 {"heading", "\u00FCberschrift", "\u00DCberschrift", "titre", "t\u00EDtulo",
                  "titolo", "rubrik", "overskrift", "kop", "nag\u0142\u00F3wek",
                  "\u0437\u0430\u0433\u043E\u043B\u043E\u0432\u043E\u043A", "ba\u015Fl\u0131k",
                  "otsikko", "c\u00EDmsor", "nadpis"});
}

bool is_quotation_paragraph(const OfficeStyle& style) {
  constexpr int least = 284;  // half a centimetre
  return style.is_quotation ||
         (style.indent_left.value_or(0) >= least && style.indent_right.value_or(0) >= least);
}

void OfficeStyles::add(const std::string& id, OfficeStyle style) {
  if (!style.level) {
    if (const int level = heading_style_level(style.name); level != 0) style.level = level;
  }
  style.is_quotation = style.is_quotation || is_quotation_style(style.name);
  style.is_title = is_title_style(style.name);
  style.is_contents = is_contents_style(style.name);
  style.is_code = is_code_style(style.name);
  styles_.insert_or_assign(id, std::move(style));
}

void OfficeStyles::resolve() {
  constexpr int longest_chain = 32;
  std::unordered_map<std::string, OfficeStyle> resolved;
  for (const auto& [id, own] : styles_) {
    auto style = own;
    auto parent = styles_.find(own.parent);
    for (int steps = 0; parent != styles_.end() && steps < longest_chain; ++steps) {
      const auto& from = parent->second;
      const auto inherit = [](auto& value, const auto& inherited) {
        if (!value) value = inherited;
      };
      inherit(style.level, from.level);
      inherit(style.indent_left, from.indent_left);
      inherit(style.indent_right, from.indent_right);
      inherit(style.raised, from.raised);
      inherit(style.hidden, from.hidden);
      style.is_quotation = style.is_quotation || from.is_quotation;
      style.is_title = style.is_title || from.is_title;
      style.is_contents = style.is_contents || from.is_contents;
      style.is_code = style.is_code || from.is_code;
      parent = styles_.find(from.parent);
    }
    resolved.emplace(id, std::move(style));
  }
  styles_ = std::move(resolved);
}

const OfficeStyle& OfficeStyles::at(const std::string& id) const {
  static const OfficeStyle blank;
  const auto found = styles_.find(id);
  return found == styles_.end() ? blank : found->second;
}

}  // namespace loccit
