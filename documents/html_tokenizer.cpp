#include "documents/html_tokenizer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/ascii.h"

namespace loccit {
namespace {

using ascii::lower;

constexpr std::size_t max_attributes = 256;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

enum : unsigned char {
  space = 1,
  ends_tag_name = 2,
  ends_attribute_name = 4,
  ends_unquoted_value = 8
};

constexpr std::array<unsigned char, 256> classes = [] {
  std::array<unsigned char, 256> table{};
  for (const char c : {' ', '\t', '\n', '\f', '\r'}) {
    table[static_cast<unsigned char>(c)] =
        space | ends_tag_name | ends_attribute_name | ends_unquoted_value;
  }
  table['/'] = ends_tag_name | ends_attribute_name;
  table['>'] = ends_tag_name | ends_attribute_name | ends_unquoted_value;
  table['='] = ends_attribute_name;
  return table;
}();

bool is(char c, unsigned char what) { return (classes[static_cast<unsigned char>(c)] & what) != 0; }

std::size_t find_char(std::string_view text, char c, std::size_t from) {
  if (from >= text.size()) return text.size();
  const void* found = std::memchr(text.data() + from, c, text.size() - from);
  return found == nullptr ? text.size()
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

bool starts_ignoring_case(std::string_view text, std::size_t at, std::string_view lower_case) {
  return at + lower_case.size() <= text.size() &&
         equals_ignoring_case(text.substr(at, lower_case.size()), lower_case);
}

}  // namespace

bool is_html_space(char c) { return is(c, space); }

bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
  return text.size() == lower_case.size() &&
         std::equal(text.begin(), text.end(), lower_case.begin(),
                    [](char a, char b) { return lower(a) == b; });
}

std::optional<std::string_view> attribute(const HtmlToken& token,
                                          std::string_view lower_case_name) {
  for (const HtmlAttribute& candidate : token.attributes) {
    if (equals_ignoring_case(candidate.name, lower_case_name)) return candidate.value;
  }
  return std::nullopt;
}

void HtmlTokenizer::next(HtmlToken& token) {
  while (at_ < input_.size()) {
    const std::size_t begin = at_;
    if (input_[at_] == '<' && read_markup(token)) return;
    if (at_ > begin) continue;  // a comment, a doctype, an end of file in mid-tag
    // A "<" that opens nothing is text, and so is all up to the next one.
    at_ = find_char(input_, '<', input_[at_] == '<' ? at_ + 1 : at_);
    token.kind = HtmlTokenKind::text;
    token.text = input_.substr(begin, at_ - begin);
    return;
  }
  token.kind = HtmlTokenKind::end;
}

// True with a token; false either having moved past something that gives none, or not having moved:
// then it is text.
bool HtmlTokenizer::read_markup(HtmlToken& token) {
  if (at_ + 1 >= input_.size()) return false;
  const char c = input_[at_ + 1];
  if (is_letter(c)) return read_tag(token, at_ + 1, HtmlTokenKind::start_tag);
  if (c == '/') {
    if (at_ + 2 >= input_.size()) return false;
    if (is_letter(input_[at_ + 2])) return read_tag(token, at_ + 2, HtmlTokenKind::end_tag);
    skip_past(">");
    return false;
  }
  if (c == '?') {
    skip_past(">");
    return false;
  }
  if (c != '!') return false;
  if (input_.substr(at_, 4) == "<!--") {
    skip_comment();
  } else if (cdata_allowed_ && input_.substr(at_, 9) == "<![CDATA[") {
    const std::size_t begin = at_ + 9;
    skip_past("]]>");
    token.kind = HtmlTokenKind::cdata;
    token.text = input_.substr(begin, at_ - begin);
    if (token.text.size() >= 3 && token.text.substr(token.text.size() - 3) == "]]>")
      token.text.remove_suffix(3);
    return true;
  } else {
    // XML's doctype may hold declarations in brackets, with ">" of their own. None of them is
    // obeyed.
    const std::size_t bracket =
        cdata_allowed_ ? input_.find_first_of("[>", at_) : std::string_view::npos;
    if (bracket != std::string_view::npos && input_[bracket] == '[') skip_past("]");
    skip_past(">");
  }
  return false;
}

void HtmlTokenizer::skip_past(std::string_view ending) {
  const std::size_t found = input_.find(ending, at_);
  at_ = found == std::string_view::npos ? input_.size() : found + ending.size();
}

// §13.2.5.43 and on: "-->" and "--!>" end a comment, and so do "<!-->" and "<!--->".
void HtmlTokenizer::skip_comment() {
  at_ += 4;
  if (input_.substr(at_, 1) == ">" || input_.substr(at_, 2) == "->") {
    skip_past(">");
    return;
  }
  for (std::size_t dash = find_char(input_, '-', at_); dash < input_.size();
       dash = find_char(input_, '-', dash + 1)) {
    if (input_.substr(dash, 3) != "-->" && input_.substr(dash, 4) != "--!>") continue;
    at_ = dash;
    skip_past(">");
    return;
  }
  at_ = input_.size();
}

bool HtmlTokenizer::read_tag(HtmlToken& token, std::size_t name_at, HtmlTokenKind kind) {
  std::size_t end = name_at;
  while (end < input_.size() && !is(input_[end], ends_tag_name)) ++end;
  token.kind = kind;
  token.name = input_.substr(name_at, end - name_at);
  token.attributes.clear();
  token.self_closing = false;
  at_ = end;
  return read_attributes(token);
}

// False at an end of file in mid-tag: what was begun is no tag (§13.2.5.32, eof-in-tag).
bool HtmlTokenizer::read_attributes(HtmlToken& token) {
  const std::size_t size = input_.size();
  while (at_ < size) {
    const char c = input_[at_];
    if (c == '>') {
      ++at_;
      return true;
    }
    if (is(c, space) || c == '/') {
      token.self_closing = c == '/' && at_ + 1 < size && input_[at_ + 1] == '>';
      ++at_;
      continue;
    }
    HtmlAttribute found;
    const std::size_t name_at = at_++;  // an "=" in first place belongs to the name
    while (at_ < size && !is(input_[at_], ends_attribute_name)) ++at_;
    found.name = input_.substr(name_at, at_ - name_at);
    std::size_t after = at_;
    while (after < size && is(input_[after], space)) ++after;
    if (after < size && input_[after] == '=') {
      at_ = after + 1;
      while (at_ < size && is(input_[at_], space)) ++at_;
      if (at_ < size && (input_[at_] == '"' || input_[at_] == '\'')) {
        const std::size_t close = find_char(input_, input_[at_], at_ + 1);
        found.value = input_.substr(at_ + 1, close - at_ - 1);
        at_ = std::min(close + 1, size);
        if (close == size) return false;
      } else {
        const std::size_t value_at = at_;
        while (at_ < size && !is(input_[at_], ends_unquoted_value)) ++at_;
        found.value = input_.substr(value_at, at_ - value_at);
      }
    }
    if (token.attributes.size() < max_attributes) token.attributes.push_back(found);
  }
  return false;
}

std::size_t HtmlTokenizer::find_end_tag(std::string_view name, std::size_t from) const {
  for (std::size_t at = find_char(input_, '<', from); at < input_.size();
       at = find_char(input_, '<', at + 1)) {
    const std::size_t after = at + 2 + name.size();
    if (after >= input_.size()) break;
    if (input_[at + 1] == '/' && is(input_[after], ends_tag_name) &&
        starts_ignoring_case(input_, at + 2, name)) {
      return at;
    }
  }
  return input_.size();
}

std::string_view HtmlTokenizer::take_raw(std::size_t end_tag) {
  const std::string_view text = input_.substr(at_, end_tag - at_);
  at_ = end_tag;
  if (end_tag < input_.size()) {
    HtmlToken ignored;
    read_tag(ignored, end_tag + 2, HtmlTokenKind::end_tag);
  }
  return text;
}

std::optional<std::string_view> HtmlTokenizer::raw_text(std::string_view name) {
  if (std::find(never_ended_.begin(), never_ended_.end(), name) != never_ended_.end())
    return std::nullopt;
  const std::size_t end = find_end_tag(name, at_);
  if (end < input_.size()) return take_raw(end);
  never_ended_.emplace_back(name);
  return std::nullopt;
}

// §13.2.5.15 and on. Inside "<!--" a "<script" opens a level that takes one "</script" to close.
std::string_view HtmlTokenizer::script_text() {
  constexpr std::string_view name = "script";
  bool escaped = false;
  bool doubly = false;
  for (std::size_t at = at_; at < input_.size() && !script_escapes_never_end_; ++at) {
    if (!escaped) {
      at = find_char(input_, '<', at);
      if (at == input_.size()) break;
    }
    if (input_[at] == '-' && input_.substr(at, 3) == "-->") escaped = doubly = false;
    if (input_[at] != '<') continue;
    if (input_.substr(at, 4) == "<!--") {
      escaped = true;
      at += 1;  // the dashes of "<!-->" may end it at once
      continue;
    }
    const bool closing = at + 1 < input_.size() && input_[at + 1] == '/';
    const std::size_t after = at + 1 + (closing ? 1 : 0) + name.size();
    if (after >= input_.size() || !is(input_[after], ends_tag_name)) continue;
    if (!starts_ignoring_case(input_, after - name.size(), name)) continue;
    if (closing && !doubly) return take_raw(at);
    if (closing) doubly = false;
    if (!closing && escaped) doubly = true;
  }
  script_escapes_never_end_ = true;
  // Escapes that never end would hide the whole page; the first end tag is the likelier meaning.
  return take_raw(find_end_tag(name, at_));
}

std::string_view HtmlTokenizer::rest() { return take_raw(input_.size()); }

}  // namespace loccit
