// The note marks that a quoted text brought along: raised figures that call no note of this
// document.
#pragma once

#include "documents/marked_text.h"

namespace loccit {

// Takes them out of the part's text. Exponents, ordinals and units stay.
void erase_old_marks(Part& part);

}  // namespace loccit
