#include "documents/page_furniture.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ascii.h"
#include "documents/code_points.h"
#include "documents/line_shapes.h"
#include "documents/note_label.h"

namespace loccit {
namespace {

using ascii::is_digits;

// So many lines from either edge of a page may be furniture.
constexpr std::size_t edge = 4;

// What stays the same from page to page: digits count as one sign, blanks as none. The page's
// number stands before or after the words by turns.
std::string pattern_of(std::string_view line) {
  std::string pattern;
  for (const char c : without_counts(lower_case(line.substr(0, 200)))) {
    if (c != ' ' && (c != '#' || !pattern.ends_with('#'))) pattern += c;
  }
  if (pattern.size() > 6 && pattern.starts_with('#')) pattern.erase(0, 1);
  if (pattern.size() > 6 && pattern.ends_with('#')) pattern.pop_back();
  return pattern;
}

bool is_code(std::string_view word) {
  if (word.size() == 3 && word.front() == '(' && word.back() == ')')
    return is_upper(static_cast<unsigned char>(word[1]));
  bool digit = false, letter = false, slash = false;
  for (const char c : word) {
    if (c >= '0' && c <= '9')
      digit = true;
    else if (c >= 'A' && c <= 'Z')
      letter = true;
    else if (c == '/')
      slash = true;
    else if (c != '-' && c != '.' && c != '(' && c != ')')
      return false;
  }
  return digit && (slash || !letter);
}

// "24-01234", "GE.24-08814": the number of a job at a printer's, for which the United Nations print
// a bar code as well, "*2401234*"; and the symbols of their documents, "A/HRC/56/44". No text has
// such a line of its own.
bool is_printers_mark(std::string_view word) {
  if (word.size() > 5 && is_upper(static_cast<unsigned char>(word.front())) &&
      std::ranges::count(word, '/') >= 2)
    return is_code(word);
  if (word.size() > 8 && word.front() == '*' && word.back() == '*')
    return is_digits(word.substr(1, word.size() - 2));
  if (const std::size_t dot = word.find('.'); dot != std::string_view::npos && dot <= 3)
    word.remove_prefix(dot + 1);
  return word.size() == 8 && word[2] == '-' && is_digits(word.substr(0, 2)) &&
         is_digits(word.substr(3));
}

// "A/74/855", "9/16 20-06766", "- 12 -", "Page 3 of 10": nothing but symbols and numbers of pages.
bool is_code_line(std::string_view printed) {
  if (printed.size() > 200) return false;
  const std::string line = collapsed(printed);
  if (line.size() > 40) return false;
  static constexpr auto small_words = std::to_array<std::string_view>(
      {"page", "of", "seite", "von", "página", "de", "pagina", "p.", "-", "–", "—", "|", "стр."});
  bool number = false;
  for (std::size_t at = 0, n = 0; at < line.size() && n < 8; ++n) {
    std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = std::string_view(line).substr(at, end - at);
    const bool code = is_code(word) || is_printers_mark(word);
    const bool small = std::ranges::find(small_words, lower_case(word)) != small_words.end();
    if (!word.empty() && !code && !small) return false;
    number = number || code;
    at = end + 1;
  }
  return number;
}

bool has_printers_mark(std::string_view printed) {
  if (!is_code_line(printed)) return false;
  for (std::size_t at = 0; at < printed.size();) {
    const std::size_t end = std::min(printed.find(' ', at), printed.size());
    if (is_printers_mark(printed.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

struct Edges {
  std::vector<std::size_t> top, bottom;
};

Edges edges_of(const PrintedPage& page) {
  Edges edges;
  const std::size_t count = page.lines.size();
  const std::size_t deepest = std::min(edge, (count + 2) / 3);  // on a page with little text
  for (std::size_t i = 0; i < deepest; ++i) edges.top.push_back(i);
  for (std::size_t i = 0; i < deepest; ++i) edges.bottom.push_back(count - 1 - i);
  return edges;
}

class FurnitureFinder {
 public:
  explicit FurnitureFinder(const PagedText& text) : text_(text) {
    for (const PrintedPage& page : text.pages) {
      const Edges edges = edges_of(page);
      for (const std::size_t i : edges.top) ++top_[pattern_of(page.lines[i].text)];
      for (const std::size_t i : edges.bottom) ++bottom_[pattern_of(page.lines[i].text)];
    }
  }

  // Up to the innermost line that repeats: what lies between it and the paper's edge is furniture,
  // too. Codes and numbers count from the edge on without a gap: a lone "8" may be a mark.
  std::vector<std::size_t> find(std::size_t page_index) const {
    const PrintedPage& page = text_.pages[page_index];
    const Edges edges = edges_of(page);
    std::size_t top = 0, bottom = 0;
    for (std::size_t n = 0; n < edges.top.size(); ++n) {
      const PrintedLine& line = page.lines[edges.top[n]];
      if (repeats(line, top_) || (top == n && is_code(line))) top = n + 1;
    }
    for (std::size_t n = 0; n < edges.bottom.size(); ++n) {
      const PrintedLine& line = page.lines[edges.bottom[n]];
      // "2021." may be all that is left of a column's last sentence.
      const bool code = bottom == n && is_code(line) &&
                        (line.type_size == 0 || line.gap >= 1 || has_printers_mark(line.text));
      if ((repeats(line, bottom_) || code) &&
          ((stands_apart(page, edges.bottom[n]) && !begins_a_note(line)) ||
           (n == 0 && ends_most(line))))
        bottom = n + 1;
    }
    std::vector<std::size_t> furniture(edges.top.begin(),
                                       edges.top.begin() + static_cast<std::ptrdiff_t>(top));
    furniture.insert(furniture.end(), edges.bottom.begin(),
                     edges.bottom.begin() + static_cast<std::ptrdiff_t>(bottom));
    return furniture;
  }

 private:
  // "12 Ibid." and "(last visited …)" may end many pages; a running foot stands apart from the
  // text.
  static bool stands_apart(const PrintedPage& page, std::size_t i) {
    for (std::size_t n = 0; n < edge; ++n, --i) {
      if (i == 0 || page.lines[i].gap >= 1 || is_rule(page.lines[i - 1].text)) return true;
      if (note_label_at_start(page.lines[i].text) && !is_code_line(page.lines[i].text))
        return false;
    }
    return false;
  }

  // A foot that begins with the page's number stands on most pages.
  bool begins_a_note(const PrintedLine& line) const {
    if (is_code_line(line.text)) return false;
    const auto found = bottom_.find(pattern_of(line.text));
    return note_label_at_start(line.text) &&
           (found == bottom_.end() || found->second * 5 < text_.pages.size() * 2);
  }

  bool ends_most(const PrintedLine& line) const {
    if (note_label_at_start(line.text)) return false;
    if (is_code_line(line.text)) return true;
    const auto found = bottom_.find(pattern_of(line.text));
    return found != bottom_.end() && found->second * 5 >= text_.pages.size() * 2;
  }

  bool is_code(const PrintedLine& line) const {
    if (!is_code_line(line.text)) return false;
    // A page alone has no other to compare with: only "- 1 -" and the printer's marks are sure.
    return text_.pages.size() > 1 || (line.gap >= 1 && line.text.starts_with('-')) ||
           has_printers_mark(line.text);
  }

  bool repeats(const PrintedLine& line,
               const std::unordered_map<std::string, std::size_t>& seen) const {
    if (text_.pages.size() < 2 || is_rule(line.text)) return false;
    // Where sizes are known the reader has looked for running lines by their place already.
    if (line.type_size > 0) return false;
    const std::string pattern = pattern_of(line.text);
    const auto found = seen.find(pattern);
    const std::size_t times = found == seen.end() ? 0 : found->second;
    // Nothing but a number, or a label of a note, repeats without being furniture.
    if (pattern.size() < 3) return false;
    return times >= 3 || (times == 2 && text_.pages.size() <= 4);
  }

  const PagedText& text_;
  std::unordered_map<std::string, std::size_t> top_, bottom_;
};

}  // namespace

void remove_page_furniture(PagedText& text) {
  const FurnitureFinder finder(text);
  std::vector<std::vector<std::size_t>> found;
  for (std::size_t p = 0; p < text.pages.size(); ++p) found.push_back(finder.find(p));
  for (std::size_t p = 0; p < text.pages.size(); ++p) {
    std::vector<PrintedLine>& lines = text.pages[p].lines;
    std::ranges::sort(found[p]);
    std::vector<PrintedLine> kept;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!std::ranges::binary_search(found[p], i)) kept.push_back(std::move(lines[i]));
    }
    lines = std::move(kept);
    if (!lines.empty()) lines.front().gap = 0;
  }
}

}  // namespace loccit
