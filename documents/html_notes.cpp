#include "documents/html_notes.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/url.h"
#include "documents/html_attributes.h"
#include "documents/note_mark.h"
#include "documents/notes_heading.h"

namespace loccit {
namespace {

using Number = std::uint32_t;  // of an element
constexpr Number none = std::numeric_limits<Number>::max();
constexpr std::size_t longest_label = 48;      // bytes of a mark
constexpr std::uint32_t longest_note = 60000;  // bytes: more is a chapter

// One of the page's elements, as far as telling notes needs it. 10 MB of markup may have a million.
struct Seen {
  Number parent = none;
  Number end = none;         // number after its last descendant
  Number block = none;       // the nearest block, itself included
  Number next = none;        // the element that follows in the same parent
  std::uint32_t before = 0;  // bytes of text before it in its block
  std::uint32_t size = 0;    // bytes of text in it
  MarkupTag tag = MarkupTag::other;
  bool is_first_child = false;
  bool in_notes_section = false;
  bool has_heading = false;
};

struct Anchor {
  Number element = none;
  std::string fragment;
  std::string text;
  bool is_raised = false;     // in <sup>
  bool is_bracketed = false;  // "[" stands before it
  bool says_call = false;     // by role, class or name
  bool says_back = false;
};

bool is_note_block(MarkupTag tag) {
  switch (tag) {
    case MarkupTag::li:
    case MarkupTag::p:
    case MarkupTag::div:
    case MarkupTag::aside:
    case MarkupTag::dd:
    case MarkupTag::dt:
    case MarkupTag::tr:
    case MarkupTag::blockquote:
    case MarkupTag::details:
      return true;
    default:
      return false;
  }
}

bool says_notes_section(const MarkupToken& token) {
  for (const auto* name : {"role", "epub:type"}) {
    if (has_word(token.attribute(name), {"doc-endnotes", "doc-bibliography", "doc-footnote",
                                         "doc-endnote", "doc-biblioentry", "footnotes", "endnotes",
                                         "rearnotes", "footnote", "endnote", "rearnote"})) {
      return true;
    }
  }
  if (has_word(token.attribute("class"), {"footnotes",
                                          "footnote",
                                          "endnotes",
                                          "endnote",
                                          "references",
                                          "reflist",
                                          "footnote-list",
                                          "footnotes-list",
                                          "csl-bib-body",
                                          "bibliography",
                                          "ltx_bibliography",
                                          "citation-list",
                                          "notes",
                                          "sdfootnote",
                                          "sdendnote",
                                          "footnote-text",
                                          "msofootnotetext",
                                          "msoendnotetext",
                                          "biblist",
                                          "reference-list",
                                          "mw-references",
                                          "footnote-definition",
                                          "endnote-text",
                                          "footnote_text",
                                          "ref-list"})) {
    return true;
  }
  const auto id = token.attribute("id");
  return equals_folded(id, "footnotes") || equals_folded(id, "endnotes") ||
         equals_folded(id, "references") || equals_folded(id, "notes") ||
         equals_folded(id, "bibliography") ||
         contains_folded(token.attribute("style"), "mso-element:footnote") ||
         contains_folded(token.attribute("style"), "mso-element:endnote");
}

bool says_call(const MarkupToken& token, MarkupTag tag) {
  if (is_block(tag)) return false;
  for (const auto* name : {"role", "epub:type"}) {
    if (has_word(token.attribute(name), {"doc-noteref", "doc-biblioref", "noteref", "biblioref"}))
      return true;
  }
  const auto classes = token.attribute("class");
  if (tag == MarkupTag::sup && has_word(classes, {"reference", "ref", "note"})) return true;
  return has_word(classes, {"footnote-ref", "footnote-reference", "noteref", "note-ref", "fnref",
                            "footnoteref", "footnote_ref", "footref", "sdfootnoteanc",
                            "sdendnoteanc", "endnote-ref", "footnote-link", "footnote-anchor",
                            "fn-ref", "citation-reference", "xref-bibr", "xref-fn", "footnote"}) ||
         token.has("data-footnote-ref") ||
         contains_folded(token.attribute("style"), "mso-footnote-id") ||
         contains_folded(token.attribute("style"), "mso-endnote-id") ||
         starts_folded(token.attribute("name"), "_ftnref") ||
         starts_folded(token.attribute("name"), "_ednref");
}

bool says_back(const MarkupToken& token) {
  return has_word(token.attribute("role"), {"doc-backlink"}) ||
         token.has("data-footnote-backref") ||
         has_word(
             token.attribute("class"),
             {"footnote-back", "footnote-backref", "reversefootnote", "mw-cite-backlink", "backref",
              "fn-backref", "footnote-return", "fn-backlink", "sdfootnotesym", "sdendnotesym"});
}

bool says_raised(const MarkupToken& token) {
  return contains_folded(token.attribute("style"), "vertical-align:super");
}

// "fn3", "_ftn3", "cite_note-3", "ref-smith": ids that speak of notes.
bool speaks_of_a_note(std::string_view fragment) {
  for (const std::string_view word :
       {"fn", "ftn", "note", "edn", "bib", "ref", "cite", "foot", "sdfootnote", "sdendnote"}) {
    if (contains_folded(fragment.substr(0, 16), word)) return true;
  }
  return false;
}

// "↩", "^", "↑": a link back. Marks and arrows, and no letters.
bool is_arrow(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return std::isalnum(c) != 0; }) &&
         text.size() <= 16;
}

