#include "checks/combine.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Document one(const char* file) {
  Document document;
  document.info.file = file;
  document.sources = {{.id = "1", .urls = {"https://a.example/"}}, {.id = "2", .refers_to = "1"}};
  document.citations = {{.id = "c1", .sources = {"1", "2"}}};
  return document;
}

TEST(SeveralDocuments, KeepTheirIdsApartByFileName) {
  const Document all = combine({one("a.txt"), one("b.md"), one("a.txt")});
  EXPECT_EQ(all.info.file, "a.txt, b.md, a.txt");
  ASSERT_EQ(all.citations.size(), 3U);
  EXPECT_EQ(all.citations[0].id, "a.txt:c1");
  EXPECT_EQ(all.citations[1].sources, (std::vector<std::string>{"b.md:1", "b.md:2"}));
  EXPECT_EQ(all.citations[2].id, "a.txt#2:c1");
  EXPECT_EQ(all.sources[3].refers_to, "b.md:1");
  EXPECT_EQ(all.parts.at(all.citations[1].part).file, "b.md");
}

TEST(SeveralDocuments, OfOneStayAsItIs) {
  const Document alone = combine({one("a.txt")});
  EXPECT_EQ(alone.citations[0].id, "c1");
  EXPECT_TRUE(alone.parts.empty());
}

TEST(SeveralDocuments, MayThemselvesBeCombined) {
  const Document all = combine({one("x"), combine({one("a"), one("b")})});
  EXPECT_EQ(all.parts.at(all.citations[2].part).file, "b");
}

}  // namespace
}  // namespace loccit
