#include "documents/notes_heading.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "documents/code_points.h"

namespace loccit {
namespace {

// In lower case.
constexpr std::array<std::string_view, 70> headings = {
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
    "джерела", "kaynaklar",
    // Of printed lists
    "links", "list of references", "fussnoten", "sources et notes", "noten", "voetnoten", "сноски",
    "ссылки", "注", "注释", "参考文献", "脚注"};

constexpr std::size_t longest_heading = 80;  // bytes

}  // namespace

bool is_notes_heading(std::string_view heading) {
  if (heading.size() > longest_heading) return false;
  const std::string bare = lower_case(collapsed(heading));
  const auto is_named = [](std::string_view words) {
    return std::ranges::find(headings, words) != headings.end();
  };
  std::string_view words = bare;
  while (!words.empty() && std::string_view(" .:[]*#").find(words.back()) != std::string_view::npos)
    words.remove_suffix(1);
  if (is_named(words)) return true;
  // "IV. Notes"
  const auto stop = words.find(". ");
  if (stop != std::string_view::npos &&
      words.substr(0, stop).find_first_not_of("ivxlc") == std::string_view::npos)
    words.remove_prefix(stop + 2);
  // "8.2 Notes", "§ 8 Notes", "[Notes]"
  const auto begin = words.find_first_not_of("0123456789.() []*#-\u00A7");
  return begin != std::string_view::npos && is_named(words.substr(begin));
}

}  // namespace loccit
