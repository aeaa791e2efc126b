// tests/data/faults.tsv: pages as sites show them in place of what was there, in twenty languages,
// and short pages that are what they seem to be.
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "readings.h"

namespace loccit {
namespace {

constexpr const char* lost_quote =
    "The keeper of the northern lighthouse shall trim the wicks every evening before dusk, and "
    "write down in a book which ships have passed during the night.";

LinkState state_of(const std::string& body) {
  const Reading reading = testing::read_exchange(testing::exchange_of(
      {{.body = body, .url = "https://news.example/2019/05/harbour-board-decision.html"}}));
  const Citation citation{.id = "c1", .quote = lost_quote, .sources = {"1"}};
  const std::vector<Source> sources{{.id = "1", .kind = SourceKind::web}};
  const std::vector<CitedLink> links{{.url = reading.final_url, .reading = &reading}};
  return judge(citation, sources, links, {}).links.at(0).state;
}

std::string with(std::string body, const std::map<std::string, std::string>& shared) {
  for (const auto& [name, text] : shared) {
    for (std::size_t at = body.find(name); at != std::string::npos; at = body.find(name, at))
      body.replace(at, name.size(), text);
  }
  return body;
}

TEST(FaultPages, AreToldFromOthers) {
  std::ifstream lines(LOCCIT_TEST_DATA "/faults.tsv");
  std::map<std::string, std::string> shared;
  int pages = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    if (line.starts_with("# ") || tab == std::string::npos) continue;
    const std::string state = line.substr(0, tab), body = line.substr(tab + 1);
    if (!link_state_from(state)) {
      shared[state] = body;
      continue;
    }
    ++pages;
    EXPECT_EQ(name(state_of(with(body, shared))), state) << body;
  }
  EXPECT_GT(pages, 200);
}

}  // namespace
}  // namespace loccit
