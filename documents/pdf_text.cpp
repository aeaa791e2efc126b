#include "documents/pdf_text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include <unicode/uscript.h>

#include "base/ascii.h"
#include "base/text.h"
#include "base/utf8.h"
#include "documents/html_signs.h"
#include "documents/pdf_furniture.h"
#include "documents/pdf_layout.h"
#include "documents/pdf_text_order.h"
#include "documents/text_builder.h"

namespace loccit {
namespace {

constexpr double blank_width =
    0.1;  // of the line's height; what is nearer is one word in two fonts
constexpr double raised_blank_width = 0.3;
constexpr double raised_height = 0.9;  // browsers print <sup> at five sixths
constexpr double least_rise = 0.15;
constexpr double descent = 0.22;  // of a font's height, below the line that letters stand on
constexpr double least_rise_of_baseline = 0.18;

// Fonts of many scripts claim a height of which their letters fill a third, so that no blank seemed
// wide enough: a line is no higher than this many of its letters are wide.
constexpr double letters_high = 2.5;
double letter_width(const PdfWord& word) {
  return (word.box.right - word.box.left) /
         static_cast<double>(std::max<std::size_t>(count_code_points(word.text), 1));
}

char32_t first_letter(std::string_view text) {
  return text.empty()
             ? 0
             : utf8_decode(text, 0, std::max<std::size_t>(utf8_sequence_length(text, 0), 1));
}
char32_t last_letter(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[--at]) & 0xC0U) == 0x80) {
  }
  return first_letter(text.substr(at));
}

bool is_written_without_blanks(char32_t c) {
  if (c < 0xE00) return false;
  if ((c >= 0x3000 && c < 0x3040) || (c >= 0xFF00 && c < 0xFF66))
    return true;  // CJK punctuation, full-width forms
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

bool ends_with_hyphen(std::string_view text) {
  const char32_t last = last_letter(text);
  return last == '-' || last == 0x2010 || last == 0xAD;
}

// A mark that is smaller than the word before and stands higher. (Another font's letters may be
// smaller, too.)
bool is_raised_mark(const PdfWord& word, const PdfWord& before) {
  const double rise = (before.box.top + before.box.bottom - word.box.top - word.box.bottom) / 2;
  const double rise_of_baseline = before.box.bottom - descent * before.box.height() -
                                  (word.box.bottom - descent * word.box.height());
  return word.box.height() < before.box.height() * raised_height &&
         (rise > before.box.height() * least_rise ||
          rise_of_baseline > before.box.height() * least_rise_of_baseline) &&
         mark_form(word.text) != MarkForm::none;
}

// Which numbers call notes: those that the foot of the page explains, and those that count on.
class NoteCount {
 public:
  void begin_page(const PdfPage& page, const std::vector<bool>& furniture) {
    labels_.clear();
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      if (!furniture[i] || page.lines[i].words.empty()) continue;
      std::string label = page.lines[i].words.front().text;
      if (label.ends_with('.')) label.pop_back();
      labels_.insert(std::move(label));
    }
  }

  // Whether a raised number after this text calls a note, also after words so short that they may
  // be units.
  bool calls_note(std::string_view text_before, const std::string& mark) {
    if (text_before.empty() || text_before.back() == ' ') return false;
    const std::optional<long> number = number_of(mark);
    const bool is_explained = number && labels_.contains(mark);
    const bool counts_on = last_ && number && *number == *last_ + 1;
    if (!is_explained && !counts_on && !may_end_before_note(text_before, mark)) return false;
    if (number) last_ = number;
    return true;
  }

  // How much of a word is its own where poppler took the raised number after it for a part of it.
  std::size_t length_before_note(const std::string& word) {
    constexpr std::size_t fewest_letters = 3, most_digits = 3;
    std::size_t end = word.size();
    while (end > 0 && word.size() - end <= most_digits && ascii::is_digit(word[end - 1])) --end;
    const std::string mark = word.substr(end);
    if (mark.empty() || mark.size() > most_digits || !labels_.contains(mark)) return word.size();
    const std::string_view before = std::string_view(word).substr(0, end);
    const bool after_letters =
        count_code_points(before) >= fewest_letters && may_end_before_note(before, mark);
    // "CO2" is none, though the page may have a note 2: that one was called before.
    const bool is_next = !last_ || number_of(mark) == *last_ + 1;
    return after_letters && is_next && calls_note(before, mark) ? end : word.size();
  }

 private:
  static std::optional<long> number_of(std::string_view mark) {
    long number = 0;
    const auto [end, error] = std::from_chars(mark.data(), mark.data() + mark.size(), number);
    return error == std::errc{} && end == mark.data() + mark.size() ? std::optional(number)
                                                                    : std::nullopt;
  }

  std::set<std::string> labels_;  // at the foot of the page
  std::optional<long> last_;
};

