// Marks that name author and year, in a format where nothing links them to the list of works.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "documents/document.h"

namespace loccit {
namespace {

constexpr std::string_view works = R"(

## References

Finch, H., and Mallory, R. (2012). Closing policies. https://doi.org/10.5555/jts.2012.7

Harbour Board. 2019. Census of gates. http://board.example/census

Oakes, M. (1988a). The river gates. Quay Press.

Oakes, M. (1988b). The sea gates. https://oakes.example/sea

Never, N. (1999). Not called. https://never.example/
)";

Document read(const std::string& prose) {
  const auto document = read_document(
      "# Gates\n\n## What is known\n\n" + prose + std::string(works), {.file_name = "gates.md"});
  EXPECT_TRUE(document) << document.error().message;
  return document ? *document : Document{};
}

// "id[sources] quote" of each citation but those of the list's own links.
std::string cited(const std::string& prose) {
  std::string all;
  for (const Citation& citation : read(prose).citations) {
    if (citation.sources[0].starts_with("link-")) continue;
    for (const std::string& source : citation.sources) all += "[" + source + "]";
    all += citation.quote.value_or("") + "|";
  }
  return all;
}

TEST(AuthorAndYear, CallTheEntryOfTheListOfWorks) {
  EXPECT_EQ(cited("Gates close (Finch and Mallory, 2012, p. 3)."), "[Finch 2012]|");
  EXPECT_EQ(cited("As Finch and Mallory (2012: 3) saw, gates close."), "[Finch 2012]|");
  EXPECT_EQ(cited("Gates close [see Harbour Board 2019]."), "[Harbour Board 2019]|");
  EXPECT_EQ(cited("Gates close (Finch et al., 2012; Oakes, 1988a, 1988b)."),
            "[Finch 2012][Oakes 1988a][Oakes 1988b]|");
}

TEST(AuthorAndYear, GiveQuotesTheirSource) {
  EXPECT_EQ(cited("She asks whether “a gate that never closes is a gate” (Oakes, 1988b, p. 7)."),
            "[Oakes 1988b]a gate that never closes is a gate|");
  EXPECT_EQ(cited("Finch and Mallory (2012) speak of “a rule that maps heights to states” there."),
            "[Finch 2012]a rule that maps heights to states|");
}

TEST(AuthorAndYear, GiveTheSourceItsUrlsAndItsWords) {
  const Document document = read("Gates close (Finch and Mallory, 2012).");
  const auto& source = document.sources.at(0);
  EXPECT_EQ(source.label, "Finch 2012");
  EXPECT_EQ(source.urls, std::vector<std::string>{"https://doi.org/10.5555/jts.2012.7"});
  EXPECT_EQ(source.note,
            "Finch, H., and Mallory, R. (2012). Closing policies. "
            "https://doi.org/10.5555/jts.2012.7");
}

TEST(AuthorAndYear, LeaveOtherBracketsAndUncalledEntriesAlone) {
  EXPECT_EQ(cited("In a cold year (2012) the gates froze (Tarn, 2012; Finch, 2013)."), "");
  const Document document = read("Gates close (Finch and Mallory, 2012).");
  const auto never = std::ranges::find(document.sources, "https://never.example/",
                                       [](const Source& s) { return s.urls.at(0); });
  ASSERT_NE(never, document.sources.end());
  EXPECT_TRUE(never->id.starts_with("link-"));
}

TEST(AuthorAndYear, NeedAListOfWorks) {
  const auto document = read_document(
      "# Gates\n\nGates close (Finch, 2012).\n\n## Finch\n\nFinch, H. (2012). Closing.\n\n"
      "Oakes, M. (1988). Opening.\n",
      {.file_name = "gates.md"});
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->citations.empty());
}

}  // namespace
}  // namespace loccit
