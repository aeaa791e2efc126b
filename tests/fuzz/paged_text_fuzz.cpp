// Any bytes as a plain-text document: no crash, no time without end, and citations that name
// sources which exist.
#include "documents/document.h"
#include "tests/fuzz/document_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const loccit::Bytes bytes(reinterpret_cast<const char*>(data), size);
  const auto read =
      loccit::read_document(bytes, {.file_name = "a.txt", .media_type = "text/plain"});
  if (read) loccit::fuzzing::demand_sound(*read);
  return 0;
}
