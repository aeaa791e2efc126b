#include <cstddef>
#include <cstdint>

#include "manifests/timestamp_token.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const loccit::Bytes response(reinterpret_cast<const char*>(data), size);
  (void)loccit::read_timestamp(response);
  (void)loccit::verify_timestamp(response, "words", {});
  (void)loccit::check_plain_form(response);
  static const loccit::TimestampRequest request = loccit::make_timestamp_request("words");
  (void)loccit::accept_timestamp(request, "words", response);
  return 0;
}
