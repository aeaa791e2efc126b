#include "ci/rules.h"

#include <array>

#include "ci/severity.h"

namespace loccit {
namespace {

constexpr std::array rules = {
    Rule{"LC1001", "MeaningChanged", "error", "The source now says something else.",
         "A negation, a number, a date, a name, a quantifier or a modal verb differs between the "
         "quote and the source. "
         "Compare both, then correct the quote, or cite the archived snapshot of the text that was "
         "quoted."},
    Rule{"LC1002", "WordingChanged", "warning", "The source has other words than the quote.",
         "The quoted statement stands at the source, but some of its words differ. Correct the "
         "quote, or cite the archived "
         "snapshot of the text that was quoted."},
    Rule{"LC1003", "PartlyMissing", "error",
         "Some of the quoted sentences do not stand at the source.",
         "Shorten the quote to what the source says, mark what was left out, or cite a source that "
         "holds all of it."},
    Rule{"LC1004", "NotAtTheSource", "error",
         "The source answers, but does not hold the quoted words.",
         "The page may have been rewritten, or the citation names the wrong page. Find where the "
         "words stand, or cite an "
         "archived snapshot that holds them."},
    Rule{"LC1005", "SourceChanged", "warning", "The source changed where it is cited.",
         "The citation quotes nothing, but the text of its source is not what it was. See whether "
         "it still supports what it is "
         "cited for."},
    Rule{"LC2001", "SourceGone", "error", "No link of the citation answers with content.",
         "Cite an archived snapshot, or the address to which the source moved."},
    Rule{"LC3001", "NotVerifiable", "note",
         "Nothing could be fetched to verify the citation against.",
         "The source is not public, refuses robots, or is quoted in translation. A person has to "
         "look."},
};

}  // namespace

std::span<const Rule> all_rules() { return rules; }

std::size_t rule_of(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::rotten:
      return 5;
    case VerdictKind::unverifiable:
      return 6;
    case VerdictKind::intact:
    case VerdictKind::drifted:
      break;
  }
  switch (verdict.quote.state) {
    case QuoteState::partial:
      return 2;
    case QuoteState::absent:
      return 3;
    case QuoteState::altered:
      return changes_meaning(verdict) ? 0 : 1;
    default:
      return changes_meaning(verdict) ? 0 : 4;
  }
}

}  // namespace loccit
