// Snapshots into an archive (both digests, gzip, file, index) against gzip's own levels over the
// same pages into a file. LOCCIT_BENCH_PAGES names a folder of pages; without it pages are made
// here.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <zlib.h>

#include "archive/archive.h"
#include "base/files.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

constexpr std::size_t max_pages = 300;

std::string made_page(int number) {
  std::string page = "<!DOCTYPE html><html><head><title>Page</title></head><body>";
  for (int i = 0; i < 400; ++i) {
    page += "<p class=\"text\">Article " + std::to_string(i * number % 997) +
            ": the <em>members</em> reaffirm that paragraph " + std::to_string(i * i % 613) +
            " applies, without prejudice to <a href=\"/r/" + std::to_string(number + i) +
            "\">decision " + std::to_string(number * i) + "</a>.</p>\n";
  }
  return page + "</body></html>";
}

const std::vector<std::string>& pages() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list;
    if (const char* folder = std::getenv("LOCCIT_BENCH_PAGES")) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".html") continue;
        if (auto page = read_file(entry.path())) list.push_back(*std::move(page));
        if (list.size() == max_pages) break;
      }
    }
    for (int i = 1; list.size() < 50; ++i) list.push_back(made_page(i));
    return list;
  }();
  return all;
}

// As fetched, ready to be put.
const std::vector<Exchange>& exchanges() {
  static const std::vector<Exchange> all = [] {
    std::vector<Exchange> list;
    for (const std::string& page : pages()) {
      Exchange exchange;
      exchange.requested_url = "http://a.example/" + std::to_string(list.size());
      exchange.started_at = system_clock()();
      Hop hop;
      hop.url = exchange.requested_url;
      hop.request_head = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
      hop.response_head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
      hop.status = 200;
      hop.headers = {{"Content-Type", "text/html"}};
      hop.body = Spool::of(page);
      exchange.hops.push_back(std::move(hop));
      list.push_back(std::move(exchange));
    }
    return list;
  }();
  return all;
}

void count(benchmark::State& state, std::uint64_t stored) {
  std::size_t bytes = 0;
  for (const std::string& page : pages()) bytes += page.size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.counters["stored_percent"] =
      100.0 * static_cast<double>(stored) / static_cast<double>(bytes);
}

void loccit_put(benchmark::State& state) {
  std::uint64_t stored = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const testing::TempDir folder;
    auto archive = Archive::open(folder / "a", ArchiveMode::write);
    state.ResumeTiming();
    for (const Exchange& exchange : exchanges()) {
      if (!archive->put(exchange)) return state.SkipWithError("the archive cannot be written");
    }
    state.PauseTiming();
    stored = 0;  // of the pages' own records: a member each
    for (const SnapshotRecord& record : archive->all()) stored += record.length;
    state.ResumeTiming();
  }
  count(state, stored);
}
BENCHMARK(loccit_put)->Unit(benchmark::kMillisecond)->UseRealTime();

void gzip_level(benchmark::State& state) {
  std::uint64_t stored = 0;
  std::array<char, 1U << 16U> out{};
  for (auto _ : state) {
    const testing::TempDir folder;
    std::ofstream file(folder / "pages.gz", std::ios::binary);
    stored = 0;
    for (const std::string& page : pages()) {
      z_stream stream{};
      deflateInit2(&stream, static_cast<int>(state.range(0)), Z_DEFLATED, 15 + 16, 8,
                   Z_DEFAULT_STRATEGY);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(page.data()));
      stream.avail_in = static_cast<uInt>(page.size());
      int status = Z_OK;
      while (status == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        status = deflate(&stream, Z_FINISH);
        file.write(out.data(), static_cast<std::streamsize>(out.size() - stream.avail_out));
        stored += out.size() - stream.avail_out;
      }
      deflateEnd(&stream);
    }
  }
  count(state, stored);
}
BENCHMARK(gzip_level)->Arg(1)->Arg(6)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace loccit

BENCHMARK_MAIN();
