#include "cli/globs.h"

#include <gtest/gtest.h>

#include "support/temp_dir.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

TEST(Globs, StarStaysInOneFolderAndTwoStarsCrossAny) {
  EXPECT_TRUE(glob_matches("*.md", "a.md"));
  EXPECT_FALSE(glob_matches("*.md", "letters/a.md"));
  EXPECT_TRUE(glob_matches("letters/*/a.md", "letters/may/a.md"));
  EXPECT_FALSE(glob_matches("letters/*/a.md", "letters/a.md"));
  for (const char* path : {"a.md", "letters/a.md", "letters/may/first/a.md"})
    EXPECT_TRUE(glob_matches("**/*.md", path)) << path;
  EXPECT_TRUE(glob_matches("letters/**", "letters/may/a.md"));
  EXPECT_TRUE(glob_matches("**/may/**/a.md", "letters/may/a.md"));
  EXPECT_FALSE(glob_matches("**/june/**/a.md", "letters/may/a.md"));
}

TEST(Globs, TakeNamesAsTheyAreWritten) {
  EXPECT_TRUE(glob_matches("./letters//a.md", "letters/a.md"));
  EXPECT_TRUE(glob_matches("a?.md", "a1.md"));
  EXPECT_FALSE(glob_matches("a?.md", "a.md"));
  EXPECT_TRUE(glob_matches("[ab].md", "b.md"));
  EXPECT_FALSE(glob_matches("*.md", "a.MD"));
  EXPECT_FALSE(glob_matches("*", ".hidden"));
  EXPECT_TRUE(glob_matches(".h*", ".hidden"));
  EXPECT_FALSE(glob_matches("", "a"));
}

TEST(Globs, OfManyStarsEndSoon) {
  std::string pattern, path;
  for (int i = 0; i < 12; ++i) pattern += "**/a/";
  for (int i = 0; i < 30; ++i) path += "a/";
  EXPECT_FALSE(glob_matches(pattern + "b", path + "c"));
}

class FilesByGlob : public ::testing::Test {
 protected:
  FilesByGlob() {
    for (const char* file : {"a.md", "letters/b.md", "letters/drafts/c.md", "letters/d.txt",
                             ".git/e.md", "letters/.hidden/f.md"}) {
      fs::create_directories((folder_ / file).parent_path());
      folder_.file(file, "text");
    }
  }

  // Relative to the folder, joined by blanks; or the failure.
  std::string files(const std::vector<std::string>& patterns) {
    const auto found = expand_globs(folder_.path(), patterns);
    if (!found) return found.error().message;
    std::string names;
    for (const std::string& file : *found) {
      names += (names.empty() ? "" : " ") +
               fs::path(file).lexically_relative(folder_.path()).generic_string();
    }
    return names;
  }

  testing::TempDir folder_;
};

TEST_F(FilesByGlob, AreSortedAndEachIsThereOnce) {
  EXPECT_EQ(files({"letters/*.md", "**/*.md"}), "a.md letters/b.md letters/drafts/c.md");
}

TEST_F(FilesByGlob, AreFewerByWhatBeginsWithAnExclamationMark) {
  EXPECT_EQ(files({"**/*.md", "!letters/drafts/*"}), "a.md letters/b.md");
  EXPECT_EQ(files({"!nothing/*", "**/*.md", "!**/*.md"}), "");
}

TEST_F(FilesByGlob, DoNotComeFromHiddenFoldersNorThroughLinks) {
  fs::create_directory_symlink(folder_.path(), folder_.path() / "letters/again");
  EXPECT_EQ(files({"**/*"}), "a.md letters/b.md letters/d.txt letters/drafts/c.md");
}

TEST_F(FilesByGlob, ThatNothingMatchesAreASlip) {
  EXPECT_NE(files({"*.md", "leters/*.md"}).find("\"leters/*.md\""), std::string::npos);
  EXPECT_FALSE(expand_globs(folder_ / "none", std::vector<std::string>{"*"}));
}

}  // namespace
}  // namespace loccit
