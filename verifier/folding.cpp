#include "verifier/folding.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string_view>

#include "base/text.h"
#include "verifier/folder.h"

namespace loccit {
namespace {

// A semicolon parts clauses, and a clause is too short to stand or fall for itself.
bool ends_sentence(char32_t c) {
  return std::u32string_view(
             U"\u2026\u3002\uFF01\uFF1F\uFF61\u061F\u06D4\u0964\u0965\u1362\u104B\u17D4\u0589")
             .find(c) != std::u32string_view::npos;
}

bool is_ascii_letter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

// "Lam alef" is one sign of Arabic print, and what reads PDFs cannot tell it from "alef lam" once
// it turned the line round: inside of a word the two are one. Words as short as "la", "wa-la" (no,
// nor) are left alone: their order is known.
void sort_lam_alef(std::span<char> word) {
  constexpr std::string_view alef = "\u0627", lam = "\u0644";
  constexpr std::size_t letter = 2, longest_short = 3 * letter;
  if (word.size() <= longest_short) return;
  const auto is = [&](std::size_t at, std::string_view which) {
    return word[at] == which[0] && word[at + 1] == which[1];
  };
  for (std::size_t at = 0; at + 1 < word.size();) {
    std::size_t end = at, alefs = 0;
    for (; end + 1 < word.size() && (is(end, alef) || is(end, lam)); end += letter)
      alefs += is(end, alef) ? 1U : 0U;
    for (; at < end; at += letter) {
      const std::string_view next = alefs > 0 ? alef : lam;
      alefs -= alefs > 0 ? 1U : 0U;
      word[at] = next[0];
      word[at + 1] = next[1];
    }
    ++at;
  }
}

bool is_arabic(char first_byte) {
  const auto byte = static_cast<unsigned char>(first_byte);
  return byte >= 0xD8 && byte <= 0xDB;
}

}  // namespace

Character decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {0xFFFD, 1};
  char32_t code_point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {0xFFFD, 1};
    code_point = (code_point << 6U) | (byte(i) & 0x3FU);
  }
  return {code_point, length};
}

void Folder::fold_stretch(std::size_t begin, std::size_t end) {
  end_ = end;
  for (at_ = begin; at_ < end_;) {
    if (!open_ && between_ == blanks && !out_.tokens.empty() && is_ascii_letter(text_[at_])) {
      plain_words();
    } else {
      step();
    }
  }
}

void Folder::interrupt() {
  if (between_ == nothing) between_ = others;
}

FoldedText Folder::take() {
  close();
  out_.letters = letters_.take();
  return std::move(out_);
}

void Folder::open(TokenKind kind) {
  close();
  Token token;
  token.kind = kind;
  token.after_blank = (between_ & (blanks | lines)) != 0;
  token.after_stop = (between_ & sentence_ends) != 0;
  // "program.exe" is no end of a sentence.
  token.sentence_start =
      (between_ & (lines | full_ends)) != 0 || out_.tokens.empty() ||
      ((between_ & sentence_ends) != 0 && (token.after_blank || kind == TokenKind::unspaced));
  if (!out_.tokens.empty()) {
    const Token& before = out_.tokens.back();
    token.glue = glue_between(before.kind, kind);
    // "1 5" is not "15", and "1939 – 1945" is "1939–1945".
    if (before.kind == TokenKind::number && kind == TokenKind::number) {
      const bool range =
          (between_ & (dashes | hyphens)) != 0 && (between_ & ~(dashes | hyphens | blanks)) == 0;
      letters_.put(range ? '-' : ' ');
    }
  }
  token.begin = static_cast<std::uint32_t>(letters_.size());
  token.source_begin = static_cast<std::uint32_t>(at_);
  out_.tokens.push_back(token);
  word_begun();
}

void Folder::word_begun() {
  open_ = true;
  between_ = nothing;
  hyphen_at_line_end_ = false;
  last_mark_class_ = 0;
}

