// HTML to text against libxml2 on the same pages in the same run. LOCCIT_BENCH_PAGES names a folder
// of pages; without it pages are made here.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <libxml/HTMLparser.h>

#include "base/files.h"
#include "documents/text_content.h"

namespace loccit {
namespace {

constexpr std::size_t max_pages = 400;

std::string made_page(int number) {
  std::string page =
      "<!DOCTYPE html><html lang=\"fr\"><head><meta "
      "charset=\"utf-8\"><title>Page</title></head><body>"
      "<nav class=\"menu\"><ul>";
  for (int i = 0; i < 30; ++i)
    page += "<li class=\"menu-item\"><a href=\"/page/" + std::to_string(i) + "\">Entry " +
            std::to_string(i) + "</a></li>\n";
  page += "</ul></nav><main id=\"content\">";
  for (int i = 0; i < 150; ++i) {
    page +=
        "<p class=\"body-text\">L&rsquo;Assembl\xC3\xA9"
        "e <em>r\xC3\xA9"
        "affirme</em> que le paragraphe " +
        std::to_string(i * number) +
        " de la <a href=\"https://example.org/r\" "
        "title=\"R\xC3\xA9solution\">r\xC3\xA9solution</a> s&#8217;applique<sup><a href=\"#n\">" +
        std::to_string(i) +
        "</a></sup>,\n    sans pr\xC3\xA9judice des autres dispositions &amp; d\xC3\xA9"
        "cisions.</p>\n";
  }
  return page + "</main><script>var x = \"<p>\";</script></body></html>";
}

const std::vector<std::string>& pages() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list;
    if (const char* folder = std::getenv("LOCCIT_BENCH_PAGES")) {
      std::vector<std::filesystem::path> paths;
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string extension = entry.path().extension();
        if (entry.is_regular_file() && (extension == ".html" || extension == ".htm"))
          paths.push_back(entry.path());
      }
      std::sort(paths.begin(), paths.end());
      const std::size_t step = paths.size() / max_pages + 1;
      for (std::size_t i = 0; i < paths.size(); i += step) {
        if (auto page = read_file(paths[i])) list.push_back(*std::move(page));
      }
    }
    for (int i = 1; list.size() < 20; ++i) list.push_back(made_page(i));
    return list;
  }();
  return all;
}

void count(benchmark::State& state) {
  std::size_t bytes = 0;
  for (const std::string& page : pages()) bytes += page.size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.counters["pages"] = static_cast<double>(pages().size());
}

void loccit_text(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& page : pages()) {
      auto content = read_text(page, "text/html");
      benchmark::DoNotOptimize(content);
    }
  }
  count(state);
}
BENCHMARK(loccit_text)->Unit(benchmark::kMillisecond);

void libxml2_tree(benchmark::State& state) {
  constexpr int options =
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  for (auto _ : state) {
    for (const std::string& page : pages()) {
      htmlDocPtr document =
          htmlReadMemory(page.data(), static_cast<int>(page.size()), nullptr, nullptr, options);
      std::string text;
      const xmlNode* node = document == nullptr ? nullptr : xmlDocGetRootElement(document);
      while (node != nullptr) {
        if (node->type == XML_TEXT_NODE) text += reinterpret_cast<const char*>(node->content);
        if (node->children != nullptr) {
          node = node->children;
          continue;
        }
        while (node != nullptr && node->next == nullptr) node = node->parent;
        if (node != nullptr) node = node->next;
      }
      benchmark::DoNotOptimize(text);
      xmlFreeDoc(document);
    }
  }
  count(state);
}
BENCHMARK(libxml2_tree)->Unit(benchmark::kMillisecond);

void libxml2_sax(benchmark::State& state) {
  htmlSAXHandler handler{};
  handler.characters = [](void* text, const xmlChar* words, int size) {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(words),
                                            static_cast<std::size_t>(size));
  };
  for (auto _ : state) {
    for (const std::string& page : pages()) {
      std::string text;
      htmlParserCtxtPtr parser =
          htmlCreatePushParserCtxt(&handler, &text, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8);
      htmlParseChunk(parser, page.data(), static_cast<int>(page.size()), 1);
      htmlFreeParserCtxt(parser);
      benchmark::DoNotOptimize(text);
    }
  }
  count(state);
}
BENCHMARK(libxml2_sax)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace loccit

BENCHMARK_MAIN();
