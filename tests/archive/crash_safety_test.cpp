// What kill -9, a full disk and a torn file leave behind: nothing that was acknowledged is lost.
#include <csignal>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/exchanges.h"
#include "base/files.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using namespace testing;
namespace fs = std::filesystem;

constexpr const char* warc = "archive/loccit-20261124160000-00001.warc.gz";

Result<Archive> writer(const fs::path& folder) {
  return Archive::open(folder, ArchiveMode::write, {.clock = stopped_clock()});
}

bool says(const Archive& archive, std::string_view words) {
  for (const std::string& message : archive.messages()) {
    if (message.find(words) != std::string::npos) return true;
  }
  return false;
}

// An archive of two snapshots, and where the second begins.
struct Two {
  TempDir folder;
  std::string file;  // the WARC file's bytes
  std::uint64_t second = 0;
  SnapshotRecord first;

  Two() {
    auto archive = writer(folder / "a");
    first = *archive->put(page("http://a.example/1", "one"));
    second = fs::file_size(folder / "a" / warc);
    EXPECT_TRUE(archive->put(page("http://a.example/2", "two")));
    archive.value() = *Archive::open(folder / "a", ArchiveMode::read);  // closes the writer
    file = *read_file(folder / "a" / warc);
  }
};

// Every byte at which the second snapshot may be torn; with LOCCIT_EVERY_BYTE none is left out.
TEST(ATornTail, IsMovedAsideWhereverItWasCutAndTheRestStands) {
  const Two two;
  const std::size_t step = std::getenv("LOCCIT_EVERY_BYTE") == nullptr ? 23 : 1;
  for (std::size_t size = two.second + 1; size < two.file.size(); size += step) {
    const TempDir folder;
    fs::create_directories(folder / "a/archive");
    ASSERT_TRUE(write_durably(folder / "a" / warc, two.file.substr(0, size)));
    {
      auto archive = writer(folder / "a");
      ASSERT_TRUE(archive) << size << ": " << archive.error().message;
      EXPECT_TRUE(says(*archive, "the torn tail was moved to torn/")) << size;
      ASSERT_EQ(archive->all().size(), 1U) << size;
      EXPECT_EQ(archive->get(two.first)->exchange.hops[0].body.view(), "one");
      ASSERT_TRUE(archive->put(page("http://a.example/3", "three"))) << size;
    }
    const fs::directory_entry side(*fs::directory_iterator(folder / "a/torn"));
    EXPECT_EQ(*read_file(side.path()), two.file.substr(two.second, size - two.second)) << size;
    const auto again = Archive::open(folder / "a", ArchiveMode::read);
    EXPECT_EQ(again->all().size(), 2U) << size;
    EXPECT_TRUE(again->messages().empty()) << size;
  }
}

TEST(AFileShorterThanItsIndexSays, IsReadAgain) {
  const Two two;
  fs::resize_file(two.folder / "a" / warc, two.second + 10);
  const auto reader = Archive::open(two.folder / "a", ArchiveMode::read);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->all().size(), 1U);
  EXPECT_TRUE(says(*reader, "shorter than the index says"));
  EXPECT_EQ(fs::file_size(two.folder / "a" / warc), two.second + 10) << "a reader mends nothing";
  EXPECT_EQ(writer(two.folder / "a")->all().size(), 1U);
}

TEST(AnIndex, IsMadeAnewWhereItIsGoneOrGarbageOrBehind) {
  const Two two;
  const fs::path index = two.folder / "a/index.db";
  const std::string right = *read_file(index);
  for (const std::string& content : {std::string(), std::string("no database at all"),
                                     right.substr(0, right.size() / 2), std::string(8192, '\0')}) {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(index.string() + suffix);
    if (!content.empty()) {
      ASSERT_TRUE(write_durably(index, content));
    }
    const auto archive = writer(two.folder / "a");
    ASSERT_TRUE(archive) << archive.error().message;
    EXPECT_EQ(archive->all().size(), 2U) << content.size();
  }
  auto archive = Archive::open(two.folder / "a", ArchiveMode::write, {.rebuild_index = true});
  EXPECT_EQ(archive->all().size(), 2U);
}

