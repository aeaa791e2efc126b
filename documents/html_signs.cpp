#include "documents/html_signs.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "documents/html_entities.h"

namespace loccit {
namespace {

using ascii::is_digit;
using ascii::is_lower;
using ascii::is_upper;
using ascii::lower;
using ascii::trimmed;

// Words of class names, sorted. What stands in such a part is beside the article: advertisements,
// sharing, menus, captions, notices. The names are those that content systems and their authors
// use, in several languages.
constexpr std::string_view furniture_words[] = {"ad",
                                                "addthis",
                                                "ads",
                                                "adsbygoogle",
                                                "adsense",
                                                "adslot",
                                                "adunit",
                                                "advert",
                                                "advertisement",
                                                "advertising",
                                                "adverts",
                                                "ambox",
                                                "annons",
                                                "anuncio",
                                                "anzeige",
                                                "banner",
                                                "bookmarks",
                                                "breadcrumb",
                                                "breadcrumbs",
                                                "caption",
                                                "consent",
                                                "cookie",
                                                "cookies",
                                                "credit",
                                                "credits",
                                                "disqus",
                                                "editsection",
                                                "figcaption",
                                                "gdpr",
                                                "hatnote",
                                                "imagecaption",
                                                "infolettre",
                                                "jumplink",
                                                "lightbox",
                                                "mailmunch",
                                                "menu",
                                                "modal",
                                                "mostread",
                                                "navbar",
                                                "navbox",
                                                "navigation",
                                                "newsletter",
                                                "noprint",
                                                "outbrain",
                                                "pager",
                                                "pagination",
                                                "paywall",
                                                "permalinks",
                                                "popup",
                                                "promo",
                                                "promobox",
                                                "promotion",
                                                "publicidad",
                                                "publicidade",
                                                "publicite",
                                                "pullquote",
                                                "readalso",
                                                "readmore",
                                                "recirc",
                                                "reclame",
                                                "recommendations",
                                                "recommended",
                                                "reklam",
                                                "reklama",
                                                "reklame",
                                                "related",
                                                "relatedposts",
                                                "share",
                                                "sharebar",
                                                "sharedaddy",
                                                "sharethis",
                                                "sharing",
                                                "sidebar",
                                                "sidenote",
                                                "skiplink",
                                                "social",
                                                "sponsor",
                                                "sponsored",
                                                "subscribe",
                                                "subscription",
                                                "taboola",
                                                "tagcloud",
                                                "toc",
                                                "toolbar",
                                                "tooltip",
                                                "trending",
                                                "werbung"};
constexpr std::string_view furniture_pairs[] = {
    "also read", "call to",   "load more", "more link", "more links", "most read", "pull quote",
    "read also", "read more", "see also",  "show more", "sign up",    "tag list"};
// "has-sidebar", "no-ads", "page-layout-with-share": names of what surrounds the text, not of what
// stands beside it.
constexpr std::string_view denying_words[] = {"enabled", "free", "has",  "is",   "layout",
                                              "no",      "not",  "page", "with", "without"};
constexpr std::string_view mark_words[] = {"anchorjs",   "anchorlink", "backlink",
                                           "endnoteref", "fnref",      "footnoteref",
                                           "headerlink", "noteref",    "permalink"};
constexpr std::string_view listener_words[] = {"hiddenvisually", "offscreen", "screenreader",
                                               "sronly", "visuallyhidden"};
constexpr std::string_view listener_pairs[] = {"hidden accessibly", "hidden visually",
                                               "off screen",        "screen reader",
                                               "sr only",           "visually hidden"};
constexpr std::string_view furniture_roles[] = {
    "alertdialog", "banner",     "complementary", "contentinfo", "dialog", "menu",
    "menubar",     "navigation", "search",        "tablist",     "toolbar"};
constexpr std::string_view mark_roles[] = {"doc-backlink", "doc-noteref"};

template <class List>
constexpr bool is_sorted(const List& list) {
  return std::is_sorted(std::begin(list), std::end(list));
}
static_assert(is_sorted(furniture_words) && is_sorted(furniture_pairs) &&
              is_sorted(denying_words) && is_sorted(mark_words) && is_sorted(listener_words) &&
              is_sorted(listener_pairs) && is_sorted(furniture_roles) && is_sorted(mark_roles));

template <class List>
bool holds(const List& sorted, std::string_view word) {
  return std::binary_search(std::begin(sorted), std::end(sorted), word);
}

// One class name in words: "td-relatedPosts2" is td, related, posts.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  bool inside = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_lower(c) && !is_upper(c)) {
      inside = false;
      continue;
    }
    if (!inside || (is_upper(c) && is_lower(name[i - 1]))) words.emplace_back();
    inside = true;
    words.back().push_back(is_upper(c) ? static_cast<char>(c | 0x20) : c);
  }
  return words;
}

PartSign sign_of_name(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  PartSign sign = PartSign::none;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (holds(denying_words, words[i])) return PartSign::none;
    if (holds(mark_words, words[i])) sign = PartSign::note_mark;
    const std::string pair = i > 0 ? words[i - 1] + " " + words[i] : std::string();
    if (holds(listener_words, words[i]) || holds(listener_pairs, pair))
      return PartSign::for_listeners;
    if (holds(furniture_words, words[i]) || holds(furniture_pairs, pair))
      sign = PartSign::furniture;
  }
  return sign;
}

