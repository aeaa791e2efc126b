#include "documents/notes_heading.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>

namespace loccit {
namespace {

// In lower case, but for letters beyond ASCII.
constexpr std::array<std::string_view, 58> headings = {
    "references", "reference list", "references and notes", "notes and references", "notes",
    "footnotes", "endnotes", "end notes", "bibliography", "works cited", "literature cited",
    "literature", "sources", "citations", "reference", "cited works", "cited sources",
    "normative references", "informative references", "references cited", "note",
    // German
    "einzelnachweise", "literatur", "literaturverzeichnis", "quellen", "quellenverzeichnis",
    "anmerkungen", "fußnoten", "endnoten", "nachweise", "belege", "weblinks und quellen",
    "quellenangaben",
    // French
    "références", "notes et références", "notes de bas de page", "bibliographie",
    "sources et références", "notes de fin",
    // Spanish, Portuguese, Italian
    "referencias", "notas", "notas al pie", "bibliografía", "fuentes", "referências",
    "bibliografia", "note e riferimenti", "riferimenti", "fonti",
    // Dutch, Polish, Russian, Ukrainian, Turkish
    "referenties", "bronnen", "przypisy", "примечания", "источники", "литература", "примітки",
    "джерела", "kaynaklar"};

}  // namespace

bool is_notes_heading(std::string_view heading) {
  std::string bare;
  for (const char c : heading) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (is_blank && (bare.empty() || bare.back() == ' ')) continue;
    bare += is_blank ? ' '
                     : static_cast<char>(c >= 0 ? std::tolower(static_cast<unsigned char>(c)) : c);
  }
  const auto begin = bare.find_first_not_of("0123456789.() []*#-\u00A7");
  if (begin == std::string::npos) return false;
  const auto end = bare.find_last_not_of(" .:[]*#");
  const auto words = std::string_view(bare).substr(begin, end - begin + 1);
  return std::ranges::find(headings, words) != headings.end() ||
         std::ranges::find(headings, bare.substr(0, end + 1)) != headings.end();
}

}  // namespace loccit
