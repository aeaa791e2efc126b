// HTML's tokens in one pass over valid UTF-8, after the states of WHATWG HTML §13.2.5; nothing is
// copied.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loccit {

struct HtmlAttribute {
  std::string_view name;   // as written
  std::string_view value;  // references not decoded
};

enum class HtmlTokenKind { text, cdata, start_tag, end_tag, end };

struct HtmlToken {
  HtmlTokenKind kind = HtmlTokenKind::end;
  std::string_view text;  // of text and cdata; references not decoded
  std::string_view name;  // of a tag, as written
  std::vector<HtmlAttribute> attributes;
  bool self_closing = false;
};

// Views in tokens are valid while the input lives. Comments, doctypes and processing instructions
// are passed over.
class HtmlTokenizer {
 public:
  explicit HtmlTokenizer(std::string_view input) : input_(input) {}

  void next(HtmlToken& token);

  // Inside SVG and MathML (and in XHTML) "<![CDATA[" opens text; elsewhere it is a broken comment.
  void allow_cdata(bool allowed) { cdata_allowed_ = allowed; }

  // After a start tag: all up to its end tag as text, the end tag passed over. nullopt, and nothing
  // passed over, where the end tag never comes.
  std::optional<std::string_view> raw_text(std::string_view name);
  std::string_view
  script_text();  // as above with the script's own escapes; to the end of input where it never ends
  std::string_view rest();

 private:
  bool read_markup(HtmlToken& token);
  bool read_tag(HtmlToken& token, std::size_t name_at, HtmlTokenKind kind);
  bool read_attributes(HtmlToken& token);
  void skip_comment();
  void skip_past(std::string_view ending);
  std::size_t find_end_tag(std::string_view name, std::size_t from) const;
  std::string_view take_raw(std::size_t end_tag);

  std::string_view input_;
  std::size_t at_ = 0;
  bool cdata_allowed_ = false;
  // What was once looked for up to the end in vain is not looked for again: hostile pages ask a
  // million times.
  std::vector<std::string> never_ended_;
  bool script_escapes_never_end_ = false;
};

bool is_html_space(char c);
bool equals_ignoring_case(std::string_view text, std::string_view lower_case);

// The first attribute of that name, references not decoded; nullopt where there is none.
std::optional<std::string_view> attribute(const HtmlToken& token, std::string_view lower_case_name);

}  // namespace loccit