PartSign sign_of_names(std::string_view names) {
  PartSign sign = PartSign::none;
  for (std::size_t at = 0; at < names.size();) {
    std::size_t end = at;
    while (end < names.size() && !is_html_space(names[end])) ++end;
    if (end > at) {
      const PartSign one = sign_of_name(names.substr(at, end - at));
      if (one != PartSign::none) sign = one;
    }
    at = end + 1;
  }
  return sign;
}

}  // namespace

InlineStyle read_style(std::string_view declarations) {
  InlineStyle style;
  for (std::size_t at = 0; at < declarations.size();) {
    const std::size_t end = std::min(declarations.find(';', at), declarations.size());
    const std::string_view declaration = declarations.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = lower(trimmed(declaration.substr(0, colon)));
    if (name == "float") style.floats = true;
    const bool is_decoration = name == "text-decoration" || name == "text-decoration-line";
    if (name != "display" && name != "visibility" && !is_decoration) continue;
    std::string value = lower(trimmed(declaration.substr(colon + 1)));
    value.resize(std::min(value.find('!'), value.size()));  // "!important"
    const std::string_view keyword = trimmed(value);
    if (is_decoration) {
      style.strikes_out = keyword.find("line-through") != std::string_view::npos;
    } else if (name == "visibility") {
      style.visible = keyword != "hidden" && keyword != "collapse";
    } else if (keyword == "none") {
      style.display = Display::none;
    } else if (keyword.substr(0, 6) == "inline" || keyword == "contents") {
      style.display = Display::inline_;
    } else if (!keyword.empty()) {
      style.display = Display::block;
    }
  }
  return style;
}

PartSign SignReader::sign_of(const HtmlToken& token) {
  std::string_view classes;
  std::string_view id;
  for (const HtmlAttribute& candidate : token.attributes) {
    if (equals_ignoring_case(candidate.name, "class")) classes = candidate.value;
    if (equals_ignoring_case(candidate.name, "id")) id = candidate.value;
    if (equals_ignoring_case(candidate.name, "role") ||
        equals_ignoring_case(candidate.name, "epub:type")) {
      const std::string role = lower(trimmed(candidate.value));
      if (holds(mark_roles, role) || role == "noteref") return PartSign::note_mark;
      if (holds(furniture_roles, role)) return PartSign::furniture;
    }
  }
  if (classes.empty() && id.empty()) return PartSign::none;
  constexpr std::size_t longest_names = 1000;
  const auto hash = std::hash<std::string_view>{};
  const std::uint64_t key = hash(classes) * 31 + hash(id) + 1;
  Seen& seen = seen_[key % seen_.size()];
  if (seen.hash != key) {
    seen = {key, sign_of_names(classes.substr(0, longest_names))};
    if (seen.sign == PartSign::none) seen.sign = sign_of_names(id.substr(0, longest_names));
  }
  return seen.sign;
}

MarkForm mark_form(std::string_view text) {
  text = trimmed(text);
  constexpr std::size_t longest_mark = 48;
  if (text.empty() || text.size() > longest_mark) return MarkForm::none;
  if (text.front() == '[' && text.back() == ']') return MarkForm::certain;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')' &&
      mark_form(text.substr(1, text.size() - 2)) == MarkForm::bare) {
    return MarkForm::certain;
  }
  bool symbols = true;
  bool digits = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(utf8_sequence_length(text, at), 1);
    const std::string_view one = text.substr(at, length);
    static constexpr std::string_view marks[] = {"*", "†", "‡", "§", "¶", "#", "※",
                                                 "∗", "↑", "↩", "^", "⁎", "🔗", "\uFE0E"};
    symbols = symbols && std::find(std::begin(marks), std::end(marks), one) != std::end(marks);
    digits = digits && (is_digit(one[0]) || one == "," || one == "-" || one == "–" || one == " " ||
                        one == "\u00A0");
    at += length;
  }
  if (symbols) return MarkForm::certain;
  if (digits && is_digit(text.front()) && text.size() <= 12) return MarkForm::bare;
  const bool one_letter = text.size() == 1 && is_lower(text[0]);
  const bool roman = text.size() <= 6 && text.find_first_not_of("ivx") == std::string_view::npos;
  return one_letter || roman ? MarkForm::bare : MarkForm::none;
}

bool may_end_before_note(std::string_view text_before, std::string_view digits) {
  if (text_before.empty() || is_html_space(text_before.back())) return false;
  // Squared and cubed are units of three letters too ("rad²"), but hardly anything is raised to
  // the seventh.
  const bool is_common_power =
      digits == "2" || digits == "3" || digits == "\u00B2" || digits == "\u00B3";
  const std::size_t word = is_common_power ? 4 : 3;
  std::size_t letters = 0;
  std::size_t at = text_before.size();
  while (at > 0 && letters < word) {
    const auto c = static_cast<unsigned char>(text_before[at - 1]);
    if (c < 0x80 && !is_lower(static_cast<char>(c)) && !is_upper(static_cast<char>(c))) break;
    if ((c & 0xC0U) != 0x80) ++letters;
    --at;
  }
  if (letters >= word) return true;
  static constexpr std::string_view closing[] = {".",  ",",  ";",  ":",  "!", "?", "\"", "'",
                                                 ")",  "]",  "»",  "”",  "’", "“", "…",  "。",
                                                 "、", "」", "』", "，", "؟", "،", "؛",  "।"};
  return letters == 0 &&
         std::any_of(std::begin(closing), std::end(closing), [&](std::string_view mark) {
           return text_before.size() >= mark.size() &&
                  text_before.substr(text_before.size() - mark.size()) == mark;
         });
}

}  // namespace loccit
