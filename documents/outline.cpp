#include "documents/outline.h"

#include <algorithm>
#include <string_view>

#include "documents/code_points.h"
#include "documents/heading_path.h"
#include "documents/printed_date.h"

namespace loccit {
namespace {

// More headings in a row than this is a table of contents or an attack.
constexpr std::size_t longest_run = 12;

class OutlineMaker {
 public:
  explicit OutlineMaker(const MarkedText& text)
      : text_(text), dates_(text.parts.size()), outline_{} {
    outline_.parts.resize(text.parts.size());
    outline_.heading_paths.emplace_back();
  }

  Outline make() {
    find_dates();
    find_title_runs();
    count_calls();
    find_usual_gap();
    find_title_of_document();
    for (std::size_t i = 0; i < text_.parts.size();) i = read_from(i);
    outline_.title_of_document = title_of_document_;
    return std::move(outline_);
  }

 private:
  const Part& part(std::size_t i) const { return text_.parts[i]; }
  std::size_t size() const { return text_.parts.size(); }

  void find_dates() {
    for (std::size_t i = 0; i < size(); ++i) {
      if (part(i).kind != PartKind::heading && part(i).kind != PartKind::paragraph) continue;
      dates_[i] = place_and_date(part(i).text);
      if (dates_[i]) ++date_lines_;
    }
  }

  // A paragraph may be a title where the format has no headings: it is short and no sentence.
  bool looks_like_title(std::size_t i) const {
    const Part& p = part(i);
    if (dates_[i] || p.text.empty()) return false;
    if (p.kind == PartKind::heading) return true;
    if (p.kind != PartKind::paragraph || p.text.size() > 400 || starts_with_lower(p.text))
      return false;
    const char last = p.text.back();
    return last != '.' && last != ':' && last != ';' && last != ',' && last != '?';
  }

  // leads_[i]: from i on, nothing but titles up to a place-and-date line.
  void find_title_runs() {
    leads_.assign(size() + 1, false);
    for (std::size_t i = size(); i-- > 0;) {
      leads_[i] =
          i + 1 < size() && looks_like_title(i) && (dates_[i + 1].has_value() || leads_[i + 1]);
    }
  }

  bool is_heading(std::size_t i) const {
    return !dates_[i] && (part(i).kind == PartKind::heading || leads_[i]);
  }

  void count_calls() {
    std::size_t all = 0, above = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      all += part(i).calls.size();
      if (is_heading(i) || dates_[i]) above += part(i).calls.size();
    }
    is_compilation_ = above >= 2 && above * 2 >= all;
  }

  // Between a title and its place-and-date line there is less room than between a heading and it.
  void find_usual_gap() {
    int least = 1 << 20;
    for (std::size_t i = 0; i + 1 < size(); ++i) {
      if (dates_[i + 1] && is_heading(i)) least = std::min(least, part(i).gap_after);
    }
    usual_gap_ = least;
    has_larger_gaps_ = std::ranges::any_of(text_.parts, [&](const Part& p) {
      return p.kind == PartKind::heading && p.gap_after > usual_gap_;
    });
  }

  // One first heading of the highest level is the document's title and stands over everything: it
  // says nothing.
  void find_title_of_document() {
    if (text_.title_is_no_heading) return;
    std::size_t first = size();
    int highest = 100;
    for (std::size_t i = 0; i < size(); ++i) {
      if (part(i).kind != PartKind::heading || part(i).level == 0) continue;
      if (first == size()) first = i;
      highest = std::min(highest, part(i).level);
    }
    if (first == size()) return find_title_without_levels();
    if (part(first).level != highest) return;
    const auto equals = std::ranges::count_if(text_.parts, [&](const Part& p) {
      return p.kind == PartKind::heading && p.level == highest;
    });
    const auto headings = std::ranges::count(text_.parts, PartKind::heading, &Part::kind);
    const bool stands_over_all = headings > 1 || first == 0;
    if (equals == 1 && stands_over_all) title_of_document_ = first;
  }

  // Without levels the first line of all is the title, where it is set apart and no statement's.
  void find_title_without_levels() {
    if (size() < 3 || part(0).kind != PartKind::heading || !part(0).calls.empty() || dates_[1] ||
        is_first_section(part(0).text))
      return;
    title_of_document_ = 0;
  }

  // "1 Introduction", "I. Facts", "A. Scope".
  static bool is_first_section(std::string_view text) {
    const std::size_t end = text.find_first_of(". )");
    if (end == std::string_view::npos || (text[end] != ' ' && text.substr(end + 1, 1) != " "))
      return false;
    const std::string_view number = text.substr(0, end);
    return number == "1" || (text[end] != ' ' && (number == "I" || number == "A"));
  }

