// Character references: "&eacute;", "&#233;", "&#xE9;", "&eacute" (WHATWG HTML §13.2.5.72 and on).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loccit {

enum class ReferencePlace { text, attribute };

struct CharacterReference {
  std::size_t length = 0;  // of the reference from its "&"; 0 where the "&" is only itself
  std::string text;
};

CharacterReference read_reference(std::string_view text, std::size_t at, ReferencePlace place);

// All references of a text decoded, once.
std::string decode_references(std::string_view text, ReferencePlace place);

}  // namespace loccit
