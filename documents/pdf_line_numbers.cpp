// Pleadings, bills and manuscripts number their lines in the margin. Poppler takes the numbers for
// lines of their own or for the first words of the lines beside them.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "documents/pdf_furniture.h"

namespace loccit {
namespace {

constexpr std::size_t fewest_numbers = 8;  // on one page
constexpr int largest_step = 5;            // every fifth line may be numbered
constexpr double widest_spacing = 3.2;     // of the type's height, from line to line
constexpr double same_column = 12;         // points: "9" and "10" are set flush right or left
constexpr double unevenness = 1.25;        // lines with formulas are a little higher
constexpr double fewest_even = 0.6;        // of the distances

std::optional<int> number_in(const PdfWord& word) {
  int number = 0;
  const char* end = word.text.data() + word.text.size();
  const auto [at, error] = std::from_chars(word.text.data(), end, number);
  if (error != std::errc{} || at != end || number < 1 || number > 999) return std::nullopt;
  return number;
}

struct MarginNumber {
  std::size_t line = 0;
  double right = 0, top = 0, height = 0;
  int number = 0;
};

// The first words that are numbers and stand left of where nearly all lines begin.
std::vector<MarginNumber> numbers_in_margin(const PdfPage& page, std::size_t fewest) {
  std::vector<MarginNumber> numbers;
  std::vector<double> lefts;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const auto& words = page.lines[i].words;
    if (words.empty()) continue;
    const auto number = number_in(words.front());
    const PdfBox& box = words.front().box;
    if (number) numbers.push_back({i, box.right, box.top, box.height(), *number});
    if (words.size() > 1 || !number) lefts.push_back(words[number ? 1 : 0].box.left);
  }
  if (lefts.size() < fewest || numbers.size() < fewest) return {};
  const auto early = lefts.begin() + static_cast<std::ptrdiff_t>(lefts.size() / 10);
  std::nth_element(lefts.begin(), early, lefts.end());
  std::erase_if(numbers, [&](const MarginNumber& n) { return n.right > *early; });
  if (numbers.empty()) return {};
  const double column = numbers[numbers.size() / 2].right;
  std::erase_if(numbers,
                [&](const MarginNumber& n) { return std::abs(n.right - column) > same_column; });
  std::ranges::stable_sort(numbers, {}, &MarginNumber::top);
  return numbers;
}

// Of most lines; the numbers may be set smaller.
double line_height_of(const PdfPage& page) {
  std::vector<double> heights;
  for (const PdfLine& line : page.lines) {
    if (!line.words.empty()) heights.push_back(line.words.back().box.height());
  }
  const auto high = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 3 / 4);
  if (high == heights.end()) return 0;
  std::nth_element(heights.begin(), high, heights.end());
  return *high;
}

// They count on, a line (or five) at a time, and most stand one line below another: those of notes
// and numbered paragraphs do not. Headings and floats part them.
bool count_lines(const std::vector<MarginNumber>& numbers, double line_height) {
  if (numbers.size() < fewest_numbers) return false;
  const int step = numbers[1].number - numbers[0].number;
  if (step != 1 && step != largest_step) return false;
  std::vector<double> distances;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i].number - numbers[i - 1].number != step) return false;
    distances.push_back(numbers[i].top - numbers[i - 1].top);
  }
  std::ranges::sort(distances);
  const double pitch = distances[distances.size() / 4];
  const auto even = std::ranges::count_if(
      distances, [&](double distance) { return distance < pitch * unevenness; });
  const double farthest = widest_spacing * step * std::max(1.0, line_height);
  return distances.front() > 0 && pitch < farthest &&
         static_cast<double>(even) >= fewest_even * static_cast<double>(distances.size());
}

void drop(PdfPage& page, const std::vector<MarginNumber>& numbers) {
  for (const MarginNumber& number : numbers) {
    PdfLine& line = page.lines[number.line];
    line.words.erase(line.words.begin());
    if (!line.words.empty()) line.box.left = line.words.front().box.left;
  }
  std::erase_if(page.lines, [](const PdfLine& line) { return line.words.empty(); });
}

// The few numbers of a page that goes on or ends where the others have theirs.
bool count_on(const std::vector<MarginNumber>& numbers, const MarginNumber& last) {
  const auto adjacent = [](const MarginNumber& a, const MarginNumber& b) {
    return b.number - a.number != 1 || b.top <= a.top;
  };
  return !numbers.empty() && std::abs(numbers.front().right - last.right) <= same_column &&
         (numbers.front().number == last.number + 1 || numbers.front().number == 1) &&
         std::ranges::adjacent_find(numbers, adjacent) == numbers.end();
}

}  // namespace

void drop_line_numbers(PdfLayout& layout) {
  std::optional<MarginNumber> last;
  for (PdfPage& page : layout.pages) {
    std::vector<MarginNumber> numbers = numbers_in_margin(page, fewest_numbers);
    if (!count_lines(numbers, line_height_of(page))) {
      numbers = last ? numbers_in_margin(page, 1) : std::vector<MarginNumber>();
      if (!last || !count_on(numbers, *last)) continue;
    }
    last = numbers.back();
    drop(page, numbers);
  }
}

}  // namespace loccit
