// Captures taken out of an archive: what stays reads as before, also what leaned on them.
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "archive/archive.h"
#include "archive/archive_check.h"
#include "archive/exchanges.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using namespace testing;

struct Filled {
  TempDir folder;
  std::vector<SnapshotRecord> records;

  Archive open(ArchiveMode mode) const {
    auto archive = Archive::open(folder.path() / "a", mode);
    if (!archive) throw std::runtime_error(archive.error().message);
    return std::move(*archive);
  }
  // What all can be read as, by id.
  std::map<std::string, std::string> contents() const {
    const Archive archive = open(ArchiveMode::read);
    std::map<std::string, std::string> found;
    for (const SnapshotRecord& record : archive.all()) {
      const auto snapshot = archive.get(record);
      found[record.id] = snapshot ? std::string(snapshot->exchange.hops.back().body.view())
                                  : snapshot.error().message;
    }
    return found;
  }
  Filled() {
    Archive archive = open(ArchiveMode::write);
    const std::string long_words(5000, 'x');
    for (const Exchange& exchange :
         {page("http://a.test/", long_words, "2026-01-01T00:00:00Z"),
          page("http://b.test/", "b, as it was", "2026-01-02T00:00:00Z"),
          page("http://a.test/", long_words, "2026-01-03T00:00:00Z"),  // a revisit of the first
          page("http://b.test/", "b, as it is", "2026-01-04T00:00:00Z")}) {
      records.push_back(archive.put(exchange).value());
      if (!archive.put_text(records.back(), "text of " + records.back().id)) std::abort();
    }
  }
};

auto only(const std::set<std::string>& ids) {
  return [ids](const SnapshotRecord& record) { return ids.contains(record.id); };
}

TEST(Pruning, TakesOutWhatIsNamedAndNothingElse) {
  const Filled filled;
  const auto before = filled.contents();
  const std::string& gone = filled.records[1].id;
  {
    Archive archive = filled.open(ArchiveMode::write);
    const auto would = archive.prune(only({gone}), Archive::Prune::look);
    ASSERT_TRUE(would) << would.error().message;
    EXPECT_EQ(would->snapshots.size(), 1U);
    EXPECT_EQ(filled.contents(), before) << "looking removes nothing";
    const auto pruned = archive.prune(only({gone}), Archive::Prune::remove);
    ASSERT_TRUE(pruned) << pruned.error().message;
    EXPECT_EQ(pruned->bytes, would->bytes);
    EXPECT_FALSE(archive.find(gone));
    EXPECT_TRUE(archive.put(page("http://c.test/", "c", "2026-01-05T00:00:00Z")))
        << "it goes on in the same file";
  }
  auto after = filled.contents();
  EXPECT_EQ(after.size(), 4U);
  for (const auto& [id, words] : before) {
    if (id != gone) {
      EXPECT_EQ(after[id], words);
    }
  }
  const Archive archive = filled.open(ArchiveMode::read);
  const auto check = archive.check();
  ASSERT_TRUE(check);
  EXPECT_EQ(check->faults, std::vector<std::string>{});
  EXPECT_EQ(archive.text_of(filled.records[3])->value(), "text of " + filled.records[3].id);
}

TEST(Pruning, KeepsWhatARevisitRefersTo) {
  const Filled filled;
  const auto before = filled.contents();
  Archive archive = filled.open(ArchiveMode::write);
  const auto pruned = archive.prune(only({filled.records[0].id}), Archive::Prune::remove);
  ASSERT_TRUE(pruned) << pruned.error().message;
  EXPECT_TRUE(pruned->snapshots.empty());
  EXPECT_EQ(pruned->needed, 1U);
  EXPECT_EQ(filled.contents(), before);
  const auto both =
      archive.prune(only({filled.records[0].id, filled.records[2].id}), Archive::Prune::remove);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->snapshots.size(), 2U) << "together they can go";
  EXPECT_EQ(filled.contents().size(), 2U);
}

// Killed after a file was exchanged, before the index heard of it.
TEST(Pruning, TheIndexFollowsTheFiles) {
  const Filled filled;
  const auto index = filled.folder.path() / "a/index.db";
  {
    Archive archive = filled.open(ArchiveMode::write);
    std::filesystem::copy_file(index, filled.folder.path() / "before.db");
    ASSERT_TRUE(archive.prune(only({filled.records[1].id}), Archive::Prune::remove));
  }
  for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(index.string() + suffix);
  std::filesystem::copy_file(filled.folder.path() / "before.db", index,
                             std::filesystem::copy_options::overwrite_existing);
  { const Archive mended = filled.open(ArchiveMode::write); }
  const auto contents = filled.contents();
  EXPECT_EQ(contents.size(), 3U);
  EXPECT_FALSE(contents.contains(filled.records[1].id));
}

}  // namespace
}  // namespace loccit
