// A page's text made ready for any number of quotes: folded once, in the readings that the tiers of
// matching need.
#pragma once

#include <initializer_list>
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
  const FoldedText& sidebars(
      const TextContent& content) const;  // with furniture, but without what lies in furniture
  const FoldedText& unnumbered(
      const TextContent& content) const;  // prose() without the numbers of list items
  bool has_note_marks() const { return !note_marks_.empty(); }
  bool note_marks_are_numbers() const { return note_marks_are_numbers_; }
  const std::vector<TextRange>& note_marks() const { return note_marks_; }  // in order, apart
  bool has_furniture() const { return !furniture_.empty(); }
  bool has_inner_furniture() const { return !inner_furniture_.empty(); }
  bool has_list_labels() const { return !list_labels_.empty(); }
  // One flag a token of plain(): furniture that a match may step over. Empty where there is none.
  const std::vector<bool>& skippable() const;

 private:
  std::vector<TextRange> note_marks_;
  std::vector<TextRange> furniture_;
  std::vector<TextRange> inner_furniture_;
  std::vector<TextRange> list_labels_;
  bool note_marks_are_numbers_;
  FoldedText plain_;
  // Made when first asked for, by whichever thread asks.
  struct Lazy {
    std::once_flag made;
    FoldedText text;
  };
  // plain() without these as well
  const FoldedText& without(std::initializer_list<const std::vector<TextRange>*> left_out,
                            Lazy& words, const TextContent& content) const;
  mutable Lazy whole_, prose_, sidebars_, unnumbered_;
  mutable std::once_flag skippable_made_;
  mutable std::vector<bool> skippable_;
};

}  // namespace loccit