class Survey final : public MarkupHandler {
 public:
  Survey(const IsSamePage& is_same_page, const ReadLimits& limits)
      : is_same_page_(is_same_page),
        most_elements_(std::min<std::size_t>(limits.max_output / sizeof(Seen), none - 1)) {}

  void open(const MarkupElement& element, const MarkupToken& token) override;
  void close(const MarkupElement& element) override;
  void text(const MarkupToken& token) override;
  HtmlNotes decide() const;

 private:
  struct Open {
    Number number = none;
    std::uint32_t before = 0;  // of the block around it, when this is a block
    Number last_child = none;
    bool has_anchor = false;
    bool is_call = false;
  };
  struct Candidate {
    std::size_t anchor = 0;
    Number note = none;
  };
  using AnchorsByTarget = std::unordered_multimap<Number, std::size_t>;

  std::string_view fragment_of(std::string_view href) const;
  Number target_of(const Anchor& anchor) const;
  Number note_at(Number target) const;
  bool is_around(Number outer, Number inner) const {
    return outer <= inner && inner < seen_[outer].end;
  }
  // A link inside `note` that goes back to the call, or none of anchors_.
  std::size_t link_back(const Anchor& call, Number note, const AnchorsByTarget& links) const;
  bool is_call(const Anchor& anchor, Number note, std::size_t back) const;
  std::vector<bool> elements_in_notes(const HtmlNotes& found) const;
  std::vector<Candidate> calls_in_notes(const std::vector<bool>& in_note) const;
  Number widened(Number note, const std::unordered_map<Number, std::size_t>& notes_in) const;

  const IsSamePage& is_same_page_;
  std::size_t most_elements_;
  std::vector<Seen> seen_;
  std::vector<Open> open_;
  std::vector<Anchor> anchors_;  // in order
  std::unordered_map<std::string, Number> ids_;
  char last_char_ = 0;
  std::string heading_;
  bool in_heading_ = false;
  int notes_heading_level_ = 0;  // of the "References" under which we are, or 0
  Number main_ = none;
  Number article_ = none;
  std::size_t articles_ = 0;
  std::uint32_t before_ = 0;  // bytes of text in the open block
  std::uint32_t total_ = 0;   // bytes of text in the page
  int raised_ = 0;
  int calls_ = 0;  // open elements that say they hold a note's mark
  int anchors_open_ = 0;
};

std::string_view Survey::fragment_of(std::string_view href) const {
  const auto hash = href.find('#');
  if (hash == std::string_view::npos || hash + 1 == href.size()) return {};
  if (hash != 0 && !is_same_page_(href)) return {};
  return href.substr(hash + 1);
}