Glue Folder::glue_between(TokenKind before, TokenKind after) const {
  if (before == TokenKind::unspaced || after == TokenKind::unspaced) return Glue::none;
  if (between_ == nothing) return Glue::tight;
  if (between_ == hyphens) return Glue::hyphen;
  if (between_ == apostrophes) return Glue::apostrophe;
  if (hyphen_at_line_end_ && (between_ & hyphens) != 0 &&
      (between_ & ~(hyphens | lines | blanks)) == 0)
    return capital_after_small_letter() ? Glue::none : Glue::hyphen;
  if ((between_ & joiners) != 0 && (between_ & (blanks | lines | others)) == 0) return Glue::tight;
  return Glue::none;
}

// What begins so after a hyphen at a line's end is a word of its own, be it of a name ("Anglo-",
// "Saxon") or the first of the next block, before which something was cut off with a hyphen.
bool Folder::capital_after_small_letter() const {
  std::size_t last = token_end_;
  while (last > 0 && is_continuation(text_[last - 1])) --last;
  if (last == 0) return false;
  std::size_t length = 0;
  char32_t code_point = 0;
  const FoldEntry& before = entry(last - 1, length, code_point);
  const bool small = before.fold_class == FoldClass::letter && before.lower_or_caseless;
  const FoldEntry& after = entry(at_, length, code_point);
  return small && after.fold_class == FoldClass::letter && !after.lower_or_caseless;
}

void Folder::close() {
  if (!open_) return;
  Token& token = out_.tokens.back();
  const std::span<char> letters = letters_.from(token.begin);
  if (!letters.empty() && is_arabic(letters.front())) sort_lam_alef(letters);
  token.end = static_cast<std::uint32_t>(letters_.size());
  token.source_end = static_cast<std::uint32_t>(token_end_);
  token.hash = letters_.hash_from(token.begin);
  open_ = false;
}

void Folder::step() {
  std::size_t length = 0;
  char32_t code_point = 0;
  const FoldEntry& folded = entry(at_, length, code_point);
  switch (folded.fold_class) {
    case FoldClass::letter:
      if (!goes_on(TokenKind::word)) {
        open(TokenKind::word);
        out_.tokens.back().capital = !folded.lower_or_caseless;
      }
      last_mark_class_ = 0;
      letters_.put(folded);
      advance(length, code_point);
      run_of_letters();
      token_end_ = at_;
      return;
    case FoldClass::unspaced:
      open(TokenKind::unspaced);
      letters_.put(folded);
      advance(length, code_point);
      token_end_ = at_;
      return;
    case FoldClass::mark:
      // In scripts without blanks a quote may be cut between any two characters, as its author's
      // editor did.
      if (open_ && out_.tokens.back().kind == TokenKind::unspaced) {
        open(TokenKind::unspaced);
      } else if (!open_ || between_ != nothing) {
        open(TokenKind::word);
      }
      put_mark(folded);
      advance(length, code_point);
      token_end_ = at_;
      return;
    case FoldClass::digit:
      number();
      return;
    case FoldClass::raised:
      if (!goes_on(TokenKind::number)) open(TokenKind::number);
      letters_.put(folded);
      advance(length, code_point);
      token_end_ = at_;
      return;
    case FoldClass::fraction:
    case FoldClass::symbol:
      symbol(folded, length, code_point);
      return;
    case FoldClass::comparison:
      if (digit_at(after_blanks(at_ + length))) {
        symbol(folded, length, code_point);
        return;
      }
      between_ |= others;
      break;
    case FoldClass::dropped:
      advance(length, last_);
      return;
    case FoldClass::minus:
    case FoldClass::hyphen:
    case FoldClass::dash:
      if (sign(code_point, length)) return;
      dash(folded.fold_class, at_ + length);
      break;
    case FoldClass::joiner:
      if ((code_point == '+' || code_point == 0xFF0B || code_point == 0xB1) &&
          sign(code_point, length))
        return;
      // "2x + 1" is not "2x - 1".
      if ((code_point == '+' || code_point == 0xFF0B) && digit_at(after_blanks(at_ + length))) {
        plus(length);
        return;
      }
      between_ |= joiners;
      break;
    case FoldClass::slash:
      between_ |= joiners;
      break;
    case FoldClass::apostrophe:
      between_ |= apostrophes;
      break;
    case FoldClass::blank:
      between_ |= blanks;
      break;
    case FoldClass::line_break:
      between_ |= lines;
      break;
    case FoldClass::full_stop:
      between_ |= sentence_ends;
      break;
    case FoldClass::comma:
    case FoldClass::colon:
    case FoldClass::punctuation:
      between_ |= ends_sentence(code_point)                ? full_ends
                  : code_point == '!' || code_point == '?' ? sentence_ends
                                                           : others;
      break;
  }
  close();
  advance(length, code_point);
}

