#include "verifier/folding.h"

#include <cstring>
#include <limits>

#include "verifier/fold_table.h"

namespace loccit {
namespace {

// What stood between the last token and here.
enum Between : unsigned {
  nothing = 0,
  blanks = 1U << 0U,
  lines = 1U << 1U,
  apostrophes = 1U << 2U,
  hyphens = 1U << 3U,
  joiners = 1U << 4U,
  dashes = 1U << 5U,
  sentence_ends = 1U << 6U,
  others = 1U << 7U,
  full_ends = 1U << 8U,  // sentence punctuation that needs no blank after it
};

std::uint32_t hash_of(std::string_view letters) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U ^ letters.size();
  while (!letters.empty()) {
    std::uint64_t chunk = 0;
    const std::size_t length = std::min<std::size_t>(8, letters.size());
    std::memcpy(&chunk, letters.data(), length);
    hash = (hash ^ chunk) * 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 32U;
    letters.remove_prefix(length);
  }
  return static_cast<std::uint32_t>(hash ^ (hash >> 29U));
}

struct Character {
  char32_t code_point = 0;
  std::size_t length = 1;
};

// Malformed bytes count one each, as U+FFFD.
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

// A semicolon parts clauses, and a clause is too short to stand or fall for itself.
bool ends_sentence(char32_t c) {
  return std::u32string_view(
             U"\u2026\u3002\uFF01\uFF1F\uFF61\u061F\u06D4\u0964\u0965\u1362\u104B\u17D4\u0589")
             .find(c) != std::u32string_view::npos;
}

bool may_precede_sign(char32_t c) {
  return c == 0 ||
         std::u32string_view(U"([{\"'\u201C\u201E\u00AB\u2039\u2018=<>~$\u20AC\u00A3\u00A5:")
                 .find(c) != std::u32string_view::npos;
}

class Folder {
 public:
  explicit Folder(std::string_view text) : text_(text) {
    out_.letters.reserve(text.size());
    out_.tokens.reserve(text.size() / 6 + 8);
  }

  void fold_stretch(std::size_t begin, std::size_t end) {
    end_ = end;
    for (at_ = begin; at_ < end_;) step();
  }

  // Something that is not read stood here: no word goes on across it.
  void interrupt() {
    if (between_ == nothing) between_ = others;
  }

  FoldedText take() {
    close();
    return std::move(out_);
  }

 private:
  // What stands at `at`, class and all; past the end nothing does.
  const FoldEntry& entry(std::size_t at, std::size_t& length, char32_t& code_point) const {
    static const FoldEntry past_the_end{};
    length = 0;
    code_point = 0;
    if (at >= end_) return past_the_end;
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) {
      length = 1;
      code_point = byte;
      return ascii_[byte];
    }
    const Character character = decode(text_.substr(0, end_), at);
    length = character.length;
    code_point = character.code_point;
    return fold_entry(character.code_point);
  }

  bool digit_at(std::size_t at) const {
    std::size_t length = 0;
    char32_t code_point = 0;
    return entry(at, length, code_point).fold_class == FoldClass::digit;
  }

  std::size_t after_blanks(std::size_t at) const {
    std::size_t length = 0;
    char32_t code_point = 0;
    while (entry(at, length, code_point).fold_class == FoldClass::blank) at += length;
    return at;
  }

