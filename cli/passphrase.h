// The passphrase of an encrypted key: from a file, or from a person at the terminal.
#pragma once

#include <string>

#include "manifests/signature.h"

namespace loccit {

// Asked only where the key turns out to be encrypted. `what` is named in the prompt. Empty where
// there is neither a file nor a terminal.
PassphraseSource passphrase_source(const std::string& file, const std::string& what);

}  // namespace loccit
