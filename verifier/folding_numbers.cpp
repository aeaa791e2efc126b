// Numbers, with their signs and all that is inside them or belongs to them.
#include "verifier/folder.h"

namespace loccit {
namespace {

bool may_precede_sign(char32_t c) {
  return c == 0 ||
         std::u32string_view(U"([{\"'\u201C\u201E\u00AB\u2039\u2018=<>~$\u20AC\u00A3\u00A5:")
                 .find(c) != std::u32string_view::npos;
}
}  // namespace

bool Folder::sign(char32_t code_point, std::size_t length) {
  if (code_point == 0x2014 || code_point == 0x2015 || !digit_at(at_ + length)) return false;
  const bool free = (between_ & (blanks | lines)) != 0 || out_.tokens.empty();
  const FoldClass before = fold_entry(last_).fold_class;
  if (!(free && (before == FoldClass::blank || before == FoldClass::line_break)) &&
      !may_precede_sign(last_))
    return false;
  open(TokenKind::number);
  const char32_t kept = code_point == 0xB1 || code_point == '+' ? code_point
                        : code_point == 0xFF0B                  ? '+'
                                                                : '-';
  if (kept == 0xB1) letters_.put('\xC2');
  letters_.put(static_cast<char>(kept));
  advance(length, code_point);
  number();
  return true;
}

void Folder::symbol(const FoldEntry& folded, std::size_t length, char32_t code_point) {
  const bool after_number = !out_.tokens.empty() && out_.tokens.back().kind == TokenKind::number &&
                            (between_ & ~blanks) == 0;
  // "n° 5" is "nº 5", and "no 5" where the letter is raised.
  const bool after_n = goes_on(TokenKind::word) && (last_ == 'n' || last_ == 'N') &&
                       out_.tokens.back().source_begin + 1 == at_;
  if (code_point == 0xB0 && after_n) {
    letters_.put('o');
    advance(length, code_point);
    token_end_ = at_;
    return;
  }
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
  letters_.put(folded);
  advance(length, code_point);
  token_end_ = at_;
  close();
}

void Folder::plus(std::size_t length) {
  close();
  open(TokenKind::symbol);
  letters_.put('+');
  advance(length, '+');
  token_end_ = at_;
  close();
}

// A number with all that is inside it: "1,234.5", "12:30", "2020-04-24", "10²", "10 000".
void Folder::number() {
  if (!goes_on(TokenKind::number)) open(TokenKind::number);
  std::size_t leading = 0;  // digits so far, while nothing but digits and blanks of groups was seen
  bool plain = true;
  bool grouped = false;
  bool in_exponent = false;
  const bool leading_zero = at_ < end_ && text_[at_] == '0';
  while (at_ < end_) {
    std::size_t length = 0;
    char32_t code_point = 0;
    const FoldEntry& folded = entry(at_, length, code_point);
    if (folded.fold_class == FoldClass::digit) {
      letters_.put(folded);
      ++leading;
    } else if (folded.fold_class == FoldClass::raised) {
      if (!in_exponent) letters_.put('^');
      letters_.put(folded);
      plain = false;
      in_exponent = true;
    } else if (code_point == '^' && digit_at(at_ + length)) {
      letters_.put('^');
      plain = false;
    } else if (const char inner = inside_number(folded.fold_class);
               inner != 0 && digit_at(at_ + length)) {
      letters_.put(inner);
      plain = false;
    } else if (folded.fold_class == FoldClass::hyphen && line_break_and_digit_at(at_ + length)) {
      letters_.put('-');  // "version 1.5-" at a line's end, and "2.1" below
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

bool Folder::line_break_and_digit_at(std::size_t at) const {
  return at < end_ && text_[at] == '\n' && digit_at(at + 1);
}

char Folder::inside_number(FoldClass fold_class) {
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

bool Folder::three_digits_at(std::size_t at) const {
  std::size_t length = 0;
  char32_t code_point = 0;
  for (int i = 0; i < 3; ++i) {
    if (entry(at, length, code_point).fold_class != FoldClass::digit) return false;
    at += length;
  }
  return entry(at, length, code_point).fold_class != FoldClass::digit;
}

}  // namespace loccit
