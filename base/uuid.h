// Random record names (RFC 9562 version 4): "urn:uuid:xxxxxxxx-xxxx-4xxx-…".
#pragma once

#include <functional>
#include <string>

#include "base/digest.h"

namespace loccit {

using IdSource =
    std::function<std::string()>;  // passed in, so that tests write the same bytes twice
IdSource random_ids();

// The same name for the same content (version 8: the bits are a digest's).
std::string id_of_content(const Sha256& digest);

}  // namespace loccit
