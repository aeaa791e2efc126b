// Text layers of PDFs come as plain text in two dresses: with form feeds between pages, or with
// pages run together. In the second the page's notes and its list of link targets tell where it
// ended, and so does a missing blank line where every line has one.
#include "documents/plain_pages.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "documents/code_points.h"
#include "documents/note_label.h"
#include "documents/plain_columns.h"
#include "documents/plain_line_numbers.h"

namespace loccit {
namespace {

struct RawLine {
  PrintedLine line;
  int empty_before = 0;       // lines with nothing at all
  int whitespace_before = 0;  // lines with blanks only
  bool form_feed_before = false;
  bool begins_column = false;
  int blank_before() const { return empty_before + whitespace_before; }
};

// Control characters but the tab say nothing in print, and the core uses them as marks of its own.
RawLine raw_line(const SourceLine& source) {
  RawLine raw;
  int column = source.first_column, first = -1, last = 0;
  for (std::size_t at = 0; at < source.text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(source.text, at);
    if (c == U'\t') {
      column += tab_width - column % tab_width;
      if (first >= 0) raw.line.text += ' ';
      continue;
    }
    if (c < 0x20 || c == 0x7F) continue;
    if (!is_blank(c)) {
      if (first < 0) {
        first = column;
        raw.line.location = {0, source.number, column + 1, source.offset + begin};
      }
      last = column + 1;
    }
    if (first >= 0) raw.line.text += source.text.substr(begin, at - begin);
    ++column;
  }
  raw.line.text = std::string(trimmed(raw.line.text));
  raw.line.left = std::max(first - source.column_left, 0);
  raw.line.right = std::max(last - source.column_left, 0);
  return raw;
}

std::vector<SourceLine> source_lines(std::string_view text) {
  std::vector<SourceLine> lines;
  int number = 1;
  bool form_feed = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\n\r\f", at), text.size());
    lines.push_back({text.substr(at, end - at), at, number, 0, 0, form_feed});
    if (end == text.size()) break;
    form_feed = text[end] == '\f';
    if (!form_feed) ++number;
    at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return lines;
}

std::vector<SourceLine> column_by_column(std::vector<SourceLine> lines) {
  std::vector<SourceLine> ordered;
  for (auto begin = lines.begin(); begin != lines.end();) {
    const auto end =
        std::find_if(std::next(begin), lines.end(), std::mem_fn(&SourceLine::begins_page));
    std::vector<SourceLine> page(begin, end);
    drop_line_numbers(page);
    std::ranges::move(in_reading_order(std::move(page)), std::back_inserter(ordered));
    begin = end;
  }
  return ordered;
}

bool ends_sentence(std::string_view text) {
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':');
}

std::vector<RawLine> read_lines(std::string_view text) {
  std::vector<RawLine> lines;
  int empty = 0, whitespace = 0, beside = 0;
  bool begins_page = false, begins_column = false;
  for (const SourceLine& source : column_by_column(source_lines(text))) {
    begins_page = begins_page || source.begins_page;
    begins_column = begins_column || source.begins_column;
    RawLine raw = raw_line(source);
    if (raw.line.text.empty()) {
      ++(source.shares_row ? beside : source.text.empty() ? empty : whitespace);
      continue;
    }
    // Columns seldom have their lines on the same rows: such a row may be a blank line or none.
    const bool goes_on = empty + whitespace == 0 && starts_with_lower(raw.line.text);
    if (!goes_on) empty += beside;
    raw.empty_before = empty;
    raw.whitespace_before = whitespace;
    raw.form_feed_before = begins_page;
    raw.begins_column = begins_column;
    lines.push_back(std::move(raw));
    empty = whitespace = beside = 0;
    begins_page = begins_column = false;
  }
  return lines;
}

// Every line parted from the next by an empty one, in mid sentence too.
bool is_double_spaced(const std::vector<RawLine>& lines) {
  std::size_t parted = 0, parted_in_sentence = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].blank_before() == 0) continue;
    ++parted;
    if (!ends_sentence(lines[i - 1].line.text) && starts_with_lower(lines[i].line.text))
      ++parted_in_sentence;
  }
  return lines.size() >= 8 && parted * 10 >= lines.size() * 7 && parted_in_sentence * 5 >= parted;
}

