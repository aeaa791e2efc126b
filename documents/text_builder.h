// Builds a TextContent from words and boundaries: blanks run together, blocks parted by one line
// break.
#pragma once

#include <cstddef>
#include <string_view>

#include "documents/text_content.h"

namespace loccit {

class TextBuilder {
 public:
  // `content` must outlive the builder.
  TextBuilder(TextContent& content, std::size_t max_output)
      : content_(content), max_output_(max_output) {}

  void words(std::string_view text);         // runs of ASCII blanks are one blank
  void preformatted(std::string_view text);  // blanks and line breaks stand; CR LF is LF
  void end_block();
  void finish();  // call once, at the end

  // The kind of the blocks that begin from here on.
  BlockKind kind() const { return kind_; }
  void set_kind(BlockKind kind) { kind_ = kind; }

  // Where the next word will stand, give or take the blanks before it.
  std::size_t position() const { return content_.text.size(); }
  // From there to here, without blanks at either end.
  TextRange range_from(std::size_t begin) const;

  // A skip whose end is not known yet. Skips may lie in one another; they stay in order of their
  // beginnings.
  std::size_t open_skip(SkipKind kind);
  void close_skip(std::size_t skip, std::size_t max_size);  // dropped where longer
  void drop_skip(std::size_t skip);
  void add_skip(SkipKind kind, TextRange range);

  // What stands from there to here, where it is but digits right after a digit, as superscripts.
  void raise_digits(std::size_t begin);

  std::size_t block_begin() const { return block_begin_; }
  bool in_block() const { return in_block_; }

 private:
  void begin_words(bool blank_before);

  TextContent& content_;
  std::size_t max_output_;
  BlockKind kind_ = BlockKind::paragraph;
  BlockKind block_kind_ = BlockKind::paragraph;
  std::size_t block_begin_ = 0;
  bool in_block_ = false;
  bool blank_pending_ = false;
};

}  // namespace loccit
