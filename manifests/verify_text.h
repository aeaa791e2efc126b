// VERIFY.txt: how to check a bundle with unzip, sha256sum and openssl alone. A test runs its
// commands.
#pragma once

#include <string>

#include "manifests/bundle_signer.h"

namespace loccit {

// Lines that begin with "$ " are commands for sh, to be run one after the other in an empty folder
// that holds bundle.wacz.
std::string verify_text(const SealingIdentity& identity);

}  // namespace loccit
