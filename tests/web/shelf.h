// A small library for pages to be made from: a letter that was checked twice, with its snapshots.
#pragma once

#include <string>

#include "archive/archive.h"
#include "archive/exchanges.h"
#include "registry/registry.h"
#include "support/temp_dir.h"
#include "web/site.h"

namespace loccit::testing {

inline constexpr const char* cited_url = "https://guild.example/statement?lang=en";

// A hostile title, to see that no page takes it for markup.
inline Report letter(Timestamp when, const SnapshotRecord& snapshot, bool stands) {
  Report report;
  report.started_at = report.finished_at = when;
  report.document.info.title = "A letter <script>alert(1)</script>";
  Source source;
  source.id = "1";
  source.urls = {cited_url};
  report.document.sources = {source};
  Citation citation;
  citation.id = "c1";
  citation.title = "Statement on the harbour";
  citation.quote = "The harbour is not open.";
  citation.sources = {"1"};
  report.document.citations = {citation};
  Verdict verdict;
  verdict.citation_id = "c1";
  verdict.kind = stands ? VerdictKind::intact : VerdictKind::drifted;
  verdict.reason = stands ? "The words stand." : "The source now says “is open”.";
  verdict.quote.state = stands ? QuoteState::verbatim : QuoteState::altered;
  verdict.quote.similarity = stands ? 1.0 : 0.8;
  Passage passage{.quote_start = 0, .quote_end = 24, .source_start = 0, .source_end = 20};
  passage.exact = stands ? "The harbour is not open." : "The harbour is open.";
  verdict.quote.passages = {passage};
  if (!stands) {
    verdict.quote.changes = {{.kind = ChangeKind::meaning,
                              .quoted = "not",
                              .found = "",
                              .quote_start = 15,
                              .quote_end = 18,
                              .source_start = 15,
                              .source_end = 15}};
  }
  LinkFinding link;
  link.url = link.final_url = cited_url;
  link.state = LinkState::ok;
  link.status = 200;
  link.snapshot = snapshot;
  verdict.links = {link};
  report.verdicts = {verdict};
  return report;
}

class Shelf {
 public:
  Shelf() {
    {
      auto archive =
          Archive::open(folder / "archive", ArchiveMode::write, {.clock = stopped_clock()});
      first =
          *archive->put(page(cited_url, "<p>The harbour is not open.</p>", "2026-01-01T00:00:00Z"));
      second = *archive->put(page(cited_url, hostile_page, "2026-02-01T00:00:00Z"));
      EXPECT_TRUE(archive->put(failed(cited_url, FetchFault::timed_out, "it did not answer")));
      EXPECT_TRUE(archive->sync());
    }
    std::vector<Registry> registries;
    registries.push_back(*Registry::open((folder / "registry.db").string()));
    RecordOptions options;
    options.document_name = "letters/guild & sons.txt";
    EXPECT_TRUE(registries[0].record(letter(at("2026-01-01T00:00:00Z"), first, true), options));
    EXPECT_TRUE(registries[0].record(letter(at("2026-02-01T00:00:00Z"), second, false), options));
    library.emplace(*Archive::open(folder / "archive", ArchiveMode::read), std::move(registries));
  }

  WebResponse get(Site& site, const std::string& target, Headers headers = {}) {
    const std::size_t mark = std::min(target.find('?'), target.size());
    WebRequest request;
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    request.headers = std::move(headers);
    if (header_value(request.headers, "Host").empty())
      request.headers.push_back({"Host", "localhost:8090"});
    return site.answer(request);
  }

  static constexpr const char* hostile_page =
      "<html><head><base href=\"https://evil.example/\"><LINK rel=preconnect "
      "href=https://evil.example><meta http-equiv=refresh content=\"0;url=https://evil.example\">"
      "</head><body><p>The harbour is open.</p><script>steal()</script></body></html>";
  TempDir folder;
  SnapshotRecord first, second;
  std::optional<Library> library;
};

}  // namespace loccit::testing
