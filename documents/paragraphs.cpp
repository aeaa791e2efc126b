#include "documents/paragraphs.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>

#include "documents/code_points.h"
#include "documents/line_shapes.h"
#include "documents/note_label.h"
#include "documents/paragraph_kinds.h"
#include "documents/printed_date.h"

namespace loccit {
namespace {

struct BodyLine {
  const PrintedLine* line = nullptr;
  std::size_t page = 0;
  bool starts_page = false;
};

// Half a column and more is a difference of indentation.
constexpr double deeper = 0.75;

class ParagraphMaker {
 public:
  explicit ParagraphMaker(const PagedText& text) {
    for (std::size_t p = 0; p < text.pages.size(); ++p) {
      bool first = p > 0;
      for (const PrintedLine& line : text.pages[p].lines) {
        lines_.push_back({&line, p, first});
        first = false;
      }
    }
  }

  std::vector<PrintedParagraph> make() {
    measure();
    split();
    join_over_pages();
    classify(drafts_, measures_);
    std::vector<PrintedParagraph> paragraphs;
    for (ParagraphDraft& draft : drafts_) paragraphs.push_back(std::move(draft.paragraph));
    return paragraphs;
  }

 private:
  static int rounded(double left) { return static_cast<int>(std::lround(left)); }

  void measure() {
    std::map<int, std::size_t> lefts, first_lefts, sizes;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      ++lefts[rounded(lines_[i].line->left)];
      sizes[rounded(lines_[i].line->type_size * 10)] += lines_[i].line->text.size();
      measures_.right = std::max(measures_.right, lines_[i].line->right);
      const bool set_in_with_the_line_before =
          i > 0 && lines_[i].line->gap == 0 && !lines_[i].starts_page &&
          lines_[i - 1].line->left > lines_[i].line->left - deeper;
      const bool indented = i + 1 < lines_.size() && lines_[i + 1].line->gap == 0 &&
                            !lines_[i + 1].starts_page && !set_in_with_the_line_before &&
                            lines_[i].line->left > lines_[i + 1].line->left + deeper;
      if (indented) ++first_lefts[rounded(lines_[i].line->left)];
    }
    const auto most = [](const std::map<int, std::size_t>& counts) {
      return std::ranges::max_element(counts, {}, [](const auto& e) { return e.second; })->first;
    };
    if (!lefts.empty()) measures_.base_left = most(lefts);
    if (!first_lefts.empty()) measures_.usual_first_left = most(first_lefts);
    if (!sizes.empty()) measures_.usual_size = most(sizes) / 10.0;
  }

  void split() {
    std::size_t block = 0;
    for (std::size_t begin = 0; begin < lines_.size();) {
      std::size_t end = begin + 1;
      while (end < lines_.size() && !lines_[end].starts_page &&
             (lines_[end].line->gap == 0 || is_mark_alone(*lines_[end].line)))
        ++end;
      split_block(begin, end, block++);
      begin = end;
    }
  }

  // A small raised number that found no room in the line before, in brackets or not.
  bool is_mark_alone(const PrintedLine& line) const {
    return line.type_size > 0 && line.type_size < 0.93 * measures_.usual_size &&
           line.text.size() <= 8 && without_mark(line.text).empty();
  }

  void split_block(std::size_t begin, std::size_t end, std::size_t block) {
    double left = 1e9, right = 0;
    for (std::size_t i = begin; i < end; ++i) {
      left = std::min(left, lines_[i].line->left);
      right = std::max(right, lines_[i].line->right);
    }
    const std::size_t first_draft = drafts_.size();
    const bool hanging = is_hanging(begin, end, left, right);
    for (std::size_t i = begin; i < end; ++i) {
      const bool date_line = is_date_line(i, begin);
      const bool begins = i == begin || date_line || drafts_.back().is_date_line ||
                          (hanging ? is_outer(i, left) : begins_paragraph(i, left, right));
      if (begins) {
        add_draft(i, block, date_line);
        drafts_.back().is_led_in = i > 0 && is_led_in(i, left);
      }
      ParagraphDraft& draft = drafts_.back();
      const PrintedLine& line = *lines_[i].line;
      draft.paragraph.lines.push_back(&line);
      draft.paragraph.pages.push_back(lines_[i].page);
      draft.left = std::min(draft.left, line.left);
      draft.right = std::max(draft.right, line.right);
    }
    for (std::size_t d = first_draft; d < drafts_.size(); ++d) {
      drafts_[d].alone = drafts_.size() - first_draft == 1 ||
                         (d == first_draft && drafts_[d + 1].is_date_line) ||
                         is_numbered_title(*drafts_[d].paragraph.lines.front()) ||
                         stands_alone(*drafts_[d].paragraph.lines.front(), measures_);
    }
    if (drafts_.size() > first_draft)
      drafts_.back().paragraph.gap_after =
          end < lines_.size() ? std::max(1, lines_[end].line->gap) : 1;
  }

