// Owners of OpenSSL objects: the deleter is in the type, the size is a pointer's.
#pragma once

#include <memory>

#include <openssl/evp.h>

namespace loccit {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
static_assert(sizeof(DigestContext) == sizeof(void*));

}  // namespace loccit
