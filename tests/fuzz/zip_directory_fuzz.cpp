#include <cstddef>
#include <cstdint>

#include "manifests/zip_directory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const loccit::Bytes zip(reinterpret_cast<const char*>(data), size);
  if (const auto directory = loccit::read_zip_directory(zip)) {
    for (const loccit::ZipEntry& entry : directory->entries)
      (void)loccit::zip_entry_content(entry, 1U << 20U);
  }
  return 0;
}