  bool is_date_line(std::size_t i, std::size_t begin) const {
    const std::string& text = lines_[i].line->text;
    if (text.size() > 160) return false;
    auto found = place_and_date(text);
    if (!found) found = place_and_date(without_mark(text));
    if (!found) return false;
    // In mid paragraph a line may consist of a date by chance; a place-and-date line begins its
    // block or follows a sentence.
    return i == begin || ends_a_sentence(lines_[i - 1].line->text) || !found->place.empty();
  }

  bool is_outer(std::size_t i, double block_left) const {
    return lines_[i].line->left <= block_left + deeper;
  }

  // A list of works: of each entry all lines but the first are set in and go on in mid sentence; a
  // first line follows the end of an entry.
  bool is_hanging(std::size_t begin, std::size_t end, double left, double right) const {
    std::size_t inner = 0, in_mid_sentence = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const PrintedLine& line = *lines_[i].line;
      const double larger = std::abs(line.type_size - lines_[begin].line->type_size);
      if (enumerator_at_start(line.text) || larger > 0.08 * measures_.usual_size) return false;
      if (i == begin) {
        if (!is_outer(i, left)) return false;
        continue;
      }
      const PrintedLine& before = *lines_[i - 1].line;
      if (is_outer(i, left)) {
        if (!ends_an_entry(before.text)) return false;
        continue;
      }
      if (before.right - left < 0.8 * (right - left) || before.text.ends_with(':')) return false;
      ++inner;
      in_mid_sentence += ends_a_sentence(before.text) ? 0U : 1U;
    }
    return inner > 0 && in_mid_sentence * 2 >= inner;
  }

  static bool ends_an_entry(std::string_view text) {
    return ends_a_sentence(text) || text.find('/', text.rfind(' ') + 1) != std::string_view::npos;
  }

  bool begins_paragraph(std::size_t i, double block_left, double block_right) const {
    const PrintedLine& line = *lines_[i].line;
    const PrintedLine& before = *lines_[i - 1].line;
    const bool after_sentence = ends_a_sentence(before.text);
    if (stands_alone(line, measures_) || stands_alone(before, measures_)) return true;
    if (const auto enumerator = enumerator_at_start(line.text)) {
      const auto& open = drafts_.back().enumerator;
      const bool successor =
          open && (enumerator->bullet ? open->bullet : enumerator->number == open->number + 1);
      const bool under_heading = before.right - block_left < 0.6 * (block_right - block_left) &&
                                 line.left > before.left + 2;
      if (successor || under_heading || (after_sentence && line.left <= block_left + deeper))
        return true;
    }
    if (is_mark_alone(line)) return false;
    if (has_cells(line) != has_cells(before)) return true;
    if (is_led_in(i, block_left) || is_numbered_title(line) || is_numbered_title(before))
      return true;
    if (drafts_.back().is_led_in && after_sentence && line.left < drafts_.back().left - deeper)
      return true;
    const bool size_changes = line.type_size > 0 && std::abs(line.type_size - before.type_size) >
                                                        0.08 * measures_.usual_size;
    if (size_changes) return true;
    // A title's lines, centred.
    if (line.type_size > measures_.usual_size * 1.08 && !after_sentence) return false;
    // First lines are indented; a hanging list's other lines are too, which the enumerator tells.
    const double width = std::max(1.0, block_right - block_left);
    // An item goes on in the next line only where its own was full.
    const bool full = before.right - block_left > 0.6 * width || starts_with_lower(line.text);
    const bool hanging = full && drafts_.back().enumerator.has_value() &&
                         line.left > drafts_.back().first_left + deeper;
    if (line.left > block_left + deeper && !hanging) {
      const bool first_lines_are = before.left <= block_left + deeper ||
                                   line.left <= before.left + deeper ||
                                   (after_sentence && line.left > before.left + 4);
      return first_lines_are &&
             (after_sentence || measures_.usual_first_left == rounded(line.left));
    }
    return after_sentence && before.right - block_left < 0.55 * width &&
           !starts_with_lower(line.text) && lines_.size() > 3;
  }

