// LaTeX source token by token, with the arguments of commands as views: enough of TeX's rules to
// read a text by, and no macro of it is run here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loccit {

// A text with the pairs of its braces, which are found once so that no unclosed one costs a look at
// all the rest.
class LatexSource {
 public:
  LatexSource(std::string text, bool is_main);
  std::string_view text() const { return text_; }
  bool is_main() const { return is_main_; }  // offsets in it are places in the document
  // Of the brace that closes the one at `open`, or nullopt.
  std::optional<std::size_t> closing_brace(std::size_t open) const;

 private:
  std::string text_;
  bool is_main_;
  std::vector<std::pair<std::size_t, std::size_t>> braces_;  // by opening ones
};

enum class LatexTokenKind {
  end,
  text,     // UTF-8, ligatures (``, '', --, ---) undone
  command,  // without its backslash; a control symbol is one sign
  open_group,
  close_group,
  blank_line,
  alignment,  // &
  math,       // $
  display_math,
  superscript,
  subscript,
};

struct LatexToken {
  LatexTokenKind kind = LatexTokenKind::end;
  std::string_view text;
  std::size_t offset = 0;  // in the source
};

// Views live as long as the source.
class LatexTokens {
 public:
  explicit LatexTokens(const LatexSource& source)
      : source_(&source), at_(0), end_(source.text().size()) {}
  // A part of the source: what an argument holds.
  LatexTokens part(std::string_view argument) const;

  LatexToken next();
  const LatexSource& source() const { return *source_; }
  std::size_t offset() const { return at_; }
  std::size_t offset_of(std::string_view argument) const {
    return static_cast<std::size_t>(argument.data() - source_->text().data());
  }

  bool take(char sign);                     // passes over it, where it comes next
  std::optional<std::string_view> group();  // "{…}", blanks before it passed over
  std::optional<std::string_view> option(char open = '[', char close = ']');
  std::string_view argument();  // a group, a command or one sign
  std::string_view up_to(
      std::string_view ending);  // which is passed over; all, where it never comes
  std::string_view rest() const { return source_->text().substr(at_, end_ - at_); }

 private:
  void skip_blanks();  // and comments, but no blank line
  void skip_comment();
  LatexToken read_command();
  LatexToken read_text();

  const LatexSource* source_;
  std::size_t at_;
  std::size_t end_;
};

}  // namespace loccit