void set_gaps(std::vector<RawLine>& lines, bool double_spaced) {
  const auto with_whitespace =
      std::ranges::count_if(lines, [](const RawLine& l) { return l.whitespace_before > 0; });
  // Where blank lines were printed as blanks they can be told from the spacing; else spacing counts
  // half.
  const bool whitespace_tells = with_whitespace >= 3;
  for (RawLine& raw : lines) {
    if (!double_spaced)
      raw.line.gap = raw.blank_before();
    else if (whitespace_tells)
      raw.line.gap = raw.whitespace_before;
    else
      raw.line.gap = raw.blank_before() / 2;
  }
}

bool is_bare_url(std::string_view line) {
  if (!line.starts_with("http://") && !line.starts_with("https://")) return false;
  return line.size() > 10 && line.find(' ') == std::string_view::npos && !line.ends_with('.') &&
         !line.ends_with(',');
}

bool is_number(std::string_view line) {
  return !line.empty() && line.size() <= 5 &&
         line.find_first_not_of("0123456789") == std::string_view::npos;
}

// Guesses where pages ended in a text that does not say.
class PageGuesser {
 public:
  PageGuesser(const std::vector<RawLine>& lines, bool double_spaced)
      : lines_(lines), double_spaced_(double_spaced) {}

  // Whether a page begins with this line; to be asked in order.
  bool begins_page(std::size_t i) {
    const RawLine& raw = lines_[i];
    const bool begins = i > 0 && decide(i);
    if (begins) state_ = State::text;
    if (is_rule(raw.line.text)) {
      state_ = rule_begins_notes(i) ? State::notes : state_;
      label_.reset();
    } else if (state_ == State::notes || state_ == State::links) {
      if (is_bare_url(raw.line.text) && ends_notes(i))
        state_ = State::links;
      else if (const auto label = next_label(raw))
        label_ = label;
    } else if (is_bare_url(raw.line.text) && !begins && double_spaced_ && i + 1 < lines_.size() &&
               lines_[i + 1].blank_before() == 0) {
      state_ = State::links;
    }
    return begins;
  }

 private:
  enum class State { text, notes, links };

  bool decide(std::size_t i) const {
    const RawLine& raw = lines_[i];
    const std::string& text = raw.line.text;
    if (state_ == State::links && !is_bare_url(text)) return true;
    if (double_spaced_ && raw.blank_before() == 0 && !is_bare_url(text) && !is_number(text))
      return true;
    return state_ == State::notes && label_ && raw.line.gap >= 1 && !is_bare_url(text) &&
           !next_label(raw) && !is_rule(text);
  }

  bool rule_begins_notes(std::size_t i) const {
    return i + 1 < lines_.size() && note_label_at_start(lines_[i + 1].line.text).has_value();
  }

  // The note's own URL may stand on a line of its own too; then the line before leads up to it.
  bool ends_notes(std::size_t i) const {
    const std::string& before = lines_[i - 1].line.text;
    return i > 0 && !before.ends_with(',') && !before.ends_with(':') && !before.ends_with('-') &&
           !before.ends_with('/') && !is_number(before);
  }

  std::optional<int> next_label(const RawLine& raw) const {
    const auto label = note_label_at_start(raw.line.text);
    if (!label) return std::nullopt;
    const auto number = number_of(label->label);
    if (label->form == LabelForm::symbol) return label_.value_or(0);
    if (!number || (label_ && *label_ > 0 && *number != *label_ + 1)) return std::nullopt;
    return number;
  }

  const std::vector<RawLine>& lines_;
  bool double_spaced_;
  State state_ = State::text;
  std::optional<int> label_;
};

std::string without_blanks(std::string_view text) {
  std::string result;
  std::ranges::copy_if(text, std::back_inserter(result),
                       [](char c) { return c != ' ' && c != '\n'; });
  return result;
}

