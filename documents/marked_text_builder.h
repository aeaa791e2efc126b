// Makes a MarkedText of what a reader of a marked-up format finds in reading order: HTML, Markdown,
// DOCX, ODT, LaTeX, RST.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "documents/marked_text.h"

namespace loccit {

enum class LinkOrigin { absolute, own_site };  // own_site: a relative reference

// Every begin has its end; ends may be missing (damaged input) and are then made up. Notes are
// known by a key of the reader's choice, so that a marker may stand before or after its note.
// Blanks are collapsed, and characters without width dropped.
class MarkedTextBuilder {
 public:
  explicit MarkedTextBuilder(const ReadLimits& limits = {}) : limits_(limits) {}

  void begin_part(PartKind kind, int level = 0, const Location& location = {});
  void end_part();
  bool in_part() const { return in_note() ? note_flow_.in_part : body_.in_part; }
  bool at_line_start() const;  // no words yet in this part, or a line break or a dash before
  bool in_quotation() const { return !(in_note() ? note_flow_ : body_).quotations.empty(); }

  void add_text(std::string_view utf8,
                const Location& location = {});  // opens a paragraph where no part is open
  void add_line_break();
  // `label` is what the document prints, brackets and blanks included; the note's own label wins.
  // Inside a note: that note cites the other one.
  void add_call(std::string_view note_key, std::string_view label, const Location& location = {});
  // A note that links elsewhere means no page of its own site by the way; one that links only there
  // does.
  void begin_link(std::string url, LinkOrigin origin = LinkOrigin::absolute,
                  const Location& location = {});
  void end_link();
  void begin_quote(std::string cite = {});
  void end_quote();
  void begin_raised();  // superscript
  void end_raised();
  void begin_code();
  void end_code();
  void begin_quotation(std::string cite = {});
  void end_quotation();
  void begin_attribution();  // <cite> or <footer> of a block quotation
  void end_attribution();

  // What is added between these belongs to the note, which may stand amid a part. Notes do not
  // nest: an inner one ends the outer one. `series` as in Note.
  void begin_note(std::string_view key, std::string_view label = {}, const Location& location = {},
                  int series = 0);
  void end_note();
  bool in_note() const { return note_ != no_note; }

  void set_title(std::string_view title);
  // Words of the open part.
  const std::string& words() const { return in_note() ? note_flow_.part.text : body_.part.text; }
  bool is_empty() const { return text_.parts.empty() && body_.part.text.empty(); }
  bool is_called(std::string_view note_key) const;
  bool has_title() const { return !text_.title.empty(); }
  void set_language(std::string language) { text_.language = std::move(language); }
  void warn(std::string message, const Location& location = {});
  bool full() const { return size_ > limits_.max_output; }  // nothing more is taken

  // `links_are_complete` as in Note.
  MarkedText finish(bool links_are_complete);

 private:
  static constexpr std::size_t no_note = static_cast<std::size_t>(-1);
  struct OpenLink {
    std::size_t begin = 0;
    std::string url;
    LinkOrigin origin = LinkOrigin::absolute;
    Location location;
  };
  struct OpenQuote {
    std::size_t begin = 0;
    std::string cite;
  };
  struct OpenQuotation {
    int group = 0;
    std::string cite;
  };
  // What is open. The document's own text waits in one while a note's text, which may stand amid
  // it, fills the other.
  struct Flow {
    Part part;
    bool in_part = false;
    bool pending_blank = false;
    int attribution = 0;
    std::vector<std::size_t> breaks;  // where lines end in the open part's text
    std::vector<OpenLink> links;
    std::vector<OpenQuote> quotes;
    std::vector<std::size_t> raised;
    std::vector<std::size_t> code;
    std::vector<OpenQuotation> quotations;
  };
  struct NoteEntry {
    Note note;
    std::vector<std::string> own_site_links;
    bool defined = false;
    bool called = false;
  };

  Flow& flow() { return in_note() ? note_flow_ : body_; }
  std::size_t note_index(std::string_view key);
  void open_paragraph(const Location& location);
  void settle_blank();
  static bool raise_exponent(Flow& open, std::size_t begin);
  static void end_range(Flow& open, std::vector<std::size_t>& begins,
                        std::vector<TextRange>& ranges);
  void close_spans();
  void hand_on_part();
  void hand_on_to_note();

  ReadLimits limits_;
  MarkedText text_;
  Flow body_;
  Flow note_flow_;
  std::size_t note_ = no_note;
  std::vector<NoteEntry> notes_;
  std::vector<std::size_t> note_order_;  // called ones, in the order of their first calls
  std::unordered_map<std::string, std::size_t> notes_by_key_;
  int quotation_count_ = 0;
  std::size_t size_ = 0;
};

}  // namespace loccit
