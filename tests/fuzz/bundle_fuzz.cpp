#include <cstddef>
#include <cstdint>

#include "manifests/audit_seal.h"
#include "manifests/bundle_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const loccit::Bytes bytes(reinterpret_cast<const char*>(data), size);
  (void)loccit::read_digest_file(bytes);
  if (const auto bundle = loccit::read_bundle(bytes)) {
    (void)loccit::check_integrity(*bundle);
    (void)loccit::check_seal(*bundle, loccit::TrustAnchors{}, {});
  }
  return 0;
}
