#include "documents/heading_path.h"

#include <algorithm>
#include <cctype>

#include "documents/code_points.h"

namespace loccit {
namespace {

// What the format says comes first; then I. over A. over 1. over 1.1, those over headings without a
// number.
constexpr int rank_of_roman = 20;
constexpr int rank_of_letter = 21;
constexpr int rank_of_number = 22;
constexpr int rank_of_capitals = 40;
constexpr int rank_of_plain = 41;
constexpr std::size_t deepest = 8;

bool is_roman(std::string_view numeral) {
  return !numeral.empty() && numeral.size() <= 7 &&
         numeral.find_first_not_of("IVXLC") == std::string_view::npos;
}

bool ends_a_numeral(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  if (text[at] == '.' || text[at] == ')') return at + 1 < text.size() && text[at + 1] == ' ';
  return false;
}

// "1.2.3 Title" and "1. Title": how many numbers; 0 where it is none.
int depth_of_number(std::string_view text) {
  int numbers = 0;
  std::size_t at = 0;
  while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at]))) {
    const std::size_t begin = at;
    while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at]))) ++at;
    if (at - begin > 3) return 0;
    ++numbers;
    if (at < text.size() && text[at] == '.') ++at;
  }
  const bool parted = at < text.size() && (text[at] == ' ' || text[at] == ')');
  const bool has_stop = at > 0 && text[at - 1] == '.';
  return parted && (numbers > 1 || has_stop || text[at] == ')') ? numbers : 0;
}

bool is_all_capitals(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_lower(c)) return false;
    if (is_upper(c)) ++letters;
  }
  return letters >= 2;
}

}  // namespace

int HeadingPath::rank_of(const PrintedHeading& heading) {
  if (heading.level > 0) return std::min(heading.level, 9);
  const std::string_view text = heading.text;
  const std::size_t word_end = std::min(text.find_first_of(".) "), text.size());
  const bool numeral_alone = text.size() - word_end <= 1;  // "II" centred over a part
  if (numeral_alone || ends_a_numeral(text, word_end)) {
    const std::string_view numeral = text.substr(0, word_end);
    const bool next_letter =
        numeral.size() == 1 && last_letter_ != 0 && numeral[0] == last_letter_ + 1;
    if (is_roman(numeral) && !next_letter &&
        (numeral.size() > 1 || numeral == "I" || numeral == "V" || numeral == "X"))
      return rank_of_roman;
    if (numeral.size() == 1 && numeral[0] >= 'A' && numeral[0] <= 'Z') {
      last_letter_ = numeral[0];
      return rank_of_letter;
    }
  }
  if (const int depth = depth_of_number(text)) return rank_of_number + std::min(depth, 9);
  return is_all_capitals(text) ? rank_of_capitals : rank_of_plain;
}

void HeadingPath::enter(const std::vector<PrintedHeading>& run) {
  std::vector<Entry> entering;
  for (const PrintedHeading& heading : run)
    entering.push_back({rank_of(heading), std::string(heading.text)});
  for (std::size_t i = 0; i < entering.size(); ++i) {
    const int rank = entering[i].rank;
    if (i > 0 && entering[i - 1].rank == rank && rank > 9) {
      entries_.push_back(entering[i]);
      continue;
    }
    while (!entries_.empty() && entries_.back().rank > rank) entries_.pop_back();
    // As many equals leave as enter together: after "Africa, Ghana" a "Togo" alone stands under
    // Africa.
    std::size_t equals = 1;
    while (rank > 9 && i + equals < entering.size() && entering[i + equals].rank == rank) ++equals;
    if (rank <= 9) equals = entries_.size();
    for (; equals > 0 && !entries_.empty() && entries_.back().rank == rank; --equals)
      entries_.pop_back();
    entries_.push_back(entering[i]);
  }
  if (entries_.size() > deepest) entries_.erase(entries_.begin(), entries_.end() - deepest);
}

std::vector<std::string> HeadingPath::path() const {
  std::vector<std::string> path;
  for (const Entry& entry : entries_) path.push_back(entry.text);
  return path;
}

}  // namespace loccit
