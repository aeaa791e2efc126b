// What a SigningKey holds; for the files that hand it to OpenSSL.
#pragma once

#include "manifests/openssl_objects_handles.h"
#include "manifests/signature.h"

namespace loccit {

struct SigningKey::State {
  Key key;
};

}  // namespace loccit
