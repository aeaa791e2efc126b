#include "documents/pdf_furniture.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "documents/html_signs.h"
#include "documents/line_shapes.h"
#include "documents/note_label.h"

namespace loccit {
namespace {

using ascii::is_digit;

constexpr std::size_t rows_in_head = 3;
constexpr std::size_t rows_in_foot = 3;
constexpr std::size_t longest_running_line = 400;  // bytes: browsers print addresses
constexpr std::size_t pages_between_repeats = 2;   // left and right pages have heads of their own
constexpr double deepest_edge = 0.25;  // of the page's height: heads and feet stand in it
constexpr double margin = 0.07;        // of the page's height

std::string text_of(const PdfLine& line) {
  std::string text;
  for (const PdfWord& word : line.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

// "12", "- 12 -", "3/10", "Page 3 of 10", "iv".
bool is_page_number(std::string_view text) {
  if (text.empty() || text.size() > 16) return false;
  if (text.find_first_not_of("ivxlc") == std::string_view::npos) return true;
  for (const std::string_view word : {"Page ", "page ", "Seite ", "p. "}) {
    if (text.starts_with(word)) text.remove_prefix(word.size());
  }
  if (const std::size_t of = text.find(" of "); of != std::string_view::npos)
    return is_page_number(text.substr(0, of)) && is_page_number(text.substr(of + 4));
  return std::any_of(text.begin(), text.end(), is_digit) &&
         text.find_first_not_of("0123456789-–—/|. ") == std::string_view::npos;
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
  Edge edge{take(order.begin(), order.end(), rows_in_head),
            take(order.rbegin(), order.rend(), rows_in_foot)};
  // On a page with little text its lines are no heads, and what stands above is no foot.
  std::erase_if(edge.head,
                [&](std::size_t i) { return page.lines[i].box.top > page.height * deepest_edge; });
  std::erase_if(edge.foot, [&](std::size_t i) {
    return page.lines[i].box.bottom < page.height * (1 - deepest_edge);
  });
  return edge;
}

class RunningLines {
 public:
  explicit RunningLines(const PdfLayout& layout) : layout_(layout) {
    for (std::size_t number = 0; number < layout.pages.size(); ++number) {
      edges_.push_back(edge_of(layout.pages[number]));
      for (const auto* lines : {&edges_.back().head, &edges_.back().foot}) {
        for (const std::size_t i : *lines) {
          const PdfLine& line = layout.pages[number].lines[i];
          const std::string text = text_of(line);
          if (text.size() <= longest_running_line)
            places_[without_counts(text)].push_back(
                {number, line.box.top, leading_number(layout.pages[number], i)});
        }
      }
    }
  }

  std::vector<std::vector<bool>> find() const {
    std::vector<std::vector<bool>> found;
    for (std::size_t number = 0; number < layout_.pages.size(); ++number) {
      const PdfPage& page = layout_.pages[number];
      std::vector<bool> running(page.lines.size(), false);
      const Edge& edge = edges_[number];
      for (const auto* lines : {&edge.head, &edge.foot}) {
        for (const std::size_t i : *lines) {
          const bool at_foot = lines == &edge.foot;
          // "12" right beside words is a label of theirs.
          const bool looks_so = is_page_number(text_of(page.lines[i]))
                                    ? stands_alone(page, i)
                                    : repeats(number, i, at_foot) ||
                                          (stands_in_margin(page, i) &&
                                           !(at_foot && begins_like_a_note(page.lines[i])));
          running[i] = looks_so && (!at_foot || stands_apart(page, i) ||
                                    (ends_most(page, i) && !has_label(page, i)));
        }
        mark_rows(page, *lines, lines == &edge.head, running);
      }
      found.push_back(std::move(running));
    }
    return found;
  }

 private:
  struct Place {
    std::size_t page = 0;
    double top = 0;
    std::optional<long> leading_number;  // of its row
  };

  static std::optional<long> leading_number(const PdfPage& page, std::size_t i) {
    const PdfLine* first = &page.lines[i];
    for (const PdfLine& line : page.lines) {
      if (same_row(line.box, page.lines[i].box) && line.box.left < first->box.left) first = &line;
    }
    if (first->words.empty()) return std::nullopt;
    const std::string& word = first->words.front().text;
    long number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc{}) return std::nullopt;
    return number;
  }

  // On a page near by, at the same height. "12 Ibid." and "14 Ibid." do at the foot as well: there
  // a number must count pages.
  bool repeats(std::size_t number, std::size_t i, bool at_foot) const {
    const std::optional<long> lead = leading_number(layout_.pages[number], i);
    const PdfLine& line = layout_.pages[number].lines[i];
    const auto found = places_.find(without_counts(text_of(line)));
    if (found == places_.end()) return false;
    const std::size_t first = number - std::min(number, pages_between_repeats);
    auto place = std::ranges::lower_bound(found->second, first, {}, &Place::page);
    for (; place != found->second.end() && place->page <= number + pages_between_repeats; ++place) {
      if (place->page == number || std::abs(place->top - line.box.top) >= line.box.height())
        continue;
      const bool counts_pages = !lead || !place->leading_number ||
                                *lead - *place->leading_number ==
                                    static_cast<long>(number) - static_cast<long>(place->page);
      if (!at_foot || counts_pages) return true;
    }
    return false;
  }

  static bool stands_alone(const PdfPage& page, std::size_t i) {
    const PdfBox& box = page.lines[i].box;
    return std::ranges::none_of(page.lines, [&](const PdfLine& line) {
      return &line != &page.lines[i] && same_row(line.box, box) &&
             std::max(line.box.left - box.right, box.left - line.box.right) < 4 * box.height();
    });
  }

  // Alone at the paper's edge, apart from everything else: a foot that no second page can confirm.
  static bool stands_in_margin(const PdfPage& page, std::size_t i) {
    const PdfBox& box = page.lines[i].box;
    if (box.top < page.height * (1 - margin) && box.bottom > page.height * margin) return false;
    return std::ranges::none_of(page.lines, [&](const PdfLine& line) {
      return &line != &page.lines[i] && !same_row(line.box, box) &&
             line.box.bottom > box.top - 1.5 * box.height() &&
             line.box.top < box.bottom + 1.5 * box.height();
    });
  }

  // "1Letter of 12 May." at the foot of a page with narrow margins; one word is a foot's code.
  static bool begins_like_a_note(const PdfLine& line) {
    return line.words.size() > 2 && note_label_at_start(text_of(line)).has_value();
  }

  static bool same_row(const PdfBox& a, const PdfBox& b) {
    const double overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    return overlap > 0.5 * std::min(a.height(), b.height());
  }

  // "12 Ibid." and "(last visited …)" may end one page after another; a running foot stands apart.
  static bool stands_apart(const PdfPage& page, std::size_t i) {
    const PdfBox& box = page.lines[i].box;
    double above = -1;
    for (const PdfLine& line : page.lines) {
      if (line.box.bottom < box.bottom && !same_row(line.box, box))
        above = std::max(above, line.box.bottom);
    }
    return above < 0 || box.bottom - above >= 1.8 * box.height();
  }

  // Its row begins with a note's label.
  static bool has_label(const PdfPage& page, std::size_t i) {
    const PdfLine* first = &page.lines[i];
    bool has_words = first->words.size() > 1;
    for (const PdfLine& line : page.lines) {
      if (&line == &page.lines[i] || !same_row(line.box, page.lines[i].box)) continue;
      if (line.box.left < first->box.left) first = &line;
      has_words = true;
    }
    return has_words && !first->words.empty() &&
           mark_form(first->words.front().text) != MarkForm::none;
  }

  // The lowest row of most pages.
  bool ends_most(const PdfPage& page, std::size_t i) const {
    const PdfBox& box = page.lines[i].box;
    const bool lowest = std::ranges::none_of(page.lines, [&](const PdfLine& line) {
      return line.box.bottom > box.bottom && !same_row(line.box, box);
    });
    if (!lowest) return false;
    const auto found = places_.find(without_counts(text_of(page.lines[i])));
    return found != places_.end() && found->second.size() * 5 >= layout_.pages.size() * 2;
  }

  // What shares a row with a running line is one, too (a section's title changes too often to
  // repeat), and what lies between it and the paper's edge.
  static void mark_rows(const PdfPage& page, const std::vector<std::size_t>& edge, bool at_head,
                        std::vector<bool>& running) {
    std::optional<double> innermost;
    for (const std::size_t i : edge) {
      if (!running[i]) continue;
      const double bottom = page.lines[i].box.bottom;
      innermost = !innermost ? bottom
                  : at_head  ? std::max(*innermost, bottom)
                             : std::min(*innermost, bottom);
    }
    if (!innermost) return;
    for (const std::size_t i : edge) {
      const PdfBox& box = page.lines[i].box;
      const double slack = box.height() / 4;
      const bool outside =
          at_head ? box.bottom <= *innermost + slack : box.bottom >= *innermost - slack;
      if (outside && text_of(page.lines[i]).size() <= longest_running_line) running[i] = true;
    }
  }

  const PdfLayout& layout_;
  std::vector<Edge> edges_;
  std::map<std::string, std::vector<Place>> places_;  // by shape, pages in order
};

}  // namespace

std::vector<std::vector<bool>> find_running_lines(const PdfLayout& layout) {
  return RunningLines(layout).find();
}

}  // namespace loccit