  void open(TokenKind kind) {
    close();
    Token token;
    token.kind = kind;
    token.after_blank = (between_ & (blanks | lines)) != 0;
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
        out_.letters += range ? '-' : ' ';
      }
    }
    token.begin = static_cast<std::uint32_t>(out_.letters.size());
    token.source_begin = static_cast<std::uint32_t>(at_);
    out_.tokens.push_back(token);
    open_ = true;
    between_ = nothing;
    hyphen_at_line_end_ = false;
    last_mark_class_ = 0;
  }

  Glue glue_between(TokenKind before, TokenKind after) const {
    if (before == TokenKind::unspaced || after == TokenKind::unspaced) return Glue::none;
    if (between_ == nothing) return Glue::tight;
    if (between_ == hyphens) return Glue::hyphen;
    if (between_ == apostrophes) return Glue::apostrophe;
    if (hyphen_at_line_end_ && (between_ & hyphens) != 0 &&
        (between_ & ~(hyphens | lines | blanks)) == 0)
      return Glue::hyphen;
    if ((between_ & joiners) != 0 && (between_ & (blanks | lines | others)) == 0)
      return Glue::tight;
    return Glue::none;
  }

  void close() {
    if (!open_) return;
    Token& token = out_.tokens.back();
    token.end = static_cast<std::uint32_t>(out_.letters.size());
    token.source_end = static_cast<std::uint32_t>(token_end_);
    token.hash = hash_of(out_.word(token));
    open_ = false;
  }

  bool goes_on(TokenKind kind) const {
    return open_ && between_ == nothing && out_.tokens.back().kind == kind;
  }

  void put(const FoldEntry& folded) { out_.letters.append(folded.bytes, folded.length); }

  void advance(std::size_t length, char32_t code_point) {
    at_ += length;
    last_ = code_point;
  }

  void step() {
    std::size_t length = 0;
    char32_t code_point = 0;
    const FoldEntry& folded = entry(at_, length, code_point);
    switch (folded.fold_class) {
      case FoldClass::letter:
        if (!goes_on(TokenKind::word)) {
          open(TokenKind::word);
          out_.tokens.back().capital = !folded.lower_or_caseless;
        }
        put(folded);
        advance(length, code_point);
        token_end_ = at_;
        run_of_ascii_letters();
        return;
      case FoldClass::unspaced:
        open(TokenKind::unspaced);
        put(folded);
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
        put(folded);
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

  void run_of_ascii_letters() {
    while (at_ < end_) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      const auto lower = static_cast<unsigned char>(byte | 0x20U);
      if (lower < 'a' || lower > 'z') break;
      out_.letters += static_cast<char>(lower);
      last_ = byte;
      token_end_ = ++at_;
    }
  }

  // Marks of one letter are compared in the order of their combining classes (Unicode §3.11).
  void put_mark(const FoldEntry& folded) {
    if (folded.combining_class != 0 && last_mark_class_ > folded.combining_class) {
      out_.letters.insert(last_mark_at_, folded.bytes, folded.length);
      last_mark_at_ += folded.length;
      return;
    }
    last_mark_class_ = folded.combining_class;
    last_mark_at_ = out_.letters.size();
    put(folded);
  }

  void dash(FoldClass fold_class, std::size_t next) {
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

  bool sign(char32_t code_point, std::size_t length) {
    if (code_point == 0x2014 || code_point == 0x2015 || !digit_at(at_ + length)) return false;
    const bool free = (between_ & (blanks | lines)) != 0 || out_.tokens.empty();
    const FoldClass before = fold_entry(last_).fold_class;
    if (!(free && (before == FoldClass::blank || before == FoldClass::line_break)) &&
        !may_precede_sign(last_))
      return false;
    open(TokenKind::number);
    out_.letters += code_point == 0xB1                            ? "\u00B1"
                    : (code_point == '+' || code_point == 0xFF0B) ? "+"
                                                                  : "-";
    advance(length, code_point);
    number();
    return true;
  }

  void symbol(const FoldEntry& folded, std::size_t length, char32_t code_point) {
    const bool after_number = !out_.tokens.empty() &&
                              out_.tokens.back().kind == TokenKind::number &&
                              (between_ & ~blanks) == 0;
    if (code_point == 0xB0 && !after_number) {
      between_ |= others;
      close();
      advance(length, code_point);
      return;
    }
    close();
    open(folded.fold_class == FoldClass::fraction ? TokenKind::number : TokenKind::symbol);
    // "0.27 %" does not hold "0.27", whatever blank stands between.
    const bool of_the_number = code_point == '%' || code_point == 0xB0 || code_point == 0x2030 ||
                               code_point == 0xFF05 || code_point == 0x66A;
    if (after_number && of_the_number) out_.tokens.back().glue = Glue::tight;
    put(folded);
    advance(length, code_point);
    token_end_ = at_;
    close();
  }

  // A number with all that is inside it: "1,234.5", "12:30", "2020-04-24", "10²", "10 000".
  void number() {
    if (!goes_on(TokenKind::number)) open(TokenKind::number);
    std::size_t leading =
        0;  // digits so far, while nothing but digits and blanks of groups was seen
    bool plain = true;
    bool grouped = false;
    const bool leading_zero = at_ < end_ && text_[at_] == '0';
    while (at_ < end_) {
      std::size_t length = 0;
      char32_t code_point = 0;
      const FoldEntry& folded = entry(at_, length, code_point);
      if (folded.fold_class == FoldClass::digit) {
        put(folded);
        ++leading;
      } else if (folded.fold_class == FoldClass::raised) {
        out_.letters += '^';
        put(folded);
        plain = false;
      } else if (const char inner = inside_number(folded.fold_class);
                 inner != 0 && digit_at(at_ + length)) {
        out_.letters += inner;
        plain = false;
      } else if (folded.fold_class == FoldClass::hyphen && line_break_and_digit_at(at_ + length)) {
        out_.letters += '-';  // "version 1.5-" at a line's end, and "2.1" below
        plain = false;
        ++length;
      } else if (folded.fold_class == FoldClass::blank && plain && !leading_zero &&
                 (grouped || leading <= 3) && three_digits_at(after_blanks(at_))) {
        grouped = true;
        length = after_blanks(at_) - at_;
      } else if (folded.fold_class != FoldClass::dropped) {
        break;
      }
      advance(length, code_point);
      token_end_ = at_;
    }
  }

  bool line_break_and_digit_at(std::size_t at) const {
    return at < end_ && text_[at] == '\n' && digit_at(at + 1);
  }

  static char inside_number(FoldClass fold_class) {
    switch (fold_class) {
      case FoldClass::full_stop:
        return '.';
      case FoldClass::comma:
        return ',';
      case FoldClass::colon:
        return ':';
      case FoldClass::slash:
        return '/';
      case FoldClass::apostrophe:
        return '\'';
      case FoldClass::hyphen:
      case FoldClass::dash:
      case FoldClass::minus:
        return '-';
      default:
        return 0;
    }
  }

  bool three_digits_at(std::size_t at) const {
    std::size_t length = 0;
    char32_t code_point = 0;
    for (int i = 0; i < 3; ++i) {
      if (entry(at, length, code_point).fold_class != FoldClass::digit) return false;
      at += length;
    }
    return entry(at, length, code_point).fold_class != FoldClass::digit;
  }

  std::string_view text_;
  const FoldEntry* ascii_ = &fold_entry(0);  // the first block, whole
  FoldedText out_;
  std::size_t at_ = 0, end_ = 0;
  std::size_t token_end_ = 0;
  bool open_ = false;
  unsigned between_ = nothing;
  bool hyphen_at_line_end_ = false;
  char32_t last_ = 0;  // the code point before, of those that count
  std::uint8_t last_mark_class_ = 0;
  std::size_t last_mark_at_ = 0;
};

}  // namespace

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
