// The state between HTML's tokens: which elements are open, what is hidden, where words may stand.
// See html_text.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "documents/html_open_elements.h"
#include "documents/html_signs.h"
#include "documents/html_text.h"
#include "documents/html_tokenizer.h"
#include "documents/text_builder.h"

namespace loccit {

// A page is read for its text and for what it says of itself; a fragment only for its text.
enum class HtmlPart { page, fragment };

class HtmlReader {
 public:
  HtmlReader(std::string_view utf8, HtmlSyntax syntax, HtmlPart part, const ReadLimits& limits);

  TextContent read();

 private:
  using Place = OpenElements::Place;

  // html_reader.cpp: text
  void take_text(std::string_view text);
  void take_plain(std::string_view text);
  void end_block();
  bool leads_away(TextRange block) const;
  void count_link(TextRange text);
  bool out_of_sight() const { return hidden_ > 0 || invisible_ || unpainted_; }

  // html_reader.cpp: tags
  void start(const HtmlToken& token);
  void start_foreign(const HtmlToken& token, const Element& element);
  void take_raw(const HtmlToken& token, const Element& element);
  void take_script(const HtmlToken& token);
  void take_void(const HtmlToken& token, const Element& element);
  void read_root(const HtmlToken& token);
  void end(const HtmlToken& token);

  // html_structure.cpp: what a tag closes
  bool is_ignored(const Element& element);
  void close_implied(const Element& element);
  void close_list_item(const Element& element);
  void close_table_parts(const Element& element);
  void leave_foreign();
  std::optional<Place> place_to_close(const Element& element, std::uint32_t name_hash) const;
  std::optional<Place> place_of(Tag tag) const;
  void close_to(Place place);
  void take_out(Place place);

  // html_effects.cpp: what an element does while it is open
  void open(const HtmlToken& token, const Element& element, std::uint32_t traits);
  ElementEffects effects_of(const HtmlToken& token, const Element& element, std::uint32_t traits);
  void read_visibility(const HtmlToken& token, ElementEffects& effects);
  void set_kind(BlockKind kind, ElementEffects& effects);
  void enter_language(std::uint32_t traits, const Element& element, ElementEffects& effects);
  void undo(const OpenElement& open);

  // html_regions.cpp: parts beside the text, note marks and links
  void open_region(const HtmlToken& token, const Element& element, ElementEffects& effects);
  void open_link(const HtmlToken& token, ElementEffects& effects);
  void close_region();
  void close_link();
  bool is_page_of_note(std::string_view mark, std::size_t begin) const;

  struct Region {
    std::size_t skip = 0;
    std::size_t max_size = 0;
    enum { furniture, mark, superscript, ruby, spoken } form = furniture;
    std::size_t links_before = 0;
  };

  HtmlTokenizer tokenizer_;
  HtmlSyntax syntax_;
  HtmlPart part_;
  ReadLimits limits_;
  TextContent content_;
  TextBuilder builder_;
  SignReader signs_;
  OpenElements open_;
  std::vector<Region> regions_;

  std::size_t hidden_ = 0;        // open elements that hide
  std::size_t preformatted_ = 0;  // open elements that keep blanks
  std::size_t furniture_ = 0;     // open regions of furniture
  bool invisible_ = false;        // visibility, which an inner element may turn back on
  bool foreign_ = false;          // inside SVG or MathML
  bool unpainted_ = false;        // inside SVG, but in no <text> of it
  bool form_is_open_ =
      false;  // another <form> is ignored (§13.2.4.4), even where the first one's parent has ended
  bool drop_line_break_ = false;     // the one right after <pre>
  std::optional<std::size_t> link_;  // the open <a>'s place in content_.links
  std::size_t cell_begin_ = 0;       // of the last <td> or <th>
  std::size_t linked_bytes_ = 0;     // of the block so far, and where they began
  std::size_t first_link_ = 0;
};

}  // namespace loccit