void Survey::open(const MarkupElement& element, const MarkupToken& token) {
  if (seen_.size() >= most_elements_) return;
  const auto number = static_cast<Number>(seen_.size());
  Open open{number, before_, none, false, false};
  Seen seen;
  seen.tag = element.tag;
  seen.before = before_;
  seen.size = total_;  // turned into the size when it closes
  seen.has_heading = is_heading(element.tag);
  if (!open_.empty()) {
    auto& parent = open_.back();
    seen.parent = parent.number;
    seen.block = seen_[parent.number].block;
    seen.in_notes_section = seen_[parent.number].in_notes_section;
    seen.is_first_child = parent.last_child == none;
    if (parent.last_child != none) seen_[parent.last_child].next = number;
    parent.last_child = number;
  }
  if (is_block(element.tag)) {
    seen.block = number;
    seen.before = 0;
    before_ = 0;
  }
  if (!token.attributes.empty()) {
    seen.in_notes_section =
        seen.in_notes_section || (element.tag != MarkupTag::a && says_notes_section(token));
    open.is_call = says_call(token, element.tag);
    if (const auto id = token.attribute("id"); !id.empty())
      ids_.try_emplace(std::string(id), number);
    if (element.tag == MarkupTag::a) {
      if (const auto name = token.attribute("name"); !name.empty())
        ids_.try_emplace(std::string(name), number);
      if (const auto fragment = fragment_of(token.attribute("href")); !fragment.empty()) {
        open.has_anchor = true;
        anchors_.push_back({number, percent_decoded(fragment), "",
                            raised_ > 0 || says_raised(token), last_char_ == '[',
                            open.is_call || calls_ > 0, says_back(token)});
      }
    }
  }
  if (is_heading(element.tag)) {
    heading_.clear();
    in_heading_ = true;
    if (heading_level(element.tag) <= notes_heading_level_) notes_heading_level_ = 0;
  }
  seen.in_notes_section = seen.in_notes_section || notes_heading_level_ > 0;
  if (main_ == none &&
      (element.tag == MarkupTag::main || has_word(token.attribute("role"), {"main"})))
    main_ = number;
  if (element.tag == MarkupTag::article && articles_++ == 0) article_ = number;
  seen_.push_back(seen);
  raised_ += element.tag == MarkupTag::sup ? 1 : 0;
  calls_ += open.is_call ? 1 : 0;
  anchors_open_ += open.has_anchor ? 1 : 0;
  // <a href="#fn1"><sup>1</sup></a>
  if (element.tag == MarkupTag::sup && anchors_open_ > 0) anchors_.back().is_raised = true;
  if (open.is_call && anchors_open_ > 0) anchors_.back().says_call = true;
  open_.push_back(open);
}

void Survey::text(const MarkupToken& token) {
  const auto words =
      token.text.find_first_not_of(" \t\r\n\f") == std::string_view::npos ? 0U : token.text.size();
  before_ += static_cast<std::uint32_t>(words);
  total_ += static_cast<std::uint32_t>(words);
  if (anchors_open_ > 0 && anchors_.back().text.size() <= longest_label) {
    anchors_.back().text.append(token.text.substr(0, longest_label + 1));
  }
  if (words != 0) last_char_ = token.text[token.text.find_last_not_of(" \t\r\n\f")];
  if (in_heading_ && heading_.size() < 80) heading_.append(token.text);
}

void Survey::close(const MarkupElement& element) {
  if (open_.empty() || element.number != open_.back().number) return;  // beyond most_elements_
  const auto open = open_.back();
  open_.pop_back();
  auto& seen = seen_[open.number];
  seen.end = static_cast<Number>(seen_.size());
  seen.size = total_ - seen.size;
  if (seen.has_heading && seen.parent != none) seen_[seen.parent].has_heading = true;
  if (is_block(element.tag)) before_ = open.before + seen.size;
  if (is_heading(element.tag)) {
    in_heading_ = false;
    if (is_notes_heading(heading_)) notes_heading_level_ = heading_level(element.tag);
  }
  raised_ -= element.tag == MarkupTag::sup ? 1 : 0;
  calls_ -= open.is_call ? 1 : 0;
  anchors_open_ -= open.has_anchor ? 1 : 0;
}

Number Survey::target_of(const Anchor& anchor) const {
  const auto found = ids_.find(anchor.fragment);
  return found == ids_.end() ? none : found->second;
}

