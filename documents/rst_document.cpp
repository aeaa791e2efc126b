// reStructuredText (docutils' specification, and Sphinx's use of it) as a citing document.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "documents/code_points.h"
#include "documents/marked_text_builder.h"
#include "documents/readers.h"
#include "documents/rst_inline.h"
#include "documents/rst_targets.h"
#include "documents/text_place.h"

namespace loccit {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

constexpr auto quotations =
    std::to_array<std::string_view>({"epigraph", "pull-quote", "highlights"});
// Directives whose arguments are words of the text. Others' are names of files, of code, and so on.
constexpr auto with_words = std::to_array<std::string_view>(
    {"note", "warning", "tip", "hint", "important", "caution", "danger", "error", "attention",
     "seealso", "admonition", "topic", "sidebar", "rubric", "versionadded", "versionchanged",
     "deprecated", "centered", "todo"});
constexpr auto unread = std::to_array<std::string_view>(
    {"code",         "code-block",     "sourcecode",    "literalinclude", "parsed-literal",
     "raw",          "math",           "highlight",     "image",          "toctree",
     "contents",     "meta",           "index",         "default-role",   "role",
     "prompt",       "doctest",        "testcode",      "testoutput",     "testsetup",
     "graphviz",     "plot",           "sectnum",       "csv-table",      "target-notes",
     "header",       "footer",         "ipython",       "mermaid",        "uml",
     "unicode",      "productionlist", "currentmodule", "module",         "include",
     "bibliography", "tabularcolumns"});

bool is_adornment(std::string_view text) {
  static constexpr std::string_view signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  return text.size() >= 2 && signs.find(text.front()) != std::string_view::npos &&
         text.find_first_not_of(text.front()) == std::string_view::npos;
}

// "K. Halle" begins a name, not an item: capitals count with a bracket only.
// Bytes of a bullet or number with the blank after it: "- ", "12. ", "#. ", "(a) "; 0 for none.
std::size_t marker_size(std::string_view text) {
  for (const std::string_view bullet : {"- ", "* ", "+ ", "\u2022 "}) {
    if (text.starts_with(bullet)) return bullet.size();
  }
  std::size_t at = text.starts_with('(') ? 1 : 0;
  const auto begin = at;
  while (at < text.size() && at - begin < 4 && is_digit(static_cast<unsigned char>(text[at]))) ++at;
  if (at == begin && at < text.size() &&
      (text[at] == '#' || std::isalpha(static_cast<unsigned char>(text[at])) != 0))
    ++at;
  if (at == begin || at + 1 >= text.size()) return 0;
  const bool is_initial = begin == 0 && text[at] == '.' && text[begin] >= 'A' && text[begin] <= 'Z';
  const bool closed =
      begin == 1 ? text[at] == ')' : (text[at] == '.' && !is_initial) || text[at] == ')';
  return closed && text[at + 1] == ' ' ? at + 2 : 0;
}

class RstReader {
 public:
  RstReader(std::string_view text, const ReadLimits& limits)
      : limits_(limits),
        lines_(rst_lines(text)),
        targets_(lines_),
        place_(text),
        builder_(limits) {}

  MarkedText read() {
    read_blocks(0, lines_.size(), PartKind::paragraph);
    return builder_.finish(false);
  }

 private:
  // The lines from `i` on that are blank or stand deeper than `indent`, trailing blank ones left
  // out.
  std::size_t end_of_body(std::size_t i, std::size_t end, int indent) const {
    std::size_t last = i;
    for (; i < end && (lines_[i].is_blank() || lines_[i].indent > indent); ++i) {
      if (!lines_[i].is_blank()) last = i + 1;
    }
    return last;
  }

