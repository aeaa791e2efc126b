// reStructuredText as a citing document.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/document_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  loccit::fuzzing::check_document({reinterpret_cast<const char*>(data), size}, "guide.rst");
  return 0;
}
