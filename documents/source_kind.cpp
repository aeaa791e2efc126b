#include "documents/source_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "documents/code_points.h"

namespace loccit {
namespace {

using Words = std::string_view;

// Every list is of lower-case stems, matched at the beginning of a word.
constexpr auto platforms = std::to_array<Words>(
    {"twitter",      "facebook", "instagram", "telegram", "mastodon", "bluesky",
     "tiktok",       "linkedin", "youtube",   "weibo",    "wechat",   "vkontakte",
     "truth social", "threads",  "snapchat",  "whatsapp", "reddit",   "tumblr",
     "твиттер",      "фейсбук",  "推特",      "微博"});
constexpr auto account_words = std::to_array<Words>(
    {"account", "compte", "konto", "kanal", "channel", "cuenta", "perfil", "profil", "handle",
     "feed", "hesab", "аккаунт", "page", "seite", "conta"});
// Nobody publishes these, whatever stands beside them.
constexpr auto never_public = std::to_array<Words>({"note verbale",
                                                    "notes verbales",
                                                    "nota verbal",
                                                    "verbalnote",
                                                    "diplomatic note",
                                                    "on file with",
                                                    "unpublished",
                                                    "personal communication",
                                                    "private communication",
                                                    "personal correspondence",
                                                    "nicht veröffentlicht",
                                                    "unveröffentlicht",
                                                    "non publié",
                                                    "inédit",
                                                    "no publicad",
                                                    "inedit",
                                                    "интервью с автором",
                                                    "author's interview",
                                                    "interview with the author",
                                                    "author interview",
                                                    "archives of the author",
                                                    "telephone conversation",
                                                    "telephone interview",
                                                    "telefongespräch",
                                                    "entretien téléphonique",
                                                    "вербальн",
                                                    "مذكرة شفوية",
                                                    "普通照会"});
constexpr auto seldom_public = std::to_array<Words>(
    {"note by the",    "note from the",   "note du ",     "nota de la ",  "nota del ",
     "letter from",    "letter to",       "letter of",    "letter dated", "letter by",
     "lettre ",        "schreiben ",      "brief an",     "brief de",     "brief von",
     "carta ",         "lettera ",        "interview",    "entretien",    "entrevista",
     "intervista",     "gespräch",        "e-mail",       "email",        "courriel",
     "correspondence", "transcript",      "statement by", "statement to", "remarks to",
     "mitteilung an",  "auskunft",        "erklärung",    "déclaration",  "declaración",
     "письмо",         "memorandum from", "minutes of",   "رسالة",        "مذكرة",
     "مقابلة"});
constexpr auto marks_of_print = std::to_array<Words>(
    {" v. ",       " vs. ",    " pp. ",    " p. ",    " vol. ",  " no. ",  " nr. ",   " n° ",
     " ed. ",      " eds. ",   " hrsg",    "isbn",    "issn",    "§",      " art. ",  " s. ",
     " bd. ",      " rn. ",    " cap. ",   " tomo ",  " tome ",  "决议",   "公约",    "条约",
     "议定书",     "القرار",   "اتفاقية",  "معاهدة",  "резолюц", " п. ",   " ст. ",   " пункт",
     " ch. ",      " para. ",  " paras. ", " cit.",   " univ",   " press", " verlag", "éditions",
     "editorial ", " publish", " journal", " review", "л. "});
constexpr auto translations = std::to_array<Words>({"unofficial translation",
                                                    "informal translation",
                                                    "courtesy translation",
                                                    "free translation",
                                                    "own translation",
                                                    "my translation",
                                                    "our translation",
                                                    "author's translation",
                                                    "author’s translation",
                                                    "translated by",
                                                    "translation by",
                                                    "trans. by",
                                                    "translation mine",
                                                    "translated from",
                                                    "(translation)",
                                                    "traduction non officielle",
                                                    "traduction libre",
                                                    "notre traduction",
                                                    "ma traduction",
                                                    "traduit par",
                                                    "traduit d",
                                                    "eigene übersetzung",
                                                    "inoffizielle übersetzung",
                                                    "übersetzung d",
                                                    "traducción no oficial",
                                                    "traducción propia",
                                                    "traduzione non ufficiale",
                                                    "traduction officieuse",
                                                    "traduction de courtoisie",
                                                    "неофициальный перевод",
                                                    "перевод неофициальный",
                                                    "в неофициальном переводе",
                                                    "перевод автора",
                                                    "ترجمة غير رسمية",
                                                    "非正式译文",
                                                    "非官方译文",
                                                    "非正式翻译",
                                                    "非官方翻译"});

bool is_word_start(std::string_view text, std::size_t at) {
  return at == 0 || !is_letter(code_point_before(text, at));
}

template <std::size_t N>
bool has_any(std::string_view lower, const std::array<Words, N>& list) {
  return std::ranges::any_of(list, [&](Words words) {
    for (std::size_t at = lower.find(words); at != Words::npos; at = lower.find(words, at + 1)) {
      if (is_word_start(lower, at)) return true;
    }
    return false;
  });
}

// "@name" that is no part of an address of e-mail.
bool has_handle(std::string_view text) {
  for (std::size_t at = text.find('@'); at != Words::npos; at = text.find('@', at + 1)) {
    const char32_t before = code_point_before(text, at);
    const char32_t after = code_point_at(text, at + 1);
    if (!is_letter(before) && !is_digit(before) && before != U'.' &&
        (is_letter(after) || is_digit(after) || after == U'_')) {
      return true;
    }
  }
  return false;
}

struct Shape {
  std::size_t words = 0;
  std::size_t capitalised = 0;
  std::size_t without_case = 0;  // Arabic, Hebrew, Chinese: nothing tells a name
  bool year_in_brackets_or_after_comma = false;
  bool number = false;
};

Shape shape_of(std::string_view note) {
  Shape shape;
  for (const std::string_view word : letter_runs(note, 200)) {
    ++shape.words;
    const char32_t first = code_point_at(word, 0);
    if (is_upper(first))
      ++shape.capitalised;
    else if (!is_lower(first))
      ++shape.without_case;
  }
  for (std::size_t i = 0; i < note.size();) {
    if (!is_digit(static_cast<unsigned char>(note[i]))) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < note.size() && is_digit(static_cast<unsigned char>(note[i]))) ++i;
    shape.number = true;
    if (i - begin != 4 || note[begin] < '1' || note[begin] > '2') continue;
    const std::string_view before = trimmed(note.substr(0, begin));
    const bool opened = before.ends_with('(') || before.ends_with(',') || before.ends_with(':');
    const bool closed =
        i == note.size() || note[i] == ')' || note[i] == ',' || note[i] == '.' || note[i] == ';';
    if (closed && (opened || note[i == note.size() ? begin : i] == ')'))
      shape.year_in_brackets_or_after_comma = true;
  }
  return shape;
}

// "A/74/805", "S/RES/822", "E-9-2020-001279": what a document is filed under.
bool has_document_symbol(std::string_view note) {
  for (std::size_t slash = note.find('/'); slash != Words::npos;
       slash = note.find('/', slash + 1)) {
    if (slash == 0 || !is_upper(static_cast<unsigned char>(note[slash - 1]))) continue;
    std::size_t end = slash + 1;
    bool digit = false;
    while (end < note.size() && (is_upper(static_cast<unsigned char>(note[end])) ||
                                 is_digit(static_cast<unsigned char>(note[end])) ||
                                 note[end] == '/' || note[end] == '.')) {
      digit = digit || is_digit(static_cast<unsigned char>(note[end]));
      ++end;
    }
    if (digit) return true;
    slash = end - 1;
  }
  return false;
}

// A reference is a string of names and numbers; a comment is a sentence.
bool looks_like_a_reference(const Shape& shape) {
  if (shape.words == 0) return false;
  const bool mostly_names = shape.capitalised * 5 >= shape.words * 2;
  return (shape.year_in_brackets_or_after_comma && shape.capitalised * 10 >= shape.words * 3) ||
         (mostly_names && shape.number && shape.words <= 40);
}

bool quotes_a_title(std::string_view note) {
  const bool marks = note.find('"') != Words::npos || note.find("“") != Words::npos ||
                     note.find("«") != Words::npos || note.find("„") != Words::npos ||
                     note.find("《") != Words::npos || note.find("『") != Words::npos;
  return marks && shape_of(note).number;
}

}  // namespace

SourceKind source_kind(std::string_view note, bool has_url) {
  if (has_url) return SourceKind::web;
  const std::string lower = " " + lower_case(note.substr(0, 4000)) + " ";
  if (has_handle(note) || (has_any(lower, platforms) && has_any(lower, account_words)))
    return SourceKind::account;
  if (has_any(lower, never_public)) return SourceKind::unpublished;
  const bool marked_as_print = std::ranges::any_of(
      marks_of_print, [&](Words words) { return lower.find(words) != std::string::npos; });
  if (marked_as_print && (shape_of(note).number || has_arabic_digits(note)))
    return SourceKind::print;
  const Shape shape = shape_of(note);
  if (has_any(lower, seldom_public) && shape.capitalised + shape.without_case >= 2)
    return SourceKind::unpublished;
  if (has_document_symbol(note) || looks_like_a_reference(shape) || quotes_a_title(note))
    return SourceKind::print;
  return SourceKind::comment;
}

bool declares_translation(std::string_view text) {
  return has_any(lower_case(text.substr(0, 4000)), translations);
}

}  // namespace loccit