  void read_blocks(std::size_t i, std::size_t end, PartKind kind) {
    if (depth_ >= std::min<std::size_t>(limits_.max_depth, 64)) return;
    ++depth_;
    while (i < end && lines_[i].is_blank()) ++i;
    const int indent = i < end ? lines_[i].indent : 0;
    while (i < end && !builder_.full()) {
      if (lines_[i].is_blank()) {
        ++i;
      } else if (lines_[i].indent > indent) {
        const auto body = end_of_body(i, end, indent);
        builder_.begin_quotation();
        read_blocks(i, body, PartKind::paragraph);
        builder_.end_quotation();
        i = body;
      } else {
        i = read_block(i, end, kind);
        kind = PartKind::paragraph;  // a list item's later paragraphs
      }
    }
    --depth_;
  }

  std::size_t read_block(std::size_t i, std::size_t end, PartKind kind) {
    const auto text = lines_[i].text;
    if (const auto next = read_heading(i, end); next != i) return next;
    if (text == ".." || text.starts_with(".. ")) return read_explicit(i, end);
    if (text.starts_with("__ ")) return std::max(i + 1, end_of_body(i + 1, end, lines_[i].indent));
    if (text.starts_with(">>>")) return end_of_paragraph(i, end);
    if (text.starts_with("+-") || text.starts_with("+=")) return read_grid(i, end);
    if (is_table_border(text)) return read_simple_table(i, end);
    if (text.starts_with("| ")) return read_line_block(i, end);
    if (const auto size = field_size(text)) return read_item(i, end, size);
    if (const auto size = marker_size(text); size != 0 && is_item(i, end))
      return read_item(i, end, size);
    return read_paragraph(i, end, kind);
  }

  Location place(std::size_t i) { return place_.at(lines_[i].offset); }

  // A title with a line under it, or over and under it; each new style is a level deeper.
  std::size_t read_heading(std::size_t i, std::size_t end) {
    const bool over = is_adornment(lines_[i].text);
    const auto title = over ? i + 1 : i;
    if (title + 1 >= end || lines_[title].is_blank() || lines_[i].indent != 0)
      return over && is_transition(i, end) ? i + 1 : i;
    const auto under = lines_[title + 1].text;
    const bool fits = is_adornment(under) && under.size() >= 3 &&
                      (under.size() >= count_code_points(lines_[title].text) || under.size() >= 4);
    if (!fits || (over && (under.front() != lines_[i].text.front() || under == "::")))
      return over && is_transition(i, end) ? i + 1 : i;
    const std::string style = std::string(over ? 2 : 1, under.front());
    const auto known = std::ranges::find(styles_, style);
    const auto level = static_cast<int>(known - styles_.begin()) + 1;
    if (known == styles_.end()) styles_.push_back(style);
    builder_.begin_part(PartKind::heading, level, place(title));
    add_inline(title, title + 1);
    builder_.end_part();
    return title + 2;
  }

  bool is_transition(std::size_t i, std::size_t end) const {
    return lines_[i].text.size() >= 4 && (i + 1 >= end || lines_[i + 1].is_blank());
  }

  std::size_t read_explicit(std::size_t i, std::size_t end) {
    const auto text = lines_[i].text;
    const auto body = std::max(i + 1, end_of_body(i + 1, end, lines_[i].indent));
    if (const auto head = rst_note_head(text)) {
      const auto label = targets_.printed_label_of_note(head->label);
      const bool is_entry = std::isalpha(static_cast<unsigned char>(head->label[0])) != 0;
      builder_.begin_note(lower_case(label), label, place(i), is_entry ? 1 : 0);
      cut_line(i, head->text.empty() ? text.size()
                                     : static_cast<std::size_t>(head->text.data() - text.data()));
      if (!lines_[i].is_blank()) align(i, body);
      read_blocks(i, body, PartKind::paragraph);
      builder_.end_note();
    } else if (const auto colons = text.find("::");
               colons != std::string_view::npos && !text.starts_with(".. _") &&
               !text.starts_with(".. |") &&
               text.substr(3, colons - 3).find(' ') == std::string_view::npos) {
      read_directive(i, body, text.substr(3, colons - 3), colons + 2);
    }
    return body;  // a comment or a target has no words
  }