std::string as_printed(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::string printed(scheme == std::string_view::npos ? url : url.substr(scheme + 3));
  for (std::size_t at = printed.find("%20"); at != std::string::npos; at = printed.find("%20", at))
    printed.erase(at, 3);
  return printed;
}

std::size_t trailing_urls(const PrintedPage& page) {
  std::size_t count = 0;
  while (count < page.lines.size() && is_bare_url(page.lines[page.lines.size() - 1 - count].text))
    ++count;
  return count;
}

// How many of the URLs at the page's end are printed elsewhere on it: only a list of link targets
// repeats them.
std::size_t repeated_urls(const PrintedPage& page, std::size_t trailing) {
  std::string text;
  for (std::size_t i = 0; i + trailing < page.lines.size(); ++i)
    text += without_blanks(page.lines[i].text);
  std::size_t repeated = 0;
  for (std::size_t i = page.lines.size() - trailing; i < page.lines.size() && repeated == 0; ++i) {
    if (text.find(as_printed(page.lines[i].text)) != std::string::npos) ++repeated;
  }
  return repeated;
}

void take_annotations(std::vector<PrintedPage>& pages) {
  std::vector<std::size_t> trailing;
  bool document_lists_links = false;
  for (const PrintedPage& page : pages) {
    trailing.push_back(trailing_urls(page));
    document_lists_links =
        document_lists_links || (trailing.back() > 0 && repeated_urls(page, trailing.back()) > 0);
  }
  if (!document_lists_links) return;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    PrintedPage& page = pages[p];
    const std::size_t begin = page.lines.size() - trailing[p];
    std::unordered_set<std::string> seen;
    for (std::size_t i = begin; i < page.lines.size(); ++i) {
      if (seen.insert(page.lines[i].text).second) page.annotations.push_back(page.lines[i].text);
    }
    page.lines.resize(begin);
  }
}

// A form feed that became a blank shifts the first line of every page by one.
void undo_shift_of_first_lines(std::vector<PrintedPage>& pages) {
  std::size_t shifted = 0, flush = 0;
  for (const PrintedPage& page : pages) {
    if (page.lines.empty()) continue;
    ++(page.lines.front().left >= 1 ? shifted : flush);
  }
  if (shifted < 3 || flush * 10 > shifted) return;
  for (PrintedPage& page : pages) {
    if (page.lines.empty() || page.lines.front().left < 1) continue;
    page.lines.front().left -= 1;
    page.lines.front().right -= 1;
  }
}

}  // namespace

bool is_rule(std::string_view line) {
  if (line.size() >= 3 && line.find_first_not_of('_') == std::string_view::npos) return true;
  std::size_t dashes = 0;
  for (std::size_t at = 0; at < line.size(); ++dashes) {
    const char32_t c = next_code_point(line, at);
    if (c != U'-' && c != U'—' && c != U'–' && c != U'―' && c != U'─' && c != U'⎯') return false;
  }
  return dashes >= 5;
}

PagedText plain_pages(std::string_view utf8) {
  std::vector<RawLine> raw = read_lines(utf8);
  const bool double_spaced = is_double_spaced(raw);
  set_gaps(raw, double_spaced);
  PagedText text;
  text.pages_are_known = std::ranges::any_of(raw, &RawLine::form_feed_before);
  PageGuesser guesser(raw, double_spaced);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool begins = text.pages_are_known ? raw[i].form_feed_before : guesser.begins_page(i);
    if (begins || raw[i].begins_column || text.pages.empty()) {
      const std::size_t sheet = text.pages.empty() ? 1 : text.pages.back().sheet + (begins ? 1 : 0);
      text.pages.emplace_back();
      text.pages.back().sheet = sheet;
      raw[i].line.gap = 0;
    }
    text.pages.back().lines.push_back(std::move(raw[i].line));
  }
  take_annotations(text.pages);
  if (!text.pages_are_known) undo_shift_of_first_lines(text.pages);
  const bool paged = !text.pages.empty() && text.pages.back().sheet > 1;
  for (PrintedPage& page : text.pages) {
    for (PrintedLine& line : page.lines)
      line.location.page = paged ? static_cast<int>(page.sheet) : 0;
  }
  return text;
}

}  // namespace loccit