// The element that is the note where an id stands, or none.
Number Survey::note_at(Number target) const {
  auto at = target;
  if (!is_block(seen_[at].tag)) {
    const auto block = seen_[at].block;
    if (seen_[at].before <= 8 &&
        block != none) {  // a label's bracket and number may stand before it
      at = block;
    } else if (seen_[at].tag == MarkupTag::a || seen_[at].size < longest_label) {
      return none;
    }
  }
  if ((seen_[at].tag == MarkupTag::td || seen_[at].tag == MarkupTag::th) &&
      seen_[at].parent != none)
    at = seen_[at].parent;
  const auto& seen = seen_[at];
  if (is_block(seen.tag) && !is_note_block(seen.tag)) return none;
  return seen.has_heading || seen.size > longest_note ? none : at;
}

std::size_t Survey::link_back(const Anchor& call, Number note, const AnchorsByTarget& links) const {
  constexpr Number near =
      3;  // elements before and after the call that may bear the id it is known by
  const auto block = seen_[call.element].block;
  const auto found_at = [&](Number element) {
    const auto [begin, end] = links.equal_range(element);
    std::size_t looked_at = 0;
    for (auto link = begin; link != end && looked_at < 64; ++link, ++looked_at) {
      if (is_around(note, anchors_[link->second].element)) return link->second;
    }
    return anchors_.size();
  };
  for (auto element = seen_[call.element].parent; element != none;
       element = seen_[element].parent) {
    if (const auto found = found_at(element); found != anchors_.size()) return found;
    if (element == block) break;
  }
  const auto last = std::min<Number>(call.element + near, static_cast<Number>(seen_.size()) - 1);
  for (auto element = call.element - std::min(near, call.element); element <= last; ++element) {
    if (seen_[element].block != block) continue;
    if (const auto found = found_at(element); found != anchors_.size()) return found;
  }
  return anchors_.size();
}

bool Survey::is_call(const Anchor& anchor, Number note, std::size_t back) const {
  if (anchor.says_back || is_around(note, anchor.element) || anchor.text.size() > longest_label)
    return false;
  const bool has_back = back != anchors_.size();
  if (has_back) {
    // Two links that point at one another: the note is the one that begins its block, or the later
    // one.
    const auto& other = anchors_[back];
    if (other.says_call && !anchor.says_call) return false;
    const bool other_begins = seen_[other.element].before <= 2;
    const bool this_begins = seen_[anchor.element].before <= 2;
    if (this_begins && !other_begins && !anchor.says_call && !other.says_back &&
        seen_[other.element].before + longest_label < seen_[note].size) {
      return false;
    }
    if (this_begins && other_begins && other.element < anchor.element) return false;
  }
  const bool in_section = seen_[note].in_notes_section;
  if (anchor.says_call) return true;
  if (!looks_like_note_label(anchor.text)) {
    // "Ostrem (1998)", whose entry stands in the list of works cited
    return in_section && (has_back || (speaks_of_a_note(anchor.fragment) && note > anchor.element));
  }
  return has_back || (in_section && !seen_[anchor.element].in_notes_section) ||
         ((anchor.is_raised || anchor.is_bracketed) && note > anchor.element) ||
         (speaks_of_a_note(anchor.fragment) && note > anchor.element);
}

// A note of several paragraphs bears its id on the first: then the block around them is the note,
// if it holds no other.
Number Survey::widened(Number note, const std::unordered_map<Number, std::size_t>& notes_in) const {
  const auto parent = seen_[note].parent;
  if (seen_[note].tag != MarkupTag::p || !seen_[note].is_first_child || parent == none) return note;
  const auto& around = seen_[parent];
  const bool holds_notes = around.tag == MarkupTag::li || around.tag == MarkupTag::div ||
                           around.tag == MarkupTag::aside || around.tag == MarkupTag::dd;
  const auto count = notes_in.find(parent);
  return holds_notes && around.in_notes_section && !around.has_heading &&
                 around.size <= longest_note && count != notes_in.end() && count->second == 1
             ? parent
             : note;
}

