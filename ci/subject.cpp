#include "ci/subject.h"

#include "base/text.h"

namespace loccit {

std::string subject_of(const Citation& citation) {
  if (!citation.title.empty() || !citation.quote || citation.quote->empty()) return citation.title;
  constexpr std::size_t longest = 60;
  std::string text = *citation.quote;
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  if (count_code_points(text) <= longest) return "“" + text + "”";
  text.resize(byte_offset(text, longest));
  if (const std::size_t blank = text.rfind(' '); blank != std::string::npos) text.resize(blank);
  return "“" + text + " …”";
}

}  // namespace loccit
