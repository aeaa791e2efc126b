#include "documents/paragraph_kinds.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "documents/code_points.h"

namespace loccit {
namespace {

class Classifier {
 public:
  Classifier(std::vector<ParagraphDraft>& drafts, const PageMeasures& measures)
      : drafts_(drafts), measures_(measures) {}

  void classify() {
    int group = 0;
    double largest = 0;
    std::map<int, std::size_t> sizes;  // of headings in large type
    const auto tenths = [](const ParagraphDraft& draft) {
      return static_cast<int>(std::lround(draft.type_size * 10));
    };
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      ParagraphDraft& draft = drafts_[i];
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
      ParagraphDraft& draft = drafts_[i];
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

 private:
  bool is_large(const ParagraphDraft& draft) const {
    return measures_.usual_size > 0 && draft.type_size > measures_.usual_size * 1.08;
  }

  PartKind kind_of(std::size_t i) const {
    const ParagraphDraft& draft = drafts_[i];
    const auto& lines = draft.paragraph.lines;
    const auto artwork =
        std::ranges::count_if(lines, [](const PrintedLine* line) { return is_artwork(*line); });
    if (static_cast<std::size_t>(artwork) * 2 > lines.size() && !draft.is_date_line)
      return PartKind::verbatim;
    if (draft.is_date_line) return PartKind::paragraph;
    if (is_heading(i)) return PartKind::heading;
    if (draft.enumerator) return PartKind::list_item;
    const bool set_in =
        draft.left > measures_.base_left + 1.5 && draft.left < measures_.base_left + 24;
    const bool indented_first_line = lines.size() == 1 && measures_.usual_first_left &&
                                     std::abs(draft.left - *measures_.usual_first_left) < 1;
    if (set_in && !indented_first_line &&
        (ends_a_sentence(last_words(lines)) || starts_like_quotation(draft)))
      return PartKind::quotation;
    if (stands_between_numbers(i)) return PartKind::quotation;
    return PartKind::paragraph;
  }

  // Where paragraphs are numbered, one without a number after "… as follows:" is quoted, also where
  // it is set in no deeper than their text.
  bool stands_between_numbers(std::size_t i) const {
    if (i == 0 || i + 1 >= drafts_.size()) return false;
    const auto& before = drafts_[i - 1].enumerator;
    const auto& after = drafts_[i + 1].enumerator;
    return before && after && !before->bullet && !after->bullet &&
           after->number == before->number + 1 &&
           without_mark(last_words(drafts_[i - 1].paragraph.lines)).ends_with(':');
  }

  // "1. Background" right over its first paragraph, "A. Scope" over a numbered one that is set in.
  bool leads_its_block(std::size_t i) const {
    const ParagraphDraft& draft = drafts_[i];
    if (i + 1 >= drafts_.size() || drafts_[i + 1].block != draft.block ||
        (draft.enumerator && draft.enumerator->bullet) || draft.paragraph.lines.size() > 1 ||
        draft.right > 0.6 * measures_.right)
      return false;
    const ParagraphDraft& next = drafts_[i + 1];
    if (draft.enumerator) return !next.enumerator && next.paragraph.lines.size() > 1;
    return next.enumerator && !next.enumerator->bullet && next.first_left > draft.first_left + 2;
  }

  // The last line that is more than a note's mark, without a mark that is set high ("iv").
  static std::string_view last_words(const std::vector<const PrintedLine*>& lines) {
    const auto words = std::find_if(lines.rbegin(), lines.rend(), [](const PrintedLine* line) {
      return !without_mark(line->text).empty();
    });
    const PrintedLine& line = words == lines.rend() ? *lines.back() : **words;
    const bool marked = !line.raised.empty() && line.raised.back().end == line.text.size();
    return std::string_view(line.text).substr(0,
                                              marked ? line.raised.back().begin : line.text.size());
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

  static bool starts_like_quotation(const ParagraphDraft& draft) {
    const char32_t first = code_point_at(draft.paragraph.lines.front()->text, 0);
    return first == U'“' || first == U'„' || first == U'«' || first == U'"';
  }

  bool is_heading(std::size_t i) const {
    const ParagraphDraft& draft = drafts_[i];
    const auto& lines = draft.paragraph.lines;
    const std::string& first = lines.front()->text;
    if (lines.size() > 6 || starts_with_lower(first)) return false;
    if (is_large(draft)) return true;
    if (!draft.alone && !leads_its_block(i)) return false;
    if (i > 0 && drafts_[i - 1].is_date_line) return false;
    const bool apart = i == 0 || draft.gap_before >= 1 || draft.starts_page ||
                       stands_alone(*lines.front(), measures_);
    if (!apart || ends_a_sentence(last_words(lines)) || has_sentence_inside(lines) ||
        first.starts_with("http") || first.starts_with("www."))
      return false;
    if (draft.enumerator && (draft.enumerator->bullet || first.starts_with('('))) return false;
    if (first.starts_with("By ") && lines.size() == 1) return false;  // the author's name
    const std::string_view last = without_mark(last_words(lines));
    if (last.ends_with(',') || last.ends_with("—") || last.ends_with('-')) return false;
    const bool words = std::ranges::any_of(
        lines, [](const PrintedLine* line) { return !letter_runs(line->text, 1).empty(); });
    return words;
  }

  std::vector<ParagraphDraft>& drafts_;
  const PageMeasures& measures_;
};

}  // namespace

bool stands_alone(const PrintedLine& line, const PageMeasures& measures) {
  return line.left > measures.base_left + 8 && is_lone_numeral(line.text);
}

void classify(std::vector<ParagraphDraft>& drafts, const PageMeasures& measures) {
  Classifier(drafts, measures).classify();
}

}  // namespace loccit
