// Judging against extraction on the same page in the same run, and the worst case: a long quote on
// a page of near-repeats of it.
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "documents/text_content.h"
#include "verifier/quote_match.h"
#include "verifier/source_words.h"

namespace loccit {
namespace {

// Prose of a made-up vocabulary with the frequencies of a natural one (Zipf); `seed` makes another.
std::string prose(std::size_t words, unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    const double u = static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
    auto rank = static_cast<std::size_t>(1.0 / (u + 0.0002));
    std::string word;
    for (rank += 3; rank > 0; rank /= 7) word += "etaoinsrhld"[rank % 11];
    word += i % 7 == 0 ? "ing" : "";
    if (i % 13 == 0 && i > 0) text += ".";
    if (i > 0) text += ' ';
    if (i % 13 == 0) word.front() = static_cast<char>(word.front() - 'a' + 'A');
    text += word;
  }
  return text;
}

std::string words_of(const std::string& text, std::size_t first, std::size_t count) {
  std::size_t begin = 0;
  for (; first > 0; --first) begin = text.find(' ', begin) + 1;
  std::size_t end = begin;
  for (; count > 0 && end != std::string::npos; --count) end = text.find(' ', end + 1);
  return text.substr(begin, end == std::string::npos ? end : end - begin);
}

// 200 KB of HTML as news sites write it: a third of it is markup.
struct Sample {
  std::string markup;
  TextContent content;
  std::string verbatim, altered;
};
const Sample& sample() {
  static const Sample made = [] {
    Sample page;
    page.markup = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8></head><body><main>";
    for (unsigned i = 0; page.markup.size() < 200U << 10U; ++i) {
      const std::string paragraph = prose(90, i);
      // Headings and note marks, so that an altered quote is looked for in every reading.
      if (i % 6 == 0) page.markup += "<h2>" + prose(5, i + 7000) + "</h2>\n";
      page.markup += "<p class=\"article__paragraph\" data-index=\"" + std::to_string(i) + "\">" +
                     paragraph.substr(0, 60) + "<a href=\"/topic/" + std::to_string(i) +
                     "?ref=article\">" + paragraph.substr(60, 40) + "</a>" + paragraph.substr(100) +
                     "<sup>[" + std::to_string(i) +
                     "]</sup></p>\n<div class=\"share-bar\"><span></span></div>\n";
    }
    page.markup += "</main></body></html>";
    page.content = read_text(page.markup, "text/html").value();
    const std::string paragraph = prose(90, 200);
    page.verbatim = words_of(paragraph, 8, 60);
    page.altered = words_of(paragraph, 8, 25) + " zzyzx " + words_of(paragraph, 34, 34);
    return page;
  }();
  return made;
}

void extract(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_text(sample().markup, "text/html"));
}
BENCHMARK(extract)->Unit(benchmark::kMillisecond);

// The first quote of a page also pays for folding the page; all others find it done.
void judge_first(benchmark::State& state, const std::string& quote, QuoteState expected) {
  for (auto _ : state) {
    const SourceWords words(sample().content);
    const QuoteFinding finding = match_quote(quote, sample().content, words);
    if (finding.state != expected) state.SkipWithError("judged otherwise");
  }
}
void judge_next(benchmark::State& state, const std::string& quote, QuoteState expected) {
  const SourceWords words(sample().content);
  for (auto _ : state) {
    const QuoteFinding finding = match_quote(quote, sample().content, words);
    if (finding.state != expected) state.SkipWithError("judged otherwise");
  }
}
BENCHMARK_CAPTURE(judge_first, verbatim, sample().verbatim, QuoteState::verbatim)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judge_first, altered, sample().altered, QuoteState::altered)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judge_next, verbatim, sample().verbatim, QuoteState::verbatim)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judge_next, altered, sample().altered, QuoteState::altered)
    ->Unit(benchmark::kMillisecond);

std::size_t peak_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::strtoul(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

// 2,000 words, each repeat with one in twenty replaced, 5 MB in all; the quote has its own.
void worst_case(benchmark::State& state) {
  const std::string original = prose(2000, 7);
  std::mt19937 random(11);
  const auto repeat = [&] {
    std::string text = original;
    for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
      if (random() % 20 == 0 && at + 4 < text.size()) text.replace(at + 1, 2, "qx");
    }
    return text;
  };
  const std::string quote = repeat();
  TextContent page;
  page.language = "en";
  while (page.text.size() < 5U << 20U) {
    const std::size_t begin = page.text.size();
    page.text += repeat();
    page.blocks.push_back({BlockKind::paragraph, {begin, page.text.size()}});
    page.text += '\n';
  }
  page.text.pop_back();
  for (auto _ : state) {
    const QuoteFinding finding = match_quote(quote, page);
    if (finding.state == QuoteState::verbatim) state.SkipWithError("judged verbatim");
  }
  state.counters["peak_MB"] = static_cast<double>(peak_kilobytes()) / 1024.0;
}
BENCHMARK(worst_case)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace loccit

BENCHMARK_MAIN();
