#include "base/zip.h"

#include <gtest/gtest.h>

#include "support/zip_builder.h"

namespace loccit {
namespace {

using testing::make_zip;

bool any(std::string_view) { return true; }

TEST(ReadZip, GivesTheWantedMembersInOrder) {
  const std::string zip = make_zip({{"a.xml", "alpha"}, {"b.xml", "beta"}, {"c.xml", "gamma"}});
  const auto members = read_zip(zip, [](std::string_view name) { return name != "b.xml"; });
  ASSERT_TRUE(members) << members.error().message;
  ASSERT_EQ(members->size(), 2U);
  EXPECT_EQ(members->at(0).content, "alpha");
  EXPECT_EQ(members->at(1).name, "c.xml");
}

TEST(ReadZip, StopsAtTheLimitOfOutput) {
  const std::string zip =
      make_zip({{"a", std::string(100'000, 'x')}, {"b", std::string(100'000, 'x')}});
  ReadLimits limits;
  limits.max_output = 150'000;
  const auto members = read_zip(zip, any, limits);
  ASSERT_FALSE(members);
  EXPECT_EQ(members.error().kind, FailureKind::too_large);
}

TEST(ReadZip, StopsAtABomb) {
  const std::string zip = make_zip({{"a", std::string(40'000'000, '\0'), true}});
  const auto members = read_zip(zip, any);
  ASSERT_FALSE(members);
  EXPECT_EQ(members.error().kind, FailureKind::too_large);
}

TEST(ReadZip, RefusesWhatIsNoZip) {
  for (const std::string_view bytes : {"", "PK", "no zip at all"}) {
    const auto members = read_zip(bytes, any);
    EXPECT_TRUE(!members || members->empty());
  }
  std::string cut = make_zip({{"a", std::string(100'000, 'x') + "y"}});
  cut.resize(60);
  EXPECT_FALSE(read_zip(cut, any));
}

}  // namespace
}  // namespace loccit
