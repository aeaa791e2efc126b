// Base64 (RFC 4648 §4), canonical: one spelling for each sequence of bytes, so that an edited
// letter never goes unseen.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace loccit {

std::string to_base64(Bytes bytes);

// nullopt for anything but what to_base64() writes: blanks, missing padding, other alphabets,
// leftover bits that are not zero.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace loccit
