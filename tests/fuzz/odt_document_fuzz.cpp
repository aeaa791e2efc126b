// ODT as a citing document: the XML of its parts, in a ZIP file that is sound.
#include <cstddef>
#include <cstdint>

#include "../support/zip_builder.h"
#include "tests/fuzz/document_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loccit;
  static constexpr const char* names[] = {"content.xml", "styles.xml", "meta.xml"};
  const auto parts = fuzzing::parts_of({reinterpret_cast<const char*>(data), size});
  std::vector<testing::ZipPiece> pieces = {{"mimetype", "application/vnd.oasis.opendocument.text"}};
  for (std::size_t i = 0; i < parts.size() && i < std::size(names); ++i)
    pieces.push_back({names[i], std::string(parts[i])});
  fuzzing::check_document(testing::make_zip(pieces), "letter.odt");
  return 0;
}
