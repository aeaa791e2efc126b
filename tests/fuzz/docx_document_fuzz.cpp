// DOCX as a citing document: the XML of its parts, in a ZIP file that is sound.
#include <cstddef>
#include <cstdint>

#include "../support/zip_builder.h"
#include "tests/fuzz/document_check.h"

namespace {

constexpr const char* relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="r1" Type="http://x/styles" Target="styles.xml"/>)"
    R"(<Relationship Id="r2" Type="http://x/footnotes" Target="footnotes.xml"/>)"
    R"(<Relationship Id="r3" Type="http://x/endnotes" Target="endnotes.xml"/>)"
    R"(<Relationship Id="r4" Type="http://x/settings" Target="settings.xml"/>)"
    R"(<Relationship Id="r5" Type="http://x/hyperlink" Target="https://link.example/a" TargetMode="External"/>)"
    R"(</Relationships>)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loccit;
  static constexpr const char* names[] = {"word/document.xml", "word/footnotes.xml",
                                          "word/endnotes.xml", "word/styles.xml",
                                          "word/settings.xml", "word/_rels/footnotes.xml.rels"};
  const auto parts = fuzzing::parts_of({reinterpret_cast<const char*>(data), size});
  std::vector<testing::ZipPiece> pieces = {{"word/_rels/document.xml.rels", relations}};
  for (std::size_t i = 0; i < parts.size() && i < std::size(names); ++i)
    pieces.push_back({names[i], std::string(parts[i])});
  fuzzing::check_document(testing::make_zip(pieces), "letter.docx");
  return 0;
}
