// Arabic and Hebrew as PDFs hold them: letters in the order in which they are seen, from left to
// right.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loccit {

bool has_right_to_left(std::string_view utf8);

// Words of one line as seen from left to right, in the order in which they are read: the inverse of
// the Unicode bidirectional algorithm (UAX #9). `from` names the word that each was seen as.
struct LogicalWord {
  std::string text;
  std::size_t from = 0;
};
// `in_right_to_left_text`: the line belongs to such a text, however many Latin letters it has
// itself (a URL).
std::vector<LogicalWord> logical_words(const std::vector<std::string>& seen,
                                       bool in_right_to_left_text = false);

// Letters of right-to-left scripts less those of the others, for the direction of a whole text.
long balance_of_directions(std::string_view utf8);

}  // namespace loccit
