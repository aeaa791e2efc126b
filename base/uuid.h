// Random record names (RFC 9562 version 4): "urn:uuid:xxxxxxxx-xxxx-4xxx-…".
#pragma once

#include <functional>
#include <string>

namespace loccit {

using IdSource = std::function<std::string()>;  // passed in, so that tests write the same bytes twice
IdSource random_ids();

}  // namespace loccit
