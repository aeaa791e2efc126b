// The names that pages give to encodings, and what is meant (WHATWG Encoding §4.2).
#pragma once

#include <string>
#include <string_view>

namespace loccit {

struct Charset {
  std::string name;       // IANA's or WHATWG's, lower case; empty where the label names nothing
  std::string converter;  // ICU's name for it
};

// Blanks, quotes and case aside. "gb2312" means gb18030, "iso-8859-1" windows-1252, as browsers
// have it.
Charset charset_for_label(std::string_view label);

}  // namespace loccit
