#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include "documents/html_signs.h"
#include "documents/pdf_text.h"

namespace loccit {
namespace {

constexpr std::size_t rows_in_head = 3;
constexpr std::size_t rows_in_foot = 3;
constexpr std::size_t longest_running_line = 160;
constexpr std::size_t pages_between_repeats = 2;  // left and right pages have heads of their own
constexpr double small_print = 0.93;              // of the height of the body's lines

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string text_of(const PdfLine& line) {
  std::string text;
  for (const PdfWord& word : line.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

// "Page 3 of 10" and "Page 4 of 10" are one running line.
std::string shape_of(std::string_view text) {
  std::string shape;
  for (const char c : text) {
    if (!is_digit(c)) {
      shape.push_back(c);
    } else if (shape.empty() || shape.back() != '#') {
      shape.push_back('#');
    }
  }
  return shape;
}

// "12", "- 12 -", "3/10", "iv".
bool is_page_number(std::string_view text) {
  if (text.empty() || text.size() > 12) return false;
  if (text.find_first_not_of("ivxlc") == std::string_view::npos) return true;
  return std::any_of(text.begin(), text.end(), is_digit) &&
         text.find_first_not_of("0123456789-/|. ") == std::string_view::npos;
}

// Lines from top to bottom.
std::vector<std::size_t> by_height(const PdfPage& page) {
  std::vector<std::size_t> order(page.lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return page.lines[a].box.top < page.lines[b].box.top;
  });
  return order;
}

struct Edge {
  std::vector<std::size_t> head;
  std::vector<std::size_t> foot;
};

// The lines of the first and last rows; what stands side by side is one row.
Edge edge_of(const PdfPage& page) {
  const std::vector<std::size_t> order = by_height(page);
  const auto take = [&](auto begin, auto end, std::size_t rows) {
    std::vector<std::size_t> taken;
    double row = -1;
    for (auto it = begin; it != end; ++it) {
      const PdfBox& box = page.lines[*it].box;
      if (taken.empty() || std::abs(box.top - row) > box.height() / 2) {
        if (rows-- == 0) break;
        row = box.top;
      }
      taken.push_back(*it);
    }
    return taken;
  };
  return {take(order.begin(), order.end(), rows_in_head),
          take(order.rbegin(), order.rend(), rows_in_foot)};
}

// `pages`, in order, hold such a line: one of them other than this one, and near?
bool repeats_near(const std::vector<std::size_t>& pages, std::size_t page) {
  const std::size_t first = page - std::min(page, pages_between_repeats);
  for (auto it = std::lower_bound(pages.begin(), pages.end(), first);
       it != pages.end() && *it <= page + pages_between_repeats; ++it) {
    if (*it != page) return true;
  }
  return false;
}

// The height of most of the text.
double body_height(const PdfLayout& layout) {
  std::map<long, std::size_t> letters;  // by tenths of a point
  for (const PdfPage& page : layout.pages) {
    for (const PdfLine& line : page.lines) {
      for (const PdfWord& word : line.words)
        letters[std::lround(word.box.height() * 10)] += word.text.size();
    }
  }
  const auto most =
      std::max_element(letters.begin(), letters.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == letters.end() ? 0 : static_cast<double>(most->first) / 10;
}

double height_of(const PdfLine& line) {
  double height = 0;
  for (const PdfWord& word : line.words) height = std::max(height, word.box.height());
  return height;
}

// What shares a row with a running line or a page number is one, too: a section's title changes too
// often to repeat.
void mark_companions(const PdfPage& page, const std::vector<std::size_t>& edge,
                     std::vector<bool>& furniture) {
  for (const std::size_t line : edge) {
    const PdfBox& box = page.lines[line].box;
    const bool accompanies = std::any_of(edge.begin(), edge.end(), [&](std::size_t other) {
      return furniture[other] &&
             std::abs(page.lines[other].box.bottom - box.bottom) < box.height() / 4;
    });
    if (accompanies && text_of(page.lines[line]).size() <= longest_running_line)
      furniture[line] = true;
  }
}

// Small print at the foot of the page whose first line begins with a note's mark.
void mark_footnotes(const PdfPage& page, double body, std::vector<bool>& furniture) {
  const std::vector<std::size_t> order = by_height(page);
  std::size_t begin = order.size();
  for (std::size_t i = order.size(); i-- > 0;) {
    if (furniture[order[i]]) continue;
    const PdfLine& line = page.lines[order[i]];
    if (height_of(line) > body * small_print) break;
    if (!line.words.empty() && mark_form(line.words.front().text) != MarkForm::none) begin = i;
  }
  for (std::size_t i = begin; i < order.size(); ++i) furniture[order[i]] = true;
}

}  // namespace

std::vector<std::vector<bool>> find_page_furniture(const PdfLayout& layout) {
  std::vector<std::vector<bool>> furniture;
  std::vector<Edge> edges;
  std::map<std::string, std::vector<std::size_t>> pages_by_shape;
  for (std::size_t number = 0; number < layout.pages.size(); ++number) {
    const PdfPage& page = layout.pages[number];
    furniture.emplace_back(page.lines.size(), false);
    edges.push_back(edge_of(page));
    for (const auto* lines : {&edges.back().head, &edges.back().foot}) {
      for (const std::size_t line : *lines) {
        const std::string text = text_of(page.lines[line]);
        if (text.size() <= longest_running_line) pages_by_shape[shape_of(text)].push_back(number);
      }
    }
  }
  const double body = body_height(layout);
  for (std::size_t number = 0; number < layout.pages.size(); ++number) {
    const PdfPage& page = layout.pages[number];
    for (const auto* lines : {&edges[number].head, &edges[number].foot}) {
      for (const std::size_t line : *lines) {
        const std::string text = text_of(page.lines[line]);
        const auto found = pages_by_shape.find(shape_of(text));
        const bool repeats = found != pages_by_shape.end() && repeats_near(found->second, number);
        if (repeats || is_page_number(text)) furniture[number][line] = true;
      }
    }
    for (const auto* lines : {&edges[number].head, &edges[number].foot}) {
      mark_companions(page, *lines, furniture[number]);
    }
    mark_footnotes(page, body, furniture[number]);
  }
  return furniture;
}

}  // namespace loccit
