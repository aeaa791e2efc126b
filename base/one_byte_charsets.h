// Which charset of one byte a letter a text without a label is in.
#pragma once

#include <string>

#include "base/bytes.h"

namespace loccit {

// Told by the letters that languages have (CLDR's exemplar characters): read by the right table,
// nearly all letters past ASCII are those of one language, and few are capitals. `guess` is what a
// statistical detector says, "" for nothing; it wins where no other is clearly better. Looks at
// some ten thousand letters at most. IANA name in lower case.
std::string one_byte_charset(Bytes bytes, const std::string& guess);

}  // namespace loccit