  void read_directive(std::size_t i, std::size_t body, std::string_view name, std::size_t size) {
    if (is_one_of(name, unread)) return;
    auto begin = i + 1;
    while (begin < body && field_size(lines_[begin].text) != 0) ++begin;  // options
    const bool is_quotation = is_one_of(name, quotations);
    if (is_quotation) builder_.begin_quotation();
    if ((is_one_of(name, with_words) || is_quotation) && size < lines_[i].text.size()) {
      cut_line(i, size);
      const auto first = end_of_paragraph(i, begin);
      builder_.begin_part(PartKind::paragraph, 0, place(i));
      add_inline(i, first);
      builder_.end_part();
      begin = std::max(begin, first);
    }
    read_blocks(begin, body, PartKind::paragraph);
    if (is_quotation) builder_.end_quotation();
  }

  // ":name: " of a field list or an option, in bytes; 0 for none.
  static std::size_t field_size(std::string_view text) {
    if (!text.starts_with(':') || text.size() < 3 || text[1] == ' ' || text[1] == ':') return 0;
    const auto close = text.find(':', 1);
    if (close == std::string_view::npos || close > 60) return 0;
    if (close + 1 == text.size()) return close + 1;
    return text[close + 1] == ' ' ? close + 2 : 0;
  }

  // "A. Morrow wrote" is no item: the next line of one is blank, deeper, or another item.
  bool is_item(std::size_t i, std::size_t end) const {
    if (i + 1 >= end || lines_[i + 1].is_blank() || lines_[i + 1].indent > lines_[i].indent)
      return true;
    return marker_size(lines_[i + 1].text) != 0;
  }

  std::size_t read_item(std::size_t i, std::size_t end, std::size_t size) {
    const auto body = std::max(i + 1, end_of_body(i + 1, end, lines_[i].indent));
    cut_line(i, size);
    align(i, body);
    read_blocks(i, body, PartKind::list_item);
    return body;
  }

  // Takes the marker off; what is left stands as deep as it is printed.
  void cut_line(std::size_t i, std::size_t size) {
    RstLine& line = lines_[i];
    size = std::min(size, line.text.size());
    while (size < line.text.size() && line.text[size] == ' ') ++size;
    line.text.remove_prefix(size);
    line.offset += size;
    line.indent += static_cast<int>(size);
  }

  // The lines after a marker's own may stand less deep than its text does (".. [1] text").
  void align(std::size_t i, std::size_t end) {
    for (auto next = i + 1; next < end; ++next) {
      if (lines_[next].is_blank()) continue;
      lines_[i].indent = lines_[next].indent;
      return;
    }
  }

  std::size_t end_of_paragraph(std::size_t i, std::size_t end) const {
    while (i < end && !lines_[i].is_blank()) ++i;
    return i;
  }

  void add_inline(std::size_t i, std::size_t end) {
    RstParagraph paragraph;
    for (; i < end; ++i) paragraph.add(lines_[i].text, lines_[i].offset);
    add_rst_inline(paragraph, targets_, place_, builder_);
  }

  std::size_t read_paragraph(std::size_t i, std::size_t end, PartKind kind) {
    auto last = i + 1;
    const int indent = lines_[i].indent;
    while (last < end && !lines_[last].is_blank() && lines_[last].indent == indent) ++last;
    const bool is_term = last == i + 1 && last < end && !lines_[last].is_blank();
    const bool is_literal = lines_[last - 1].text.ends_with("::");
    if (is_literal) lines_[last - 1].text.remove_suffix(lines_[last - 1].text == "::" ? 2 : 1);
    builder_.begin_part(is_term ? PartKind::list_item : kind, 0, place(i));
    add_inline(i, last);
    builder_.end_part();
    if (is_literal) return std::max(last, end_of_body(last, end, indent));
    if (!is_term) return last;
    const auto body = std::max(last, end_of_body(last, end, indent));
    read_blocks(last, body, PartKind::paragraph);
    return body;
  }

