// The corpus of tests/data/quotes: every labelled quote through read_snapshot() and judge(), as
// `check` does it. Prints the confusion matrix.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "verifier/judge.h"

namespace loccit {
namespace {

constexpr std::size_t states = 6;

struct Labelled {
  QuoteState state = QuoteState::unchecked;
  std::string quote;
  std::string reason;  // words that the reason must hold; may be empty
  std::string change;  // of which kind one of the changes must be; may be empty
};

struct Page {
  std::string name, media_type, body;
  std::vector<Labelled> quotes;
};

std::string unescaped(std::string text) {
  const auto replace = [&](const std::string& escape, const std::string& meant) {
    for (std::size_t at = text.find(escape); at != std::string::npos;
         at = text.find(escape, at + 1))
      text.replace(at, escape.size(), meant);
  };
  replace("\\n", "\n");
  replace("\\u00a0", "\u00A0");
  replace("\\u00ad", "\u00AD");
  return text;
}

Page read_page(const std::filesystem::path& labels) {
  Page page;
  page.name = labels.stem();
  page.body = read_file(std::filesystem::path(labels).replace_extension(".page")).value();
  std::ifstream lines(labels);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("# ", 0) == 0) {
      if (page.media_type.empty()) page.media_type = line.substr(2);
      continue;
    }
    if (line.empty()) continue;
    std::istringstream fields(line);
    std::string state, quote, reason, change;
    std::getline(fields, state, '\t');
    std::getline(fields, quote, '\t');
    std::getline(fields, reason, '\t');
    std::getline(fields, change, '\t');
    const auto known = quote_state_from(state);
    if (!known) throw std::runtime_error(page.name + ": no state: " + line);
    page.quotes.push_back({*known, unescaped(quote), reason, change});
  }
  return page;
}

std::vector<Page> corpus() {
  std::vector<std::filesystem::path> paths;
  const char* elsewhere = std::getenv("LOCCIT_QUOTES");
  const std::filesystem::path folder =
      elsewhere != nullptr ? elsewhere : LOCCIT_TEST_DATA "/quotes";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".quotes") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Page> pages;
  for (const auto& path : paths) pages.push_back(read_page(path));
  return pages;
}

Reading reading_of(const Page& page) {
  Snapshot snapshot;
  snapshot.record.id = "urn:uuid:1";
  Hop hop;
  hop.url = "https://pages.example/" + page.name;
  hop.status = 200;
  hop.headers = {{"Content-Type", page.media_type}};
  hop.response_head = "HTTP/1.1 200 OK\r\nContent-Type: " + page.media_type + "\r\n\r\n";
  hop.body = Spool::of(page.body);
  snapshot.exchange.requested_url = hop.url;
  snapshot.exchange.hops.push_back(std::move(hop));
  return read_snapshot(snapshot, {});
}

Verdict verdict_on(const std::string& quote, const Reading& reading) {
  const Citation citation{.id = "c1", .quote = quote, .sources = {"1"}};
  const std::vector<Source> sources{{.id = "1", .kind = SourceKind::web}};
  const std::vector<CitedLink> links{{.url = reading.final_url, .reading = &reading}};
  return judge(citation, sources, links, {});
}

// Every passage says where its words stand: its offsets lead to what it gives as exact.
void expect_passages_in_place(const Verdict& verdict, const Reading& reading,
                              const std::string& quote) {
  for (const Passage& passage : verdict.quote.passages) {
    EXPECT_LT(passage.source_start, passage.source_end) << quote;
    EXPECT_LE(passage.quote_start, passage.quote_end) << quote;
    EXPECT_NE(reading.content.text.find(passage.exact), std::string::npos) << quote;
  }
}

bool has_change(const Verdict& verdict, const std::string& kind) {
  return std::any_of(verdict.quote.changes.begin(), verdict.quote.changes.end(),
                     [&](const Change& change) { return name(change.kind) == kind; });
}

TEST(CorpusOfQuotes, IsJudgedAsItIsLabelled) {
  std::array<std::array<int, states>, states> matrix{};
  int all = 0, right = 0, flattered = 0, verbatim = 0, verbatim_missed = 0;
  for (const Page& page : corpus()) {
    const Reading reading = reading_of(page);
    for (const Labelled& labelled : page.quotes) {
      const Verdict verdict = verdict_on(labelled.quote, reading);
      const QuoteState state = verdict.quote.state;
      ++matrix[static_cast<std::size_t>(labelled.state)][static_cast<std::size_t>(state)];
      ++all;
      expect_passages_in_place(verdict, reading, labelled.quote);
      if (labelled.state == QuoteState::verbatim) ++verbatim;
      if (state == labelled.state) {
        ++right;
        EXPECT_NE(verdict.reason.find(labelled.reason), std::string::npos)
            << page.name << ": " << labelled.quote << "\n  " << verdict.reason;
        EXPECT_TRUE(labelled.change.empty() || has_change(verdict, labelled.change))
            << page.name << ": " << labelled.quote << "\n  " << verdict.reason;
        continue;
      }
      if (labelled.state == QuoteState::verbatim) ++verbatim_missed;
      const bool lost = labelled.state == QuoteState::altered ||
                        labelled.state == QuoteState::partial ||
                        labelled.state == QuoteState::absent;
      if (lost && state == QuoteState::verbatim) ++flattered;
      std::printf("  %s: %s, judged %s: %s\n      %s\n", page.name.c_str(), name(labelled.state),
                  name(state), labelled.quote.c_str(), verdict.reason.c_str());
    }
  }
  std::printf("%-12s", "label");
  for (std::size_t s = 0; s < states; ++s) std::printf("%11s", name(static_cast<QuoteState>(s)));
  for (std::size_t row = 0; row < states; ++row) {
    std::printf("\n%-12s", name(static_cast<QuoteState>(row)));
    for (const int count : matrix[row]) std::printf("%11d", count);
  }
  std::printf("\n%d quotes, %d judged as labelled (%.2f %%)\n", all, right, 100.0 * right / all);
  EXPECT_GE(all, 400);
  EXPECT_GE(right * 100, all * 99);
  EXPECT_EQ(flattered, 0);
  EXPECT_LE(verbatim_missed * 1000, verbatim * 5);
}

}  // namespace
}  // namespace loccit
