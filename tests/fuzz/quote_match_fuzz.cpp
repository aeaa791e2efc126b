// Any quote against any text: no crash; offsets in order and inside; and what is judged verbatim
// stands, as a slow and obvious reference sees it: the quote's words, one after another, as words
// of the source.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "tests/fuzz/demand.h"
#include "verifier/quote_match.h"
#include "verifier/quote_parts.h"
#include "verifier/source_words.h"

namespace {

using loccit::FoldedText;
using loccit::TextRange;

using loccit::fuzzing::demand;

std::vector<std::string> words_in(const std::string& text) {
  const FoldedText folded = loccit::fold(text);
  std::vector<std::string> words;
  for (const loccit::Token& token : folded.tokens) words.emplace_back(folded.word(token));
  return words;
}

// Whether the letters of `wanted` are those of some of the words of `text` in order, whatever may
// be left out between: necessary for "verbatim" and told without any of the matcher's cleverness.
bool stand_in_order(const std::string& wanted, const std::string& text) {
  std::string letters;
  for (const std::string& word : words_in(text)) letters += word;
  std::size_t at = 0;
  for (const std::string& word : words_in(wanted)) {
    for (const char c : word) {
      at = letters.find(c, at);
      if (at == std::string::npos) return false;
      ++at;
    }
  }
  return true;
}

// A plain quote (letters, digits and blanks only) that is a run of the page's own words stands
// there.
bool is_plain(std::string_view text) {
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && c != ' ') return false;
  }
  return !text.empty();
}
bool is_run_of_words(const std::string& quote, const std::string& text) {
  const auto wanted = words_in(quote);
  const auto there = words_in(text);
  for (std::size_t i = 0; i + wanted.size() <= there.size(); ++i) {
    std::size_t k = 0;
    while (k < wanted.size() && wanted[k] == there[i + k]) ++k;
    if (k == wanted.size()) return !wanted.empty();
  }
  return false;
}

}  // namespace

// The first line is the quote, the rest is the page; a byte 0x01 begins a heading or caption.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = loccit::repair_utf8({reinterpret_cast<const char*>(data), size});
  const std::size_t line = input.find('\n');
  if (line == std::string::npos) return 0;
  const std::string quote = input.substr(0, line);
  loccit::TextContent page;
  page.text = input.substr(line + 1);
  page.language = quote.size() % 3 == 0 ? "en" : quote.size() % 3 == 1 ? "tr" : "zh";
  for (std::size_t at = 0; at < page.text.size();) {
    const std::size_t end = std::min(page.text.find('\n', at), page.text.size());
    const bool furniture = page.text[at] == '\x01';
    if (end > at) {
      page.blocks.push_back(
          {furniture ? loccit::BlockKind::caption : loccit::BlockKind::paragraph, {at, end}});
    }
    at = end + 1;
  }
  const loccit::QuoteFinding finding = loccit::match_quote(quote, page);
  const std::size_t quote_length = loccit::count_code_points(quote);
  const std::size_t page_length = loccit::count_code_points(page.text);
  for (const loccit::Passage& passage : finding.passages) {
    demand(passage.quote_start <= passage.quote_end && passage.quote_end <= quote_length);
    demand(passage.source_start < passage.source_end && passage.source_end <= page_length);
    demand(page.text.find(passage.exact) != std::string::npos);
  }
  for (const loccit::Change& change : finding.changes) {
    demand(change.quote_start <= change.quote_end && change.quote_end <= quote_length);
    demand(change.source_start <= change.source_end && change.source_end <= page_length);
  }
  demand(finding.similarity >= 0.0 && finding.similarity <= 1.0);
  const loccit::QuoteParts parts = loccit::take_apart(quote);
  const bool edited =
      !parts.insertions.empty() || !parts.sic_marks.empty() || !parts.note_marks.empty();
  std::string wanted;  // an omission mark may be a word ("[omissis]")
  for (const TextRange& stretch : parts.stretches)
    wanted += quote.substr(stretch.begin, stretch.end - stretch.begin) + " ";
  if (finding.state == loccit::QuoteState::verbatim && !edited)
    demand(stand_in_order(wanted, page.text));
  if (is_plain(quote) && is_plain(page.text) && is_run_of_words(quote, page.text))
    demand(finding.state == loccit::QuoteState::verbatim);
  return 0;
}
