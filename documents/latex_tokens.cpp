#include "documents/latex_tokens.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "documents/code_points.h"

namespace loccit {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// What the text fonts print for two or three signs, the longest first; the last two are babel's.
struct Ligature {
  std::string_view written;
  std::string_view printed;
};
constexpr std::array ligatures = {
    Ligature{"---", "\u2014"}, Ligature{"--", "\u2013"}, Ligature{"``", "\u201C"},
    Ligature{"''", "\u201D"},  Ligature{"`", "\u2018"},  Ligature{"'", "\u2019"},
    Ligature{",,", "\u201E"},  Ligature{"<<", "\u00AB"}, Ligature{">>", "\u00BB"},
    Ligature{"?`", "\u00BF"},  Ligature{"!`", "\u00A1"}, Ligature{"\"`", "\u201E"},
    Ligature{"\"'", "\u201C"}, Ligature{"\"=", "-"},     Ligature{"\"~", "-"},
    Ligature{"~", " "},
};

bool takes_url(std::string_view command) {
  return command.starts_with("url{") || command.starts_with("href{") ||
         command.starts_with("nolinkurl{") || command.starts_with("path{");
}

const Ligature* ligature_at(std::string_view text) {
  const auto* found = std::ranges::find_if(
      ligatures, [&](const Ligature& ligature) { return text.starts_with(ligature.written); });
  return found == ligatures.end() ? nullptr : found;
}

}  // namespace

LatexSource::LatexSource(std::string text, bool is_main)
    : text_(std::move(text)), is_main_(is_main) {
  std::vector<std::size_t> open;
  std::size_t url_depth = 0;  // in a URL a percent sign begins no comment
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (text_[at] == '\\') {
      if (url_depth == 0 && takes_url(std::string_view(text_).substr(at + 1, 12)))
        url_depth = open.size() + 1;
      ++at;
    } else if (text_[at] == '%' && (url_depth == 0 || open.size() < url_depth)) {
      while (at + 1 < text_.size() && text_[at + 1] != '\n') ++at;
    } else if (text_[at] == '{') {
      open.push_back(at);
    } else if (text_[at] == '}' && !open.empty()) {
      braces_.emplace_back(open.back(), at);
      open.pop_back();
      if (open.size() < url_depth) url_depth = 0;
    }
  }
  std::ranges::sort(braces_);
}

std::optional<std::size_t> LatexSource::closing_brace(std::size_t open) const {
  const auto found = std::ranges::lower_bound(braces_, std::pair(open, std::size_t{0}));
  if (found == braces_.end() || found->first != open) return std::nullopt;
  return found->second;
}

LatexTokens LatexTokens::part(std::string_view argument) const {
  LatexTokens tokens(*source_);
  tokens.at_ = offset_of(argument);
  tokens.end_ = tokens.at_ + argument.size();
  return tokens;
}

// A comment takes its line's end and the next line's indentation with it, but no blank line.
void LatexTokens::skip_comment() {
  const auto text = source_->text();
  while (at_ < end_ && text[at_] != '\n') ++at_;
  if (at_ < end_) ++at_;
  while (at_ < end_ && (text[at_] == ' ' || text[at_] == '\t')) ++at_;
}

void LatexTokens::skip_blanks() {
  const auto text = source_->text();
  const auto start = at_;
  int lines = 0;
  while (at_ < end_ && (is_blank(text[at_]) || text[at_] == '%')) {
    if (text[at_] == '%') {
      skip_comment();
      continue;
    }
    if (text[at_] == '\n' && ++lines > 1) {
      at_ = start;
      return;
    }
    ++at_;
  }
}

bool LatexTokens::take(char sign) {
  if (at_ >= end_ || source_->text()[at_] != sign) return false;
  ++at_;
  return true;
}

std::optional<std::string_view> LatexTokens::group() {
  const auto start = at_;
  skip_blanks();
  if (at_ < end_ && source_->text()[at_] == '{') {
    const auto close = source_->closing_brace(at_);
    if (close && *close < end_) {
      const auto inner = source_->text().substr(at_ + 1, *close - at_ - 1);
      at_ = *close + 1;
      return inner;
    }
  }
  at_ = start;
  return std::nullopt;
}

