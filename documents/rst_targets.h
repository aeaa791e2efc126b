// What a reStructuredText document's explicit markup defines: hyperlink targets, substitutions, and
// the numbers of its footnotes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loccit {

struct RstLine {
  std::string_view text;   // without indentation and trailing blanks
  std::size_t offset = 0;  // of its first sign, in bytes
  int indent = 0;          // a tab goes to the next multiple of 8
  bool is_blank() const { return text.empty(); }
};
std::vector<RstLine> rst_lines(std::string_view text);

// Names are compared without regard to case and to how their blanks are written.
std::string rst_name(std::string_view name);

// ".. [1] text" and its like.
struct RstNoteHead {
  std::string_view label;  // "1", "#", "#name", "*", "CIT2002"
  std::string_view text;   // what follows on the line
};
std::optional<RstNoteHead> rst_note_head(std::string_view line);

class RstTargets {
 public:
  explicit RstTargets(const std::vector<RstLine>& lines);

  std::optional<std::string> url_of(std::string_view name) const;
  std::optional<std::string> substitution(std::string_view name) const;
  std::optional<std::string> next_anonymous();
  // The label that a note or its mark has in print, given as written; each call for "#" or "*"
  // takes the next one. nullopt: no such note.
  std::optional<std::string> printed_label_of_mark(std::string_view written);
  std::string printed_label_of_note(std::string_view written);

 private:
  void read_target(const std::vector<RstLine>& lines, std::size_t i, std::string_view rest);
  void read_embedded(std::string_view text);
  void number_notes(const std::vector<std::string>& labels);

  std::unordered_map<std::string, std::string> urls_;  // or "name_" of another target
  std::unordered_map<std::string, std::string> substitutions_;
  std::unordered_map<std::string, std::string> named_;  // "#name" to its number
  std::unordered_map<std::string, bool> notes_;         // labels as written, lower case
  std::vector<std::string> pending_;                    // internal targets that await a URL
  std::vector<std::string> anonymous_;
  std::vector<std::string> numbers_;  // of the "#" notes, in order
  std::vector<std::string> symbols_;  // of the "*" notes
  std::size_t anonymous_taken_ = 0;
  std::size_t number_marks_ = 0, number_notes_ = 0;
  std::size_t symbol_marks_ = 0, symbol_notes_ = 0;
};

}  // namespace loccit
