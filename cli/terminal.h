// What may be printed where: colour and width only where a person reads, control characters of
// hostile pages never.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace loccit {

enum class Stream { out, err };

bool is_terminal(Stream stream);
// A terminal, TERM is not "dumb", and NO_COLOR is not set (no-color.org).
bool wants_colour(Stream stream);
std::size_t terminal_width(Stream stream);  // 80 where it is not known

// Control characters, and marks that turn the direction of text around, become U+FFFD; blanks stay.
std::string printable(std::string_view utf8);

enum class Style { plain, bold, dim, red, yellow, green, blue };

struct StyledText {
  std::string text;  // printable
  Style style = Style::plain;
};

struct Page {
  std::size_t width = 80;
  bool colour = false;
};

// One paragraph, wrapped at blanks, its first line after `lead`, the others indented by as much.
void print_wrapped(std::ostream& out, const Page& page, const StyledText& lead,
                   const std::vector<StyledText>& words);

}  // namespace loccit