// A child puts snapshots and names each once put() returned, until it is killed.
TEST(KilledWhileItAppends, AnArchiveKeepsWhatItAcknowledged) {
  const TempDir folder;
  std::size_t acknowledged = 0;
  for (int round = 0; round < 8; ++round) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      auto archive = writer(folder / "a");
      for (int i = 0; archive; ++i) {
        const std::string url =
            "http://a.example/" + std::to_string(round) + "-" + std::to_string(i);
        if (!archive->put(page(url, url + std::string(20'000, 'x')))) break;
        if (::write(ends[1], "+", 1) != 1) break;
      }
      ::_exit(1);
    }
    ::close(ends[1]);
    std::size_t here = 0;
    char sign = 0;
    while (here < static_cast<std::size_t>(3 + 5 * round) && ::read(ends[0], &sign, 1) == 1) ++here;
    ::kill(child, SIGKILL);
    while (::read(ends[0], &sign, 1) == 1) ++here;  // what it said before it died
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
    acknowledged += here;
    const auto archive = writer(folder / "a");
    ASSERT_TRUE(archive) << archive.error().message;
    for (std::size_t i = 0; i < here; ++i) {
      const std::string url = "http://a.example/" + std::to_string(round) + "-" + std::to_string(i);
      const auto found = archive->snapshots_of(url);
      ASSERT_EQ(found.size(), 1U) << url;
      ASSERT_TRUE(archive->get(found[0])) << archive->get(found[0]).error().message;
    }
    EXPECT_GE(archive->all().size(), acknowledged);
  }
}

// A file system of half a megabyte, for as long as the test runs.
class SmallDisk {
 public:
  SmallDisk() {
    mounted_ = ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=512k,nr_inodes=64") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  bool make_read_only() const {
    return ::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }
  fs::path path() const { return folder_.path(); }

 private:
  TempDir folder_;
  bool mounted_ = false;
};

std::string noise(std::size_t size, unsigned seed) {
  std::string out(size, '\0');
  for (char& c : out) {
    seed = seed * 1103515245U + 12345U;
    c = static_cast<char>(seed >> 16U);
  }
  return out;
}

TEST(OnAFullDisk, AnArchiveKeepsWhatItAcknowledgedAndSaysWhy) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "a small file system can be mounted by root alone";
  std::vector<SnapshotRecord> kept;
  {
    auto archive = writer(disk.path() / "a");
    ASSERT_TRUE(archive) << archive.error().message;
    for (unsigned i = 0; i < 100; ++i) {
      const auto put =
          archive->put(page("http://a.example/" + std::to_string(i), noise(30'000, i)));
      if (!put) {
        EXPECT_NE(put.error().message.find("No space left"), std::string::npos)
            << put.error().message;
        break;
      }
      kept.push_back(*put);
    }
    ASSERT_GT(kept.size(), 2U);
    ASSERT_LT(kept.size(), 100U) << "the disk never filled up";
    for (const SnapshotRecord& record : kept) EXPECT_TRUE(archive->get(record));
  }
  const auto again = Archive::open(disk.path() / "a", ArchiveMode::read);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->all().size(), kept.size());
  for (const SnapshotRecord& record : kept)
    EXPECT_TRUE(again->get(record)) << again->get(record).error().message;
}

TEST(OnAReadOnlyDisk, AnArchiveIsReadAndNotWritten) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "a small file system can be mounted by root alone";
  const SnapshotRecord kept = *writer(disk.path() / "a")->put(page("http://a.example/", "words"));
  ASSERT_TRUE(disk.make_read_only());
  const auto refused = writer(disk.path() / "a");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("Read-only file system"), std::string::npos)
      << refused.error().message;
  const auto archive = Archive::open(disk.path() / "a", ArchiveMode::read);
  ASSERT_TRUE(archive) << archive.error().message;
  EXPECT_EQ(archive->get(kept)->exchange.hops[0].body.view(), "words");
}

}  // namespace
}  // namespace loccit