std::optional<std::string_view> LatexTokens::option(char open, char close) {
  constexpr std::size_t longest = 4000;
  const auto start = at_;
  skip_blanks();
  const auto text = source_->text();
  if (at_ < end_ && text[at_] == open) {
    const auto begin = ++at_;
    const auto last = std::min(end_, begin + longest);
    while (at_ < last && text[at_] != close) {
      if (text[at_] == '\\') ++at_;
      const auto inner =
          at_ < last && text[at_] == '{' ? source_->closing_brace(at_) : std::nullopt;
      at_ = inner ? *inner + 1 : at_ + 1;
    }
    if (at_ < last) {
      ++at_;
      return text.substr(begin, at_ - 1 - begin);
    }
  }
  at_ = start;
  return std::nullopt;
}

std::string_view LatexTokens::argument() {
  if (const auto inner = group()) return *inner;
  skip_blanks();
  if (at_ >= end_ || source_->text()[at_] == '{' || source_->text()[at_] == '}') return {};
  const auto begin = at_;
  if (source_->text()[at_] == '\\') {
    read_command();
  } else {
    ++at_;
    while (at_ < end_ && is_continuation(source_->text()[at_])) ++at_;
  }
  return source_->text().substr(begin, at_ - begin);
}

std::string_view LatexTokens::up_to(std::string_view ending) {
  const auto found = rest().find(ending);
  const auto inner = rest().substr(0, found);
  at_ += inner.size() + (found == std::string_view::npos ? 0 : ending.size());
  return inner;
}

LatexToken LatexTokens::read_command() {
  const auto text = source_->text();
  const auto offset = at_++;
  if (at_ >= end_) return {LatexTokenKind::command, " ", offset};
  const auto begin = at_;
  if (!is_letter(text[at_])) {
    next_code_point(text, at_);  // a sign is never cut in two
    return {LatexTokenKind::command, text.substr(begin, at_ - begin), offset};
  }
  while (at_ < end_ && is_letter(text[at_])) ++at_;
  const auto name = text.substr(begin, at_ - begin);
  // Blanks after a word's name are none of the text; a blank line is.
  const auto after = at_;
  skip_blanks();
  if (at_ < end_ && text[at_] == '[' && at_ > after) at_ = after;
  return {LatexTokenKind::command, name, offset};
}

LatexToken LatexTokens::read_text() {
  static constexpr std::string_view special = "\\{}%$&^_~`'-,<>?!\"\n";
  const auto text = source_->text();
  const auto offset = at_;
  if (const auto* ligature = ligature_at(text.substr(at_, std::min<std::size_t>(3, end_ - at_)))) {
    at_ += ligature->written.size();
    return {LatexTokenKind::text, ligature->printed, offset};
  }
  ++at_;
  while (at_ < end_ && special.find(text[at_]) == std::string_view::npos) ++at_;
  return {LatexTokenKind::text, text.substr(offset, at_ - offset), offset};
}

LatexToken LatexTokens::next() {
  const auto text = source_->text();
  while (at_ < end_ && text[at_] == '%') skip_comment();
  if (at_ >= end_) return {LatexTokenKind::end, {}, at_};
  const auto offset = at_;
  const auto sign = [&](LatexTokenKind kind) {
    ++at_;
    return LatexToken{kind, text.substr(offset, at_ - offset), offset};
  };
  switch (text[at_]) {
    case '\\':
      return read_command();
    case '{':
      return sign(LatexTokenKind::open_group);
    case '}':
      return sign(LatexTokenKind::close_group);
    case '&':
      return sign(LatexTokenKind::alignment);
    case '^':
      return sign(LatexTokenKind::superscript);
    case '_':
      return sign(LatexTokenKind::subscript);
    case '$':
      if (at_ + 1 < end_ && text[at_ + 1] == '$') ++at_;
      return sign(at_ > offset ? LatexTokenKind::display_math : LatexTokenKind::math);
    case '\n': {
      int lines = 0;
      while (at_ < end_ && is_blank(text[at_])) lines += text[at_++] == '\n' ? 1 : 0;
      if (lines > 1) return {LatexTokenKind::blank_line, {}, offset};
      return {LatexTokenKind::text, text.substr(offset, at_ - offset), offset};
    }
    default:
      return read_text();
  }
}

}  // namespace loccit