  bool begins_statement(std::size_t i) const {
    if (!dates_[i] || i + 1 >= size() || is_heading(i + 1) || dates_[i + 1]) return false;
    const bool marked_above =
        !part(i).calls.empty() || (i > 0 && is_heading(i - 1) && !part(i - 1).calls.empty());
    if (marked_above) return true;
    // The place and date at the head of a letter is the letter's own.
    return date_lines_ >= 2 && (inside_statement_ || (i > 0 && is_heading(i - 1)));
  }

  std::size_t read_from(std::size_t i) {
    if (is_heading(i)) return read_run(i);
    if (begins_statement(i)) return read_statement(i, std::nullopt);
    outline_.parts[i].heading_path = outline_.heading_paths.size() - 1;
    if (!dates_[i]) inside_statement_ = false;
    return i + 1;
  }

  std::size_t read_run(std::size_t begin) {
    std::size_t end = begin;
    while (end < size() && end - begin < longest_run && is_heading(end)) ++end;
    const bool dated = end < size() && begins_statement(end);
    const std::size_t last = end - 1;
    const bool called = !part(last).calls.empty();
    const bool titled =
        (dated && is_title_over_date(begin, last)) || (!dated && is_compilation_ && called);
    enter_headings(begin, titled ? last : end);
    if (!dated && !titled) {
      inside_statement_ = false;
      return end;
    }
    if (titled) outline_.parts[last].role = Role::title;
    const std::optional<std::size_t> title = titled ? std::optional(last) : std::nullopt;
    // A heading that carries the mark itself stands over its statement as a title would.
    if (!titled && called) outline_.parts[last].statement = outline_.statements.size();
    return read_statement(end, title);
  }

  bool is_title_over_date(std::size_t begin, std::size_t last) const {
    if (part(last).gap_after > usual_gap_ && usual_gap_ > 0) return false;
    if (!part(last).calls.empty()) return true;
    // Two statements under it, of which the second has no title: then the first has none either.
    if (second_statement_follows(last + 1)) return false;
    if (last > begin) return true;
    // Alone over the date and without a mark it is a heading, as in a list of countries.
    return (usual_gap_ > 0 && part(last).gap_after == usual_gap_ && has_larger_gaps_);
  }

  bool second_statement_follows(std::size_t date) const {
    std::size_t i = date + 1;
    while (i < size() && !is_heading(i) && !dates_[i]) ++i;
    return i < size() && dates_[i].has_value();
  }

  void enter_headings(std::size_t begin, std::size_t end) {
    std::vector<PrintedHeading> run;
    for (std::size_t i = begin; i < end; ++i) {
      outline_.parts[i].role = Role::heading;
      if (title_of_document_ != i) run.push_back({part(i).text, part(i).level});
    }
    if (!run.empty()) {
      headings_.enter(run);
      outline_.heading_paths.push_back(headings_.path());
    }
    for (std::size_t i = begin; i < end; ++i)
      outline_.parts[i].heading_path = outline_.heading_paths.size() - 1;
  }

  std::size_t read_statement(std::size_t i, std::optional<std::size_t> title) {
    Statement statement;
    statement.title = title;
    const std::size_t index = outline_.statements.size();
    const auto assign = [&](std::size_t at, Role role) {
      outline_.parts[at] = {role, index, outline_.heading_paths.size() - 1};
    };
    if (title) assign(*title, Role::title);
    if (i < size() && dates_[i]) {
      assign(i, Role::place_and_date);
      statement.place_and_date = i;
      statement.place = dates_[i]->place;
      statement.date = dates_[i]->date;
      ++i;
    }
    statement.begin = i;
    while (i < size() && !is_heading(i) && !dates_[i]) assign(i++, Role::statement);
    statement.end = i;
    outline_.statements.push_back(std::move(statement));
    inside_statement_ = true;
    return i;
  }

  const MarkedText& text_;
  std::vector<std::optional<PlaceAndDate>> dates_;
  std::vector<bool> leads_;
  std::size_t date_lines_ = 0;
  bool is_compilation_ = false;
  bool inside_statement_ = false;
  int usual_gap_ = 0;
  bool has_larger_gaps_ = false;
  std::optional<std::size_t> title_of_document_;
  HeadingPath headings_;
  Outline outline_;
};

}  // namespace

Outline outline_of(const MarkedText& text) { return OutlineMaker(text).make(); }

}  // namespace loccit
