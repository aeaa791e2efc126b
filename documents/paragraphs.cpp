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
    classify();
    std::vector<PrintedParagraph> paragraphs;
    for (Draft& draft : drafts_) paragraphs.push_back(std::move(draft.paragraph));
    return paragraphs;
  }

 private:
  struct Draft {
    PrintedParagraph paragraph;
    int gap_before = 0;
    bool starts_page = false;
    bool alone = false;  // nothing else stands between the gaps around it
    std::size_t block = 0;
    std::optional<Enumerator> enumerator;
    bool is_date_line = false;
    double left = 0, right = 0, first_left = 0, type_size = 0;
  };

  static int rounded(double left) { return static_cast<int>(std::lround(left)); }

  void measure() {
    std::map<int, std::size_t> lefts, first_lefts, sizes;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      ++lefts[rounded(lines_[i].line->left)];
      sizes[rounded(lines_[i].line->type_size * 10)] += lines_[i].line->text.size();
      right_ = std::max(right_, lines_[i].line->right);
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
    if (!lefts.empty()) base_left_ = most(lefts);
    if (!first_lefts.empty()) usual_first_left_ = most(first_lefts);
    if (!sizes.empty()) usual_size_ = most(sizes) / 10.0;
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

  // A small raised number that found no room in the line before.
  bool is_mark_alone(const PrintedLine& line) const {
    return line.type_size > 0 && line.type_size < 0.8 * usual_size_ && line.text.size() <= 3 &&
           number_of(line.text).has_value();
  }

  void split_block(std::size_t begin, std::size_t end, std::size_t block) {
    double left = 1e9, right = 0;
    for (std::size_t i = begin; i < end; ++i) {
      left = std::min(left, lines_[i].line->left);
      right = std::max(right, lines_[i].line->right);
    }
    const std::size_t first_draft = drafts_.size();
    for (std::size_t i = begin; i < end; ++i) {
      const bool date_line = is_date_line(i, begin);
      const bool begins = i == begin || date_line || drafts_.back().is_date_line ||
                          begins_paragraph(i, left, right);
      if (begins) add_draft(i, block, date_line);
      Draft& draft = drafts_.back();
      const PrintedLine& line = *lines_[i].line;
      draft.paragraph.lines.push_back(&line);
      draft.paragraph.pages.push_back(lines_[i].page);
      draft.left = std::min(draft.left, line.left);
      draft.right = std::max(draft.right, line.right);
    }
    for (std::size_t d = first_draft; d < drafts_.size(); ++d) {
      drafts_[d].alone = drafts_.size() - first_draft == 1 ||
                         (d == first_draft && drafts_[d + 1].is_date_line) ||
                         stands_alone(*drafts_[d].paragraph.lines.front());
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

  bool begins_paragraph(std::size_t i, double block_left, double block_right) const {
    const PrintedLine& line = *lines_[i].line;
    const PrintedLine& before = *lines_[i - 1].line;
    const bool after_sentence = ends_a_sentence(before.text);
    if (stands_alone(line) || stands_alone(before)) return true;
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
    const bool size_changes =
        line.type_size > 0 && std::abs(line.type_size - before.type_size) > 0.08 * usual_size_;
    if (size_changes) return true;
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
      return first_lines_are && (after_sentence || usual_first_left_ == rounded(line.left));
    }
    return after_sentence && before.right - block_left < 0.55 * width &&
           !starts_with_lower(line.text) && lines_.size() > 3;
  }

  bool stands_alone(const PrintedLine& line) const {
    return line.left > base_left_ + 8 && is_lone_numeral(line.text);
  }

  void add_draft(std::size_t i, std::size_t block, bool date_line) {
    Draft draft;
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
    std::vector<Draft> joined;
    for (Draft& draft : drafts_) {
      if (draft.starts_page && !joined.empty() && goes_on(joined.back(), draft)) {
        Draft& open = joined.back();
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

  bool goes_on(const Draft& above, const Draft& below) const {
    const std::string& last = above.paragraph.lines.back()->text;
    const std::string& first = below.paragraph.lines.front()->text;
    if (above.is_date_line || below.is_date_line) return false;
    if (above.type_size > 0 && std::abs(above.type_size - below.type_size) > 0.08 * usual_size_)
      return false;
    if (last.ends_with('-')) return true;
    const bool ended = ends_a_sentence(last);
    if (starts_with_lower(first)) return !ended || last.ends_with(';') || last.ends_with(':');
    if (below.enumerator) return false;
    const bool indented = below.first_left > base_left_ + deeper;
    const double last_right = above.paragraph.lines.back()->right;
    const bool full_line = last_right > 0.7 * right_;
    // One line alone above the break may be a heading, unless it fills the measure.
    if (!ended)
      return full_line && !indented &&
             (above.paragraph.lines.size() > 1 || last_right > 0.85 * right_);
    // A sentence ended with the page: whether its paragraph did, only indentation can tell.
    const bool first_lines_are_indented =
        usual_first_left_ && above.first_left > base_left_ + deeper;
    return first_lines_are_indented && !indented && full_line && below.paragraph.lines.size() > 1;
  }

  void classify() {
    int group = 0;
    double largest = 0;
    std::map<int, std::size_t> sizes;  // of headings in large type
    const auto tenths = [](const Draft& draft) { return rounded(draft.type_size * 10); };
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      Draft& draft = drafts_[i];
      draft.paragraph.kind = kind_of(i);
      if (draft.paragraph.kind == PartKind::heading && is_large(draft)) {
        ++sizes[tenths(draft)];
        largest = std::max(largest, draft.type_size);
      }
      if (draft.paragraph.kind != PartKind::quotation) continue;
      const bool same = i > 0 && drafts_[i - 1].paragraph.kind == PartKind::quotation &&
                        std::abs(drafts_[i - 1].left - draft.left) < 2;
      draft.paragraph.group = same ? group : ++group;
    }
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      Draft& draft = drafts_[i];
      if (draft.paragraph.kind != PartKind::heading || !is_large(draft)) continue;
      // Under a title, and like nothing else: the author's name.
      const bool by_line = i > 0 && i + 1 < drafts_.size() && sizes[tenths(draft)] == 1 &&
                           drafts_[i - 1].type_size == largest &&
                           drafts_[i + 1].paragraph.kind == PartKind::heading;
      if (by_line)
        draft.paragraph.kind = PartKind::paragraph;
      else
        draft.paragraph.level =
            1 + static_cast<int>(std::distance(sizes.upper_bound(tenths(draft)), sizes.end()));
    }
  }

  bool is_large(const Draft& draft) const {
    return usual_size_ > 0 && draft.type_size > usual_size_ * 1.08;
  }

  PartKind kind_of(std::size_t i) const {
    const Draft& draft = drafts_[i];
    const auto& lines = draft.paragraph.lines;
    const auto artwork =
        std::ranges::count_if(lines, [](const PrintedLine* line) { return is_artwork(*line); });
    if (static_cast<std::size_t>(artwork) * 2 > lines.size() && !draft.is_date_line)
      return PartKind::verbatim;
    if (draft.is_date_line) return PartKind::paragraph;
    if (is_heading(i)) return PartKind::heading;
    if (draft.enumerator) return PartKind::list_item;
    const bool set_in = draft.left > base_left_ + 1.5 && draft.left < base_left_ + 24;
    const bool indented_first_line =
        lines.size() == 1 && usual_first_left_ && std::abs(draft.left - *usual_first_left_) < 1;
    if (set_in && !indented_first_line &&
        (ends_a_sentence(last_words(lines)) || starts_like_quotation(draft)))
      return PartKind::quotation;
    return PartKind::paragraph;
  }

  // "1. Background" right over its first paragraph, "A. Scope" over a numbered one that is set in.
  bool leads_its_block(std::size_t i) const {
    const Draft& draft = drafts_[i];
    if (i + 1 >= drafts_.size() || drafts_[i + 1].block != draft.block ||
        (draft.enumerator && draft.enumerator->bullet) || draft.paragraph.lines.size() > 1 ||
        draft.right > 0.6 * right_)
      return false;
    const Draft& next = drafts_[i + 1];
    if (draft.enumerator) return !next.enumerator && next.paragraph.lines.size() > 1;
    return next.enumerator && !next.enumerator->bullet && next.first_left > draft.first_left + 2;
  }

  // The last line that is more than a note's mark.
  static std::string_view last_words(const std::vector<const PrintedLine*>& lines) {
    const auto words = std::find_if(lines.rbegin(), lines.rend(), [](const PrintedLine* line) {
      return !without_mark(line->text).empty();
    });
    return words == lines.rend() ? lines.back()->text : (*words)->text;
  }

  // "… the fruit. We have …": a heading has no second sentence.
  static bool has_sentence_inside(const std::vector<const PrintedLine*>& lines) {
    return std::ranges::any_of(lines, [](const PrintedLine* line) {
      for (std::size_t at = line->text.find(". "); at != std::string::npos;
           at = line->text.find(". ", at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && is_lower(code_point_before(line->text, begin)))
          begin = start_of_code_point_before(line->text, begin);
        if (at - begin >= 4 && starts_with_upper(line->text.substr(at + 2, 8))) return true;
      }
      return false;
    });
  }

  static bool starts_like_quotation(const Draft& draft) {
    const char32_t first = code_point_at(draft.paragraph.lines.front()->text, 0);
    return first == U'“' || first == U'„' || first == U'«' || first == U'"';
  }

  bool is_heading(std::size_t i) const {
    const Draft& draft = drafts_[i];
    const auto& lines = draft.paragraph.lines;
    const std::string& first = lines.front()->text;
    if (is_large(draft) && lines.size() <= 6) return true;
    if (lines.size() > 6 || starts_with_lower(first)) return false;
    if (!draft.alone && !leads_its_block(i)) return false;
    if (i > 0 && drafts_[i - 1].is_date_line) return false;
    const bool apart =
        i == 0 || draft.gap_before >= 1 || draft.starts_page || stands_alone(*lines.front());
    if (!apart || ends_a_sentence(last_words(lines)) || has_sentence_inside(lines) ||
        first.starts_with("http") || first.starts_with("www."))
      return false;
    if (draft.enumerator && (draft.enumerator->bullet || first.starts_with('('))) return false;
    const std::string_view last = without_mark(last_words(lines));
    if (last.ends_with(',') || last.ends_with("—") || last.ends_with('-')) return false;
    const bool words = std::ranges::any_of(
        lines, [](const PrintedLine* line) { return !letter_runs(line->text, 1).empty(); });
    return words;
  }

  std::vector<BodyLine> lines_;
  std::vector<Draft> drafts_;
  double base_left_ = 0;
  double right_ = 0;
  double usual_size_ = 0;
  std::optional<int> usual_first_left_;
};

}  // namespace

std::vector<PrintedParagraph> paragraphs_of(const PagedText& text) {
  return ParagraphMaker(text).make();
}

}  // namespace loccit
