// A page's text made ready for any number of quotes: folded once, in the readings that the tiers of
// matching need.
#pragma once

#include <mutex>
#include <vector>

#include "documents/text_content.h"
#include "verifier/folding.h"

namespace loccit {

// Depends on the content alone and keeps no view of it: whoever asks brings the same content again.
class SourceWords {
 public:
  explicit SourceWords(const TextContent& content);

  const FoldedText& plain() const { return plain_; }          // without note marks
  const FoldedText& whole(const TextContent& content) const;  // with them
  const FoldedText& prose(
      const TextContent& content) const;  // without note marks and without page furniture
  bool has_note_marks() const { return !note_marks_.empty(); }
  bool has_furniture() const { return !furniture_.empty(); }
  // One flag a token of plain(): furniture that a match may step over. Empty where there is none.
  const std::vector<bool>& skippable() const;

 private:
  std::vector<TextRange> note_marks_;
  std::vector<TextRange> furniture_;
  FoldedText plain_;
  // Made when first asked for, by whichever thread asks.
  mutable std::once_flag whole_made_, prose_made_, skippable_made_;
  mutable FoldedText whole_, prose_;
  mutable std::vector<bool> skippable_;
};

}  // namespace loccit
