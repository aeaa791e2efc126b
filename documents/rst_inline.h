// The inline markup of reStructuredText: references, literals, roles, and marks of notes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "documents/marked_text_builder.h"
#include "documents/rst_targets.h"
#include "documents/text_place.h"

namespace loccit {

// A paragraph's lines as one text, which knows where in the document each part of it stands.
class RstParagraph {
 public:
  void add(std::string_view line, std::size_t offset);
  std::string_view text() const { return text_; }
  std::size_t offset_of(std::size_t at) const;

 private:
  struct Piece {
    std::size_t at = 0, offset = 0;
  };
  std::string text_;
  std::vector<Piece> pieces_;
};

// Adds the paragraph's words, links and marks to the open part.
void add_rst_inline(const RstParagraph& paragraph, RstTargets& targets, TextPlace& place,
                    MarkedTextBuilder& builder);

}  // namespace loccit