  // A row of a table in a PDF (see pdf_pages.cpp): the lines under it may be of one cell.
  static bool has_cells(const PrintedLine& line) {
    return line.type_size > 0 && line.text.find("    ") != std::string::npos;
  }

  static bool is_numbered_title(const PrintedLine& line) {
    constexpr std::size_t longest_title = 60;
    return line.text.size() <= longest_title && end_of_heading_number(line.text) > 0 &&
           !ends_a_sentence(line.text);
  }

  // "… as follows:" and then deeper than any first line: a quotation, with no blank line before it.
  bool is_led_in(std::size_t i, double block_left) const {
    const PrintedLine& line = *lines_[i].line;
    const PrintedLine& before = *lines_[i - 1].line;
    const bool is_first_line =
        measures_.usual_first_left && std::abs(line.left - *measures_.usual_first_left) < 1;
    return before.text.ends_with(':') && line.left > before.left + 1.5 &&
           line.left > block_left + 1.5 && !is_first_line && !enumerator_at_start(line.text) &&
           !is_artwork(line);
  }

  void add_draft(std::size_t i, std::size_t block, bool date_line) {
    ParagraphDraft draft;
    const PrintedLine& line = *lines_[i].line;
    draft.gap_before = line.gap;
    draft.starts_page = lines_[i].starts_page;
    draft.block = block;
    draft.enumerator = enumerator_at_start(line.text);
    draft.is_date_line = date_line;
    draft.first_left = draft.left = line.left;
    draft.type_size = line.type_size;
    drafts_.push_back(std::move(draft));
  }

  void join_over_pages() {
    std::vector<ParagraphDraft> joined;
    for (ParagraphDraft& draft : drafts_) {
      if (draft.starts_page && !joined.empty() && goes_on(joined.back(), draft)) {
        ParagraphDraft& open = joined.back();
        std::ranges::move(draft.paragraph.lines, std::back_inserter(open.paragraph.lines));
        std::ranges::move(draft.paragraph.pages, std::back_inserter(open.paragraph.pages));
        open.paragraph.gap_after = draft.paragraph.gap_after;
        open.right = std::max(open.right, draft.right);
        open.left = std::min(open.left, draft.left);
        open.alone = open.alone && draft.alone;
      } else {
        joined.push_back(std::move(draft));
      }
    }
    drafts_ = std::move(joined);
  }

  bool goes_on(const ParagraphDraft& above, const ParagraphDraft& below) const {
    const std::string& last = above.paragraph.lines.back()->text;
    const std::string& first = below.paragraph.lines.front()->text;
    if (above.is_date_line || below.is_date_line) return false;
    if (above.type_size > 0 &&
        std::abs(above.type_size - below.type_size) > 0.08 * measures_.usual_size)
      return false;
    if (last.ends_with('-')) return true;
    const bool ended = ends_a_sentence(last);
    if (starts_with_lower(first)) return !ended || last.ends_with(';') || last.ends_with(':');
    if (below.enumerator) return false;
    const bool indented = below.first_left > measures_.base_left + deeper;
    const double last_right = above.paragraph.lines.back()->right;
    const bool full_line = last_right > 0.7 * measures_.right;
    // One line alone above the break may be a heading, unless it fills the measure.
    if (!ended)
      return full_line && !indented &&
             (above.paragraph.lines.size() > 1 || last_right > 0.85 * measures_.right);
    // A sentence ended with the page: whether its paragraph did, only indentation can tell.
    const bool first_lines_are_indented =
        measures_.usual_first_left && above.first_left > measures_.base_left + deeper &&
        std::abs(above.first_left - *measures_.usual_first_left) < deeper;
    return first_lines_are_indented && !indented && full_line && below.paragraph.lines.size() > 1;
  }

  std::vector<BodyLine> lines_;
  std::vector<ParagraphDraft> drafts_;
  PageMeasures measures_;
};

}  // namespace

std::vector<PrintedParagraph> paragraphs_of(const PagedText& text) {
  return ParagraphMaker(text).make();
}

}  // namespace loccit