HtmlNotes Survey::decide() const {
  AnchorsByTarget links;
  for (std::size_t index = 0; index < anchors_.size(); ++index) {
    if (const auto target = target_of(anchors_[index]); target != none)
      links.emplace(target, index);
  }
  std::vector<Candidate> calls;
  std::unordered_set<Number> notes_at;
  for (std::size_t index = 0; index < anchors_.size(); ++index) {
    const auto target = target_of(anchors_[index]);
    const auto note = target == none ? none : note_at(target);
    if (note == none || !is_call(anchors_[index], note, link_back(anchors_[index], note, links)))
      continue;
    calls.push_back({index, note});
    notes_at.insert(note);
  }
  std::unordered_map<Number, std::size_t> notes_in;
  for (const auto note : notes_at) {
    if (seen_[note].parent != none) ++notes_in[seen_[note].parent];
  }

  HtmlNotes found;
  if (main_ != none) {
    found.main = main_;
  } else if (articles_ == 1) {
    found.main = article_;
  }
  std::unordered_map<Number, std::string> keys;
  for (const auto note : notes_at) {
    const auto element = widened(note, notes_in);
    const auto& key = keys[note] = std::to_string(element);
    found.notes.emplace(element, key);
    if (seen_[element].tag == MarkupTag::dt) {
      for (auto more = seen_[element].next; more != none && seen_[more].tag == MarkupTag::dd;
           more = seen_[more].next) {
        found.more_of.emplace(more, key);
      }
    }
  }
  auto in_note = elements_in_notes(found);
  const auto inner = calls_in_notes(in_note);
  for (const auto& call : inner) {
    const auto key = keys.try_emplace(call.note, std::to_string(call.note)).first->second;
    found.notes.emplace(call.note, key);
  }
  in_note = elements_in_notes(found);
  const auto add_calls = [&](const std::vector<Candidate>& candidates, bool from_notes) {
    for (const auto& call : candidates) {
      const auto& anchor = anchors_[call.anchor];
      if (in_note[anchor.element] != from_notes) continue;
      // In a note "Halle 1931" is what it says, not a mark.
      const bool is_mark =
          anchor.is_raised || (from_notes ? anchor.is_bracketed || anchor.text.starts_with('[')
                                          : looks_like_note_label(anchor.text));
      found.calls.emplace(anchor.element, HtmlNotes::Call{keys[call.note], anchor.text, !is_mark});
    }
  };
  add_calls(calls, false);
  add_calls(inner, true);
  for (const auto& anchor : anchors_) {
    if (in_note[anchor.element] && !found.calls.contains(anchor.element) &&
        (anchor.says_back || looks_like_note_label(anchor.text) || is_arrow(anchor.text))) {
      found.unread.insert(anchor.element);
    }
  }
  return found;
}

std::vector<bool> Survey::elements_in_notes(const HtmlNotes& found) const {
  std::vector<bool> in_note(seen_.size());
  for (Number element = 0; element < seen_.size(); ++element) {
    in_note[element] = found.notes.contains(element) || found.more_of.contains(element) ||
                       (seen_[element].parent != none && in_note[seen_[element].parent]);
  }
  return in_note;
}

// "Halle 1931, p. 44" and "see [3]" in a note: it cites another one, or an entry of the list of
// works that nothing else calls.
std::vector<Survey::Candidate> Survey::calls_in_notes(const std::vector<bool>& in_note) const {
  std::vector<Candidate> calls;
  for (std::size_t index = 0; index < anchors_.size(); ++index) {
    const auto& anchor = anchors_[index];
    const auto target = in_note[anchor.element] ? target_of(anchor) : none;
    const auto note = target == none || anchor.says_back ? none : note_at(target);
    if (note == none || is_around(note, anchor.element) || is_arrow(anchor.text)) continue;
    const bool is_entry = is_note_block(seen_[note].tag) && speaks_of_a_note(anchor.fragment);
    if (in_note[note] || is_entry) calls.push_back({index, note});
  }
  return calls;
}

}  // namespace

HtmlNotes find_html_notes(const MarkupSource& source, const IsSamePage& is_same_page,
                          const ReadLimits& limits) {
  Survey survey(is_same_page, limits);
  read_balanced(source, survey, limits.max_depth);
  return survey.decide();
}

}  // namespace loccit