void add_line(const PdfLine& line, TextContent& content, NoteCount& notes, TextBuilder& builder) {
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const PdfWord& word = line.words[i];
    if (i > 0) {
      const PdfWord& before = line.words[i - 1];
      const double gap =
          std::max(word.box.left - before.box.right, before.box.left - word.box.right);
      const double height =
          std::min(std::max(word.box.height(), before.box.height()),
                   letters_high * std::max(letter_width(word), letter_width(before)));
      const bool raised = is_raised_mark(word, before);
      if (gap > height * (raised ? raised_blank_width : blank_width)) builder.words(" ");
      if (raised && notes.calls_note(content.text, word.text)) {
        const std::size_t begin = builder.position();
        builder.words(word.text);
        builder.add_skip(SkipKind::note_mark, builder.range_from(begin));
        continue;
      }
      if (raised) {
        const std::size_t begin = builder.position();
        builder.words(word.text);
        builder.raise_digits(begin);
        continue;
      }
    }
    const std::size_t own = notes.length_before_note(word.text);
    builder.words(std::string_view(word.text).substr(0, own));
    if (own < word.text.size()) {
      const std::size_t begin = builder.position();
      builder.words(std::string_view(word.text).substr(own));
      builder.add_skip(SkipKind::note_mark, builder.range_from(begin));
    }
  }
}

// Between two lines of one block.
void join_lines(const PdfLine& next, const TextContent& content, TextBuilder& builder) {
  if (next.words.empty() || !builder.in_block()) return;
  if (ends_with_hyphen(content.text)) {
    builder.preformatted(
        "\n");  // whether the hyphen was the line's or the word's is for the reader to judge
  } else if (!is_written_without_blanks(last_letter(content.text)) ||
             !is_written_without_blanks(first_letter(next.words.front().text))) {
    builder.words(" ");
  }
}

}  // namespace

TextContent pdf_text(PdfLayout layout, const ReadLimits& limits) {
  std::vector<std::vector<bool>> running = find_running_lines(layout);
  for (std::size_t number = 0; number < layout.pages.size(); ++number)
    put_in_text_order(layout.pages[number], running[number], layout.right_to_left);
  const std::vector<std::vector<bool>> furniture = find_page_furniture(layout, std::move(running));
  TextContent content;
  content.charset = "utf-8";
  content.title = layout.title;
  TextBuilder builder(content, limits.max_output);
  NoteCount notes;
  std::size_t block = 0;
  for (std::size_t number = 0; number < layout.pages.size(); ++number) {
    const std::vector<PdfLine>& lines = layout.pages[number].lines;
    notes.begin_page(layout.pages[number], furniture[number]);
    bool in_furniture = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool beside = furniture[number][i];
      if (lines[i].block != block || beside != in_furniture) builder.end_block();
      join_lines(lines[i], content, builder);
      builder.set_kind(beside ? BlockKind::page_furniture : BlockKind::paragraph);
      const std::size_t begin = builder.position();
      add_line(lines[i], content, notes, builder);
      if (beside) builder.add_skip(SkipKind::page_furniture, builder.range_from(begin));
      block = lines[i].block;
      in_furniture = beside;
    }
    builder.end_block();
  }
  builder.finish();
  return content;
}

Result<TextContent> pdf_content(Bytes pdf, const ReadLimits& limits) {
  Result<PdfLayout> layout = read_pdf_layout(pdf, {}, limits);
  if (!layout) return tl::unexpected(layout.error());
  TextContent content = pdf_text(*std::move(layout), limits);
  if (content.text.empty()) {
    return fail(FailureKind::unsupported,
                "the PDF (application/pdf) holds pictures of pages, but no text");
  }
  return content;
}

}  // namespace loccit
