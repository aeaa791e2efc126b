// Any bytes under any label: valid UTF-8 comes out, and the offsets agree with each other.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "tests/fuzz/demand.h"

namespace {

using loccit::fuzzing::demand;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view label = input.substr(0, line);
  const std::string_view bytes = input.substr(line + 1);
  const loccit::DecodedText decoded = loccit::decode_text(bytes, label, "shift_jis");
  demand(loccit::is_valid_utf8(decoded.text));
  demand(decoded.text.find('\0') == std::string::npos);
  demand(!decoded.charset.empty());
  const std::string repaired = loccit::repair_utf8(bytes);
  demand(loccit::is_valid_utf8(repaired));
  demand(loccit::is_valid_utf8(bytes) == (repaired == bytes));
  const std::size_t count = loccit::count_code_points(decoded.text);
  demand(loccit::byte_offset(decoded.text, count) == decoded.text.size());
  demand(loccit::count_code_points(
             decoded.text.substr(0, loccit::byte_offset(decoded.text, count / 2))) == count / 2);
  loccit::detect_language(bytes);
  return 0;
}
