// Words in quotation marks, of all the world's kinds.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace loccit {

struct Quotation {
  std::size_t begin = 0, end = 0;              // the words, without the marks
  std::size_t outer_begin = 0, outer_end = 0;  // with the marks
};

// The outermost pairs in one paragraph, in order; speech within a quotation belongs to it. An
// apostrophe is no mark, and a mark that nothing closes is none.
std::vector<Quotation> find_quotations(std::string_view paragraph);

// Where the words after an opening mark that nothing in the paragraph closes begin, where they run
// to its end: a quotation over several paragraphs opens each anew and closes the last. npos: none.
std::size_t unclosed_quotation(std::string_view paragraph);

// Whether the words are somebody's words, and not a title, a term, a label of a screen or a scare
// quote. `marked`: a note's mark stands right behind them, so that fewer words will do.
bool quotes_somebody(std::string_view paragraph, const Quotation& quotation, bool marked = false);

}  // namespace loccit
