#include "documents/pdf_text.h"

#include <algorithm>

#include <unicode/uscript.h>

#include "base/text.h"
#include "base/utf8.h"
#include "documents/html_signs.h"
#include "documents/pdf_furniture.h"
#include "documents/pdf_layout.h"
#include "documents/text_builder.h"

namespace loccit {
namespace {

constexpr double blank_width =
    0.1;  // of the line's height; what is nearer is one word in two fonts
constexpr double raised_blank_width = 0.3;
constexpr double raised_height = 0.9;  // browsers print <sup> at five sixths
constexpr double least_rise = 0.15;

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
  return word.box.height() < before.box.height() * raised_height &&
         rise > before.box.height() * least_rise && mark_form(word.text) != MarkForm::none;
}

void add_line(const PdfLine& line, TextContent& content, TextBuilder& builder) {
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
      if (raised && may_end_before_note(content.text, word.text)) {
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
    builder.words(word.text);
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

Result<TextContent> pdf_content(Bytes pdf, const ReadLimits& limits) {
  const auto layout = read_pdf_layout(pdf, {}, limits);
  if (!layout) return tl::unexpected(layout.error());
  const std::vector<std::vector<bool>> furniture = find_page_furniture(*layout);
  TextContent content;
  content.charset = "utf-8";
  content.title = layout->title;
  TextBuilder builder(content, limits.max_output);
  std::size_t block = 0;
  for (std::size_t number = 0; number < layout->pages.size(); ++number) {
    const std::vector<PdfLine>& lines = layout->pages[number].lines;
    bool in_furniture = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool beside = furniture[number][i];
      if (lines[i].block != block || beside != in_furniture) builder.end_block();
      join_lines(lines[i], content, builder);
      builder.set_kind(beside ? BlockKind::page_furniture : BlockKind::paragraph);
      const std::size_t begin = builder.position();
      add_line(lines[i], content, builder);
      if (beside) builder.add_skip(SkipKind::page_furniture, builder.range_from(begin));
      block = lines[i].block;
      in_furniture = beside;
    }
    builder.end_block();
  }
  builder.finish();
  if (content.text.empty()) {
    return fail(FailureKind::unsupported,
                "the PDF (application/pdf) holds pictures of pages, but no text");
  }
  return content;
}

}  // namespace loccit
