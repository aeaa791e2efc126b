#include "documents/visual_order.h"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/utf8.h"

namespace loccit {
namespace {

struct BidiFreed {
  void operator()(UBiDi* bidi) const { ubidi_close(bidi); }
};
using Bidi = std::unique_ptr<UBiDi, BidiFreed>;

bool is_right_to_left(UCharDirection direction) {
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

bool is_mostly_right_to_left(const icu::UnicodeString& text) {
  std::size_t right = 0;
  std::size_t left = 0;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UCharDirection direction = u_charDirection(text.char32At(i));
    right += is_right_to_left(direction) ? 1U : 0U;
    left += direction == U_LEFT_TO_RIGHT ? 1U : 0U;
  }
  return right * 2 >= left;  // names and numbers are Latin in Arabic text, too
}

// Of each place in reading order, the place where it was seen; as seen where ICU cannot tell.
std::vector<int32_t> reading_order(const icu::UnicodeString& seen, bool in_right_to_left_text) {
  std::vector<int32_t> order(static_cast<std::size_t>(seen.length()));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int32_t>(i);
  const Bidi bidi(ubidi_open());
  if (bidi == nullptr) return order;
  UErrorCode status = U_ZERO_ERROR;
  ubidi_setReorderingMode(bidi.get(), UBIDI_REORDER_INVERSE_LIKE_DIRECT);
  const UBiDiLevel level = in_right_to_left_text || is_mostly_right_to_left(seen) ? 1 : 0;
  ubidi_setPara(bidi.get(), seen.getBuffer(), seen.length(), level, nullptr, &status);
  if (U_SUCCESS(status) != 0) ubidi_getVisualMap(bidi.get(), order.data(), &status);
  return order;
}

bool is_alef(char16_t unit) {
  return unit == 0x627 || unit == 0x622 || unit == 0x623 || unit == 0x625;
}

// The ligature of lam and alef is one sign that stands for two letters, and poppler turns them
// round with the rest of the line: "lam alef", which is "no", becomes "alef lam". It is told, and
// mended, where that gives what Arabic does not know: two alefs side by side, or an article ("al",
// "wal", "fal") without a word.
void mend_lam_alef(icu::UnicodeString& word) {
  static const std::array bare_articles = {icu::UnicodeString(u"\u0627\u0644"),
                                           icu::UnicodeString(u"\u0648\u0627\u0644"),
                                           icu::UnicodeString(u"\u0641\u0627\u0644")};
  if (std::find(bare_articles.begin(), bare_articles.end(), word) != bare_articles.end()) {
    word.setCharAt(word.length() - 2, 0x644);
    word.setCharAt(word.length() - 1, 0x627);
  }
  for (int32_t i = 0; i + 2 < word.length(); ++i) {
    if (!is_alef(word[i]) || !is_alef(word[i + 1]) || word[i + 2] != 0x644) continue;
    word.setCharAt(i + 2, word[i + 1]);
    word.setCharAt(i + 1, 0x644);
  }
}

// Stands for a word of Latin letters with whatever is in it: the digits at a URL's end are no
// number of the Arabic text. Private use, of left-to-right direction.
constexpr char16_t whole_word = 0xE000;

bool keeps_its_order(std::string_view word) {
  const bool latin = std::ranges::any_of(
      word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return latin && !has_right_to_left(word);
}

}  // namespace

bool has_right_to_left(std::string_view utf8) {
  for (std::size_t at = skip_ascii(utf8, 0); at < utf8.size(); at = skip_ascii(utf8, at)) {
    const std::size_t length = std::max<std::size_t>(utf8_sequence_length(utf8, at), 1);
    const char32_t letter = utf8_decode(utf8, at, length);
    if (letter >= 0x590 && is_right_to_left(u_charDirection(static_cast<UChar32>(letter))))
      return true;
    at += length;
  }
  return false;
}

long balance_of_directions(std::string_view utf8) {
  long balance = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t length = std::max<std::size_t>(utf8_sequence_length(utf8, at), 1);
    const auto direction = u_charDirection(static_cast<UChar32>(utf8_decode(utf8, at, length)));
    balance += is_right_to_left(direction) ? 1 : direction == U_LEFT_TO_RIGHT ? -1 : 0;
    at += length;
  }
  return balance;
}

std::vector<LogicalWord> logical_words(const std::vector<std::string>& seen,
                                       bool in_right_to_left_text) {
  icu::UnicodeString line;
  std::vector<std::size_t> word_at;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (i > 0) line.append(u' ');
    if (keeps_its_order(seen[i]))
      line.append(whole_word);
    else
      line.append(icu::UnicodeString::fromUTF8(seen[i]));
    word_at.resize(static_cast<std::size_t>(line.length()), i);
  }
  std::vector<LogicalWord> words;
  icu::UnicodeString word;
  icu::UnicodeString marks;  // turned round, a letter's marks come before it
  std::size_t from = 0;
  const auto take = [&] {
    word.append(marks);
    marks.remove();
    if (word.isEmpty()) return;
    words.push_back({{}, from});
    if (word.length() == 1 && word[0] == whole_word) {
      words.back().text = seen[from];
    } else {
      mend_lam_alef(word);
      word.toUTF8String(words.back().text);
    }
    word.remove();
  };
  const std::vector<int32_t> order = reading_order(line, in_right_to_left_text);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const char16_t unit = line.charAt(order[i]);
    if (unit == u' ') {
      take();
      continue;
    }
    if (word.isEmpty()) from = word_at[static_cast<std::size_t>(order[i])];
    const bool turned_round = i + 1 < order.size() && order[i + 1] < order[i];
    if (turned_round && u_charType(unit) == U_NON_SPACING_MARK) {
      marks.insert(0, unit);
      continue;
    }
    word.append(unit);
    word.append(marks);
    marks.remove();
  }
  take();
  return words;
}

}  // namespace loccit
