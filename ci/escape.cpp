#include "ci/escape.h"

#include "base/text.h"

namespace loccit {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\n' && c != '\t' && c != '\r';
}

// U+FFFE and U+FFFF are valid UTF-8 and still no XML characters.
bool is_noncharacter(std::string_view text, std::size_t at) {
  return text.substr(at, 3) == "\xEF\xBF\xBE" || text.substr(at, 3) == "\xEF\xBF\xBF";
}

}  // namespace

std::string escape_markup(std::string_view text) {
  const std::string valid = repair_utf8(text);
  std::string out;
  out.reserve(valid.size() + valid.size() / 8);
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const char c = valid[i];
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (is_control(c)) {
          out += replacement;
        } else if (is_noncharacter(valid, i)) {
          out += replacement;
          i += 2;
        } else {
          out.push_back(c);
        }
    }
  }
  return out;
}

std::string escape_markdown(std::string_view text) {
  // A numeric character reference is never markup (CommonMark 0.30 §6.4), so this holds for every
  // extension as well.
  constexpr std::string_view special = "&<>\"'*_`[]()#@~|\\!{}$^=+:";
  const std::string valid = repair_utf8(text);
  std::string out;
  for (const char c : valid) {
    if (special.find(c) != std::string_view::npos) {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out.push_back(' ');
    } else if (is_control(c)) {
      out += replacement;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

bool is_web_url(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

}  // namespace loccit
