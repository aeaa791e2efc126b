#include "documents/pdf_layout.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/process.h"
#include "base/text.h"
#include "documents/html_entities.h"
#include "documents/html_tokenizer.h"
#include "documents/pdf_furniture.h"
#include "documents/visual_order.h"

namespace loccit {
namespace {

constexpr double farthest = 1e6;  // points; a hostile file may name any number
constexpr std::size_t max_child_memory = 2U << 30U;

double number(const HtmlToken& token, std::string_view name) {
  const std::string_view text = attribute(token, name).value_or("");
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::isfinite(value) ? std::clamp(value, -farthest, farthest) : 0;
}

PdfBox box_of(const HtmlToken& token) {
  return {number(token, "xmin"), number(token, "ymin"), number(token, "xmax"),
          number(token, "ymax")};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

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
  const bool right_to_left = std::ranges::any_of(
      line.words, [](const PdfWord& word) { return has_right_to_left(word.text); });
  if (!right_to_left) return;
  join_pieces(line.words);
  std::vector<std::string> seen;
  for (const PdfWord& word : line.words) seen.push_back(word.text);
  std::vector<PdfWord> words;
  for (LogicalWord& word : logical_words(seen, in_right_to_left_text))
    words.push_back({line.words[word.from].box, std::move(word.text)});
  line.words = std::move(words);
}

// Where blanks are wide (justified text), poppler makes several lines of one.
void join_rows(std::vector<PdfLine>& lines) {
  std::vector<PdfLine> joined;
  for (PdfLine& line : lines) {
    const bool same_row =
        !joined.empty() && joined.back().block == line.block &&
        std::abs(joined.back().box.bottom - line.box.bottom) < line.box.height() / 2;
    const bool beside = same_row && (line.box.left >= joined.back().box.right ||
                                     line.box.right <= joined.back().box.left);
    if (!beside) {
      joined.push_back(std::move(line));
      continue;
    }
    PdfLine& row = joined.back();
    row.box.left = std::min(row.box.left, line.box.left);
    row.box.right = std::max(row.box.right, line.box.right);
    std::move(line.words.begin(), line.words.end(), std::back_inserter(row.words));
  }
  for (PdfLine& row : joined) {
    std::stable_sort(row.words.begin(), row.words.end(),
                     [](const PdfWord& a, const PdfWord& b) { return a.box.left < b.box.left; });
  }
  lines = std::move(joined);
}

}  // namespace

PdfLayout parse_pdf_layout(std::string_view xhtml) {
  PdfLayout layout;
  HtmlTokenizer tokenizer(xhtml);
  HtmlToken token;
  std::size_t block = 0;
  PdfWord word;
  bool in_word = false;
  bool in_title = false;
  for (tokenizer.next(token); token.kind != HtmlTokenKind::end; tokenizer.next(token)) {
    if (token.kind == HtmlTokenKind::text) {
      const std::string text =
          in_word || in_title ? decode_references(token.text, ReferencePlace::text) : "";
      if (in_word) word.text += text;
      if (in_title) layout.title += text;
      continue;
    }
    const bool starts = token.kind == HtmlTokenKind::start_tag;
    if (token.name == "title") in_title = starts;
    if (token.name == "page" && starts)
      layout.pages.push_back({number(token, "width"), number(token, "height"), {}});
    if (layout.pages.empty()) continue;
    std::vector<PdfLine>& lines = layout.pages.back().lines;
    if (token.name == "block" && starts) ++block;
    if (token.name == "line" && starts) lines.push_back({box_of(token), block, {}});
    if (token.name != "word" || lines.empty()) continue;
    in_word = starts;
    if (starts) {
      word = {box_of(token), {}};
    } else {
      lines.back().words.push_back(std::exchange(word, {}));
    }
  }
  long directions = 0;
  for (PdfPage& page : layout.pages) {
    join_rows(page.lines);
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
  PdfLayout layout = parse_pdf_layout(
      is_valid_utf8(outcome->output) ? outcome->output : repair_utf8(outcome->output));
  const std::size_t error = outcome->errors.find("Error");
  if (error != std::string::npos) {
    const std::size_t line = outcome->errors.rfind('\n', error);
    layout.complaint = first_line(outcome->errors.substr(line == std::string::npos ? 0 : line + 1));
  }
  return layout;
}

}  // namespace loccit
