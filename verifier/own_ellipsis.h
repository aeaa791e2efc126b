// Whether an ellipsis is the editor's mark of an omission or stood at the source.
#pragma once

#include <string_view>

#include "verifier/search.h"

namespace loccit {

// An ellipsis that stands at the source too is no omission mark: nothing may be skipped at it, but
// whole sentences where the quote has a mark besides, or where it ended the last of them. A
// bracketed one is the editor's, unless the source has brackets as well. `mark` is what the quote
// has between two stretches, `before` and `after` are where they stand.
bool is_the_sources_own(std::string_view mark, TokenSpan before, TokenSpan after,
                        const FoldedText& source, std::string_view text);

}  // namespace loccit
