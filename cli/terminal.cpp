#include "cli/terminal.h"

#include <algorithm>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

namespace loccit {
namespace {

int descriptor(Stream stream) { return stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO; }

const char* escape(Style style) {
  switch (style) {
    case Style::bold:
      return "\033[1m";
    case Style::dim:
      return "\033[2m";
    case Style::red:
      return "\033[31m";
    case Style::yellow:
      return "\033[33m";
    case Style::green:
      return "\033[32m";
    case Style::blue:
      return "\033[34m";
    case Style::plain:
      break;
  }
  return "";
}

void print_styled(std::ostream& out, const Page& page, std::string_view text, Style style) {
  if (page.colour && style != Style::plain) {
    out << escape(style) << text << "\033[0m";
  } else {
    out << text;
  }
}

bool starts_with_blank(const std::string& text) {
  return !text.empty() && (text.front() == ' ' || text.front() == '\n');
}

// One word may consist of several styles ("[-not-]able"): its parts must not be torn.
using Word = std::vector<StyledText>;

std::vector<Word> words_of(const std::vector<StyledText>& texts) {
  std::vector<Word> words;
  bool glue = false;  // the next stretch belongs to the last word
  for (const StyledText& styled : texts) {
    if (starts_with_blank(styled.text)) glue = false;
    std::size_t at = 0;
    while (true) {
      at = styled.text.find_first_not_of(" \n\t", at);
      if (at == std::string::npos) break;
      const std::size_t end = std::min(styled.text.find_first_of(" \n\t", at), styled.text.size());
      if (!glue || words.empty()) words.emplace_back();
      words.back().push_back({styled.text.substr(at, end - at), styled.style});
      glue = end == styled.text.size();
      at = end;
    }
  }
  return words;
}

}  // namespace

bool is_terminal(Stream stream) { return isatty(descriptor(stream)) == 1; }

bool wants_colour(Stream stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  return is_terminal(stream) && !refused && !dumb;
}

std::size_t terminal_width(Stream stream) {
  winsize size{};
  if (ioctl(descriptor(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

std::string printable(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  const std::string valid = is_valid_utf8(utf8) ? std::string(utf8) : repair_utf8(utf8);
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  for (std::size_t i = 0; i < valid.size();) {
    const auto byte = [&](std::size_t k) {
      return i + k < valid.size() ? static_cast<unsigned char>(valid[i + k]) : 0U;
    };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const bool c0 = (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
    const bool c1 = first == 0xC2 && byte(1) < 0xA0;
    // U+202A to U+202E and U+2066 to U+2069 (UAX #9): a page could make a terminal show words in
    // another order.
    const bool turns = first == 0xE2 && ((byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE) ||
                                         (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
    if (c0 || c1 || turns) {
      out += replacement;
    } else {
      out.append(valid, i, length);
    }
    i += length;
  }
  return out;
}

void print_wrapped(std::ostream& out, const Page& page, const StyledText& lead,
                   const std::vector<StyledText>& words) {
  const std::size_t indent = count_code_points(lead.text);
  const std::size_t width = std::clamp<std::size_t>(page.width, indent + 20, indent + 100);
  print_styled(out, page, lead.text, lead.style);
  std::size_t column = indent;
  for (const Word& word : words_of(words)) {
    std::size_t length = 0;
    for (const StyledText& part : word) length += count_code_points(part.text);
    if (column > indent && column + 1 + length > width) {
      out << '\n' << std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      out << ' ';
      ++column;
    }
    for (const StyledText& part : word) print_styled(out, page, part.text, part.style);
    column += length;
  }
  out << '\n';
}

}  // namespace loccit