  std::size_t read_line_block(std::size_t i, std::size_t end) {
    builder_.begin_part(PartKind::paragraph, 0, place(i));
    for (; i < end && lines_[i].text.starts_with('|'); ++i) {
      cut_line(i, 1);
      add_inline(i, i + 1);
      builder_.add_line_break();
    }
    builder_.end_part();
    return i;
  }

  static bool is_table_border(std::string_view text) {
    return text.starts_with("==") && text.find(' ') != std::string_view::npos &&
           text.find_first_not_of("= ") == std::string_view::npos;
  }

  void add_cell(const std::vector<RstLine>& lines) {
    RstParagraph paragraph;
    for (const RstLine& line : lines) paragraph.add(line.text, line.offset);
    if (paragraph.text().find_first_not_of(" \n") == std::string_view::npos) return;
    builder_.begin_part(PartKind::cell, 0, place_.at(lines.front().offset));
    add_rst_inline(paragraph, targets_, place_, builder_);
    builder_.end_part();
  }

  // The piece of a line between two columns, in bytes.
  static RstLine piece(const RstLine& line, std::size_t begin, std::size_t end) {
    begin = std::min(begin, line.text.size());
    const auto text = line.text.substr(begin, end - begin);
    const auto words = trimmed(text);
    return {words,
            line.offset + begin +
                static_cast<std::size_t>(words.empty() ? 0 : words.data() - text.data()),
            0};
  }

  void add_row(std::vector<std::vector<RstLine>>& row) {
    for (auto& cell : row) {
      if (!cell.empty()) add_cell(cell);
      cell.clear();
    }
  }

  // +---+---+ tables: a row's cells go on over its lines.
  std::size_t read_grid(std::size_t i, std::size_t end) {
    const auto last = end_of_paragraph(i, end);
    std::vector<std::vector<RstLine>> row;
    for (; i < last; ++i) {
      const auto text = lines_[i].text;
      if (text.starts_with('+')) {
        add_row(row);
        continue;
      }
      std::size_t column = 0;
      for (std::size_t begin = 1; begin < text.size(); ++column) {
        const auto bar = std::min(text.find('|', begin), text.size());
        if (row.size() <= column) row.resize(column + 1);
        row[column].push_back(piece(lines_[i], begin, bar));
        begin = bar + 1;
      }
    }
    add_row(row);
    return last;
  }

  // === === tables: a line with an empty first column goes on with the row before.
  std::size_t read_simple_table(std::size_t i, std::size_t end) {
    std::vector<std::size_t> columns;
    const auto border = lines_[i].text;
    for (std::size_t at = 0; at < border.size(); ++at) {
      if (border[at] == '=' && (at == 0 || border[at - 1] == ' ')) columns.push_back(at);
    }
    std::vector<std::vector<RstLine>> row(columns.size());
    for (++i; i < end; ++i) {
      const RstLine& line = lines_[i];
      const bool is_end = is_table_border(line.text);
      if (is_end || line.is_blank()) {
        add_row(row);
        if (is_end && (i + 1 >= end || lines_[i + 1].is_blank())) return i + 1;
        continue;
      }
      // Columns are counted in characters.
      const auto cell_at = [&](std::size_t column) {
        const auto to = column + 1 < columns.size() ? byte_offset(line.text, columns[column + 1])
                                                    : std::string_view::npos;
        return piece(line, byte_offset(line.text, columns[column]), to);
      };
      if (!cell_at(0).is_blank()) add_row(row);
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (const auto cell = cell_at(c); !cell.is_blank()) row[c].push_back(cell);
      }
    }
    add_row(row);
    return i;
  }

  const ReadLimits& limits_;
  std::vector<RstLine> lines_;
  RstTargets targets_;
  TextPlace place_;
  MarkedTextBuilder builder_;
  std::vector<std::string> styles_;
  std::size_t depth_ = 0;
};

}  // namespace

Result<MarkedText> read_rst(Bytes content, const DocumentHint& /*hint*/, const ReadLimits& limits) {
  const auto decoded = decode_text(content, "utf-8");
  return RstReader(decoded.text, limits).read();
}

}  // namespace loccit