// Words of ASCII letters after one blank each: most of most texts, and nothing to ask about them.
void Folder::plain_words() {
  std::size_t at = at_;
  for (;;) {
    Token& token = out_.tokens.emplace_back();
    token.begin = static_cast<std::uint32_t>(letters_.size());
    token.source_begin = static_cast<std::uint32_t>(at);
    token.capital = (text_[at] & 0x20) == 0;
    token.after_blank = true;
    at += letters_.put_ascii_letters(text_.substr(at, end_ - at));
    const bool another = at + 1 < end_ && text_[at] == ' ' && is_ascii_letter(text_[at + 1]);
    if (!another) break;
    token.end = static_cast<std::uint32_t>(letters_.size());
    token.source_end = static_cast<std::uint32_t>(at);
    token.hash = letters_.hash_from(token.begin);
    ++at;
  }
  advance(at - at_, static_cast<unsigned char>(text_[at - 1]));
  token_end_ = at_;
  word_begun();
}

void Folder::run_of_letters() {
  for (;;) {
    const std::size_t count = letters_.put_ascii_letters(text_.substr(at_, end_ - at_));
    if (count != 0) {
      at_ += count;
      last_ = static_cast<unsigned char>(text_[at_ - 1]);
    }
    std::size_t length = 0;
    char32_t code_point = 0;
    const FoldEntry& folded = entry(at_, length, code_point);
    if (folded.fold_class != FoldClass::letter) return;
    letters_.put(folded);
    advance(length, code_point);
  }
}

// Marks of one letter are compared in the order of their combining classes (Unicode §3.11).
void Folder::put_mark(const FoldEntry& folded) {
  if (folded.combining_class != 0 && last_mark_class_ > folded.combining_class) {
    letters_.insert(last_mark_at_, folded);
    last_mark_at_ += folded.length;
    return;
  }
  last_mark_class_ = folded.combining_class;
  last_mark_at_ = letters_.size();
  letters_.put(folded);
}

void Folder::dash(FoldClass fold_class, std::size_t next) {
  if (fold_class != FoldClass::hyphen) {
    between_ |= dashes;
    return;
  }
  // Two hyphens are a dash. One at the end of a line, right after a letter, parts a word that
  // goes on below.
  if ((between_ & hyphens) != 0) between_ |= others;
  std::size_t length = 0;
  char32_t code_point = 0;
  hyphen_at_line_end_ =
      between_ == nothing && entry(next, length, code_point).fold_class == FoldClass::line_break;
  between_ |= hyphens;
}

FoldedText fold(std::string_view text, std::span<const TextRange> excluded) {
  text = text.substr(0, std::numeric_limits<std::uint32_t>::max() / 8);
  Folder folder(text);
  std::size_t at = 0;
  for (const TextRange& range : excluded) {
    if (range.begin >= text.size()) break;
    if (range.begin > at) folder.fold_stretch(at, range.begin);
    folder.interrupt();
    at = std::max(at, std::min(range.end, text.size()));
  }
  folder.fold_stretch(at, text.size());
  return folder.take();
}

}  // namespace loccit
