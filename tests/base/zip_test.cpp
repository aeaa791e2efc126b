#include "base/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

namespace loccit {
namespace {

std::string make_zip(const std::vector<ZipMember>& members) {
  std::string out(64U << 20U, '\0');
  std::size_t used = 0;
  struct archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const ZipMember& member : members) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

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
  const std::string zip = make_zip({{"a", std::string(40'000'000, '\0')}});
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
