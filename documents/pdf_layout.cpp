#include "documents/pdf_layout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/ascii.h"
#include "base/process.h"
#include "base/text.h"
#include "documents/code_points.h"
#include "documents/html_entities.h"
#include "documents/pdf_furniture.h"
#include "documents/visual_order.h"

namespace loccit {
namespace {

using ascii::first_line;

constexpr double farthest = 1e6;         // points; a hostile file may name any number
constexpr std::size_t usual_words = 12;  // of a line
constexpr std::size_t max_child_memory = 2U << 30U;

// pdftotext's markup, element by element: tags of a fixed form, whose attributes are numbers in
// quotes.
class Markup {
 public:
  explicit Markup(std::string_view input) : input_(input) {}

  // Moves to the next tag; false at the end.
  bool next() {
    const std::size_t open = input_.find('<', at_);
    const std::size_t close = open < input_.size() ? input_.find('>', open) : open;
    if (close >= input_.size()) return false;
    tag_ = input_.substr(open + 1, close - open - 1);
    at_ = close + 1;
    return true;
  }

  bool starts(std::string_view name) const {
    return tag_.starts_with(name) && (tag_.size() == name.size() || tag_[name.size()] == ' ');
  }

  // Up to the next tag.
  std::string text() const {
    const std::string_view text = input_.substr(at_, input_.find('<', at_) - at_);
    return text.find('&') == std::string_view::npos ? std::string(text)
                                                    : decode_references(text, ReferencePlace::text);
  }

  // The values of the first attributes; 0 for those that are no number.
  template <std::size_t Count>
  std::array<double, Count> numbers() const {
    std::array<double, Count> values{};
    std::size_t at = 0;
    for (double& value : values) {
      at = tag_.find('"', at);
      if (at == std::string_view::npos) break;
      std::from_chars(tag_.data() + at + 1, tag_.data() + tag_.size(), value);
      value = std::isfinite(value) ? std::clamp(value, -farthest, farthest) : 0;
      at = std::min(tag_.find('"', at + 1), tag_.size() - 1) + 1;
    }
    return values;
  }
  PdfBox box() const {
    const auto [left, top, right, bottom] = numbers<4>();
    return {left, top, right, bottom};
  }

 private:
  std::string_view input_;
  std::string_view tag_;
  std::size_t at_ = 0;
};

Failure what_went_wrong(const ChildOutcome& outcome, std::string_view password) {
  if (outcome.errors.find("Incorrect password") != std::string::npos) {
    return {FailureKind::encrypted,
            password.empty() ? "the PDF needs a password" : "the password does not open the PDF"};
  }
  const std::string words = outcome.errors.empty()
                                ? "exit code " + std::to_string(outcome.exit_code)
                                : first_line(outcome.errors);
  return {FailureKind::malformed, "pdftotext cannot read the PDF: " + words};
}

// Word processors set the pieces of a URL in Arabic text one by one; it is turned round as a whole.
void join_pieces(std::vector<PdfWord>& words) {
  constexpr double glued = 0.2;  // of the height
  std::vector<PdfWord> joined;
  for (PdfWord& word : words) {
    const bool piece = !joined.empty() && joined.back().text != "." &&
                       !has_right_to_left(word.text) && !has_right_to_left(joined.back().text) &&
                       word.box.left - joined.back().box.right < glued * word.box.height() &&
                       std::abs(word.box.height() - joined.back().box.height()) < 1;
    if (!piece) {
      joined.push_back(std::move(word));
      continue;
    }
    joined.back().text += word.text;
    joined.back().box.right = word.box.right;
  }
  words = std::move(joined);
}

// Poppler gives words and letters from left to right, as they are seen.
void put_in_logical_order(PdfLine& line, bool in_right_to_left_text) {
  const bool right_to_left = std::ranges::any_of(line.words, [&](const PdfWord& word) {
    return has_right_to_left(word.text) || (in_right_to_left_text && has_arabic_digits(word.text));
  });
  if (!right_to_left) return;
  join_pieces(line.words);
  std::vector<std::string> seen;
  for (const PdfWord& word : line.words) seen.push_back(word.text);
  std::vector<PdfWord> words;
  for (LogicalWord& word : logical_words(seen, in_right_to_left_text))
    words.push_back({line.words[word.from].box, std::move(word.text)});
  line.words = std::move(words);
}

}  // namespace

PdfLayout parse_pdf_layout(std::string_view xhtml) {
  PdfLayout layout;
  std::size_t block = 0;
  for (Markup markup(xhtml); markup.next();) {
    if (markup.starts("word")) {
      if (!layout.pages.empty() && !layout.pages.back().lines.empty())
        layout.pages.back().lines.back().words.push_back({markup.box(), markup.text()});
    } else if (markup.starts("line")) {
      if (layout.pages.empty()) continue;
      layout.pages.back().lines.push_back({markup.box(), block, {}});
      layout.pages.back().lines.back().words.reserve(usual_words);
    } else if (markup.starts("block")) {
      ++block;
    } else if (markup.starts("page")) {
      const auto [width, height] = markup.numbers<2>();
      layout.pages.push_back({width, height, {}});
    } else if (markup.starts("title")) {
      layout.title = markup.text();
    }
  }
  long directions = 0;
  for (PdfPage& page : layout.pages) {
    join_rows(page);
    for (const PdfLine& line : page.lines) {
      for (const PdfWord& each : line.words) directions += balance_of_directions(each.text);
    }
  }
  layout.right_to_left = directions > 0;
  for (PdfPage& page : layout.pages) {
    for (PdfLine& line : page.lines) put_in_logical_order(line, layout.right_to_left);
  }
  drop_line_numbers(layout);
  return layout;
}

void mirror(PdfPage& page) {
  const auto turn = [&](PdfBox& box) {
    const double left = box.left;
    box.left = page.width - box.right;
    box.right = page.width - left;
  };
  for (PdfLine& line : page.lines) {
    turn(line.box);
    for (PdfWord& word : line.words) turn(word.box);
  }
}

Result<PdfLayout> read_pdf_layout(Bytes pdf, std::string_view password, const ReadLimits& limits) {
  // -bbox-layout and not plain text: that drops hyphens at line ends ("well-known" becomes
  // "wellknown").
  std::vector<std::string> argv = {"pdftotext", "-bbox-layout", "-enc", "UTF-8"};
  if (!password.empty()) {
    for (const char* option : {"-upw", "-opw"}) {
      argv.emplace_back(option);
      argv.emplace_back(password);
    }
  }
  argv.insert(argv.end(), {"/dev/stdin", "-"});
  const auto outcome = run_child(argv, pdf, {limits.max_time, max_child_memory, limits.max_output});
  if (!outcome) return tl::unexpected(outcome.error());
  if (outcome->exit_code != 0) return tl::unexpected(what_went_wrong(*outcome, password));
  PdfLayout layout = is_valid_utf8(outcome->output)
                         ? parse_pdf_layout(outcome->output)
                         : parse_pdf_layout(repair_utf8(outcome->output));
  const std::size_t error = outcome->errors.find("Error");
  if (error != std::string::npos) {
    const std::size_t line = outcome->errors.rfind('\n', error);
    layout.complaint = first_line(outcome->errors.substr(line == std::string::npos ? 0 : line + 1));
  }
  return layout;
}

}  // namespace loccit
