#include "documents/html_notes.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "documents/html_main_text.h"
#include "documents/html_note_signs.h"
#include "documents/html_survey.h"
#include "documents/note_mark.h"

namespace loccit {
namespace {

constexpr std::uint32_t longest_note = 60000;  // bytes: more is a chapter
constexpr std::size_t longest_way_back = 24;   // "Back to Citation"

class NoteFinder {
 public:
  explicit NoteFinder(HtmlSurvey page) : page_(std::move(page)) {}

  HtmlNotes decide() const;

 private:
  struct Candidate {
    std::size_t anchor = 0;
    ElementNumber note = no_element;
  };
  using AnchorsByTarget = std::unordered_multimap<ElementNumber, std::size_t>;

  ElementNumber target_of(const SurveyedAnchor& anchor) const;
  ElementNumber note_at(ElementNumber target) const;
  bool is_around(ElementNumber outer, ElementNumber inner) const {
    return outer <= inner && inner < page_.elements[outer].end;
  }
  // A link inside `note` that goes back to the call; the number of all anchors where none does.
  std::size_t link_back(const SurveyedAnchor& call, ElementNumber note,
                        const AnchorsByTarget& links) const;
  bool is_call(const SurveyedAnchor& anchor, ElementNumber note, std::size_t back) const;
  std::vector<bool> elements_in_notes(const HtmlNotes& found) const;
  std::vector<Candidate> calls_in_notes(const std::vector<bool>& in_note,
                                        const std::vector<Candidate>& calls) const;
  const Candidate* call_in(ElementNumber target, const std::vector<Candidate>& calls) const;
  bool leads_back(ElementNumber target, ElementNumber from,
                  const std::vector<Candidate>& calls) const;
  ElementNumber widened(ElementNumber note,
                        const std::unordered_map<ElementNumber, std::size_t>& notes_in) const;

  HtmlSurvey page_;
};

ElementNumber NoteFinder::target_of(const SurveyedAnchor& anchor) const {
  const auto found = page_.ids.find(anchor.fragment);
  return found == page_.ids.end() ? no_element : found->second;
}

// The element that is the note where an id stands.
ElementNumber NoteFinder::note_at(ElementNumber target) const {
  auto at = target;
  if (!is_block(page_.elements[at].tag)) {
    const auto block = page_.elements[at].block;
    if (page_.elements[at].before <= 8 &&
        block != no_element) {  // a label's bracket and number may stand before it
      at = block;
    } else if (page_.elements[at].tag == MarkupTag::a || page_.elements[at].size < longest_label) {
      return no_element;
    }
  }
  if ((page_.elements[at].tag == MarkupTag::td || page_.elements[at].tag == MarkupTag::th) &&
      page_.elements[at].parent != no_element)
    at = page_.elements[at].parent;
  const auto& seen = page_.elements[at];
  if (is_block(seen.tag) && !is_note_block(seen.tag)) return no_element;
  return seen.has_heading || seen.size > longest_note ? no_element : at;
}

std::size_t NoteFinder::link_back(const SurveyedAnchor& call, ElementNumber note,
                                  const AnchorsByTarget& links) const {
  constexpr ElementNumber near =
      3;  // elements before and after the call that may bear the id it is known by
  const auto block = page_.elements[call.element].block;
  const auto found_at = [&](ElementNumber element) {
    const auto [begin, end] = links.equal_range(element);
    std::size_t looked_at = 0;
    for (auto link = begin; link != end && looked_at < 64; ++link, ++looked_at) {
      if (is_around(note, page_.anchors[link->second].element)) return link->second;
    }
    return page_.anchors.size();
  };
  for (auto element = page_.elements[call.element].parent; element != no_element;
       element = page_.elements[element].parent) {
    if (const auto found = found_at(element); found != page_.anchors.size()) return found;
    if (element == block) break;
  }
  const auto last = std::min<ElementNumber>(call.element + near,
                                            static_cast<ElementNumber>(page_.elements.size()) - 1);
  for (auto element = call.element - std::min(near, call.element); element <= last; ++element) {
    if (page_.elements[element].block != block) continue;
    if (const auto found = found_at(element); found != page_.anchors.size()) return found;
  }
  return page_.anchors.size();
}

bool NoteFinder::is_call(const SurveyedAnchor& anchor, ElementNumber note, std::size_t back) const {
  if (anchor.says_back || is_around(note, anchor.element) || anchor.text.size() > longest_label)
    return false;
  const bool has_back = back != page_.anchors.size();
  if (has_back) {
    // Two links that point at one another: the note is the one that begins its block, or the later
    // one.
    const auto& other = page_.anchors[back];
    if (other.says_call && !anchor.says_call) return false;
    const bool other_begins = page_.elements[other.element].before <= 2;
    const bool this_begins = page_.elements[anchor.element].before <= 2;
    if (this_begins && !other_begins && !anchor.says_call && !other.says_back &&
        page_.elements[other.element].before + longest_label < page_.elements[note].size) {
      return false;
    }
    if (this_begins && other_begins && other.element < anchor.element) return false;
  }
  const bool in_section = page_.elements[note].in_notes_section;
  if (anchor.says_call) return true;
  if (!looks_like_note_label(anchor.text)) {
    // "Ostrem (1998)", whose entry stands in the list of works cited
    return in_section && (has_back || (speaks_of_a_note(anchor.fragment) && note > anchor.element));
  }
  return has_back || (in_section && !page_.elements[anchor.element].in_notes_section) ||
         ((anchor.is_raised || anchor.is_bracketed) && note > anchor.element) ||
         (speaks_of_a_note(anchor.fragment) && note > anchor.element);
}

// A note of several paragraphs bears its id on the first: then the block around them is the note,
// if it holds no other.
ElementNumber NoteFinder::widened(
    ElementNumber note, const std::unordered_map<ElementNumber, std::size_t>& notes_in) const {
  const auto parent = page_.elements[note].parent;
  if (page_.elements[note].tag != MarkupTag::p || !page_.elements[note].is_first_child ||
      parent == no_element)
    return note;
  const auto& around = page_.elements[parent];
  const bool holds_notes = around.tag == MarkupTag::li || around.tag == MarkupTag::div ||
                           around.tag == MarkupTag::aside || around.tag == MarkupTag::dd;
  const auto count = notes_in.find(parent);
  return holds_notes && around.in_notes_section && !around.has_heading &&
                 around.size <= longest_note && count != notes_in.end() && count->second == 1
             ? parent
             : note;
}

HtmlNotes NoteFinder::decide() const {
  AnchorsByTarget links;
  for (std::size_t index = 0; index < page_.anchors.size(); ++index) {
    if (const auto target = target_of(page_.anchors[index]); target != no_element)
      links.emplace(target, index);
  }
  std::vector<Candidate> calls;
  std::unordered_set<ElementNumber> notes_at;
  for (std::size_t index = 0; index < page_.anchors.size(); ++index) {
    const auto target = target_of(page_.anchors[index]);
    const auto note = target == no_element ? no_element : note_at(target);
    if (note == no_element ||
        !is_call(page_.anchors[index], note, link_back(page_.anchors[index], note, links)))
      continue;
    calls.push_back({index, note});
    notes_at.insert(note);
  }
  std::unordered_map<ElementNumber, std::size_t> notes_in;
  for (const auto note : notes_at) {
    if (page_.elements[note].parent != no_element) ++notes_in[page_.elements[note].parent];
  }

  HtmlNotes found;
  if (page_.main != no_element) {
    found.main = page_.main;
  } else if (page_.articles == 1) {
    found.main = page_.article;
  }
  const auto around =
      links_around_text(page_, found.main ? static_cast<ElementNumber>(*found.main) : no_element);
  found.around.insert(around.begin(), around.end());
  std::unordered_map<ElementNumber, std::string> keys;
  for (const auto note : notes_at) {
    const auto element = widened(note, notes_in);
    const auto& key = keys[note] = std::to_string(element);
    found.notes.emplace(element, key);
    if (page_.elements[element].tag == MarkupTag::dt) {
      for (auto more = page_.elements[element].next;
           more != no_element && page_.elements[more].tag == MarkupTag::dd;
           more = page_.elements[more].next) {
        found.more_of.emplace(more, key);
      }
    }
  }
  auto in_note = elements_in_notes(found);
  const auto inner = calls_in_notes(in_note, calls);
  for (const auto& call : inner) {
    const auto key = keys.try_emplace(call.note, std::to_string(call.note)).first->second;
    found.notes.emplace(call.note, key);
  }
  in_note = elements_in_notes(found);
  const auto add_calls = [&](const std::vector<Candidate>& candidates, bool from_notes) {
    for (const auto& call : candidates) {
      const auto& anchor = page_.anchors[call.anchor];
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
  for (const auto& anchor : page_.anchors) {
    if (!in_note[anchor.element] || found.calls.contains(anchor.element)) continue;
    const auto target = target_of(anchor);
    const bool leads_to_call = target != no_element && anchor.text.size() <= longest_way_back &&
                               call_in(target, calls) != nullptr;
    if (anchor.says_back || leads_to_call || looks_like_note_label(anchor.text) ||
        is_arrow(anchor.text))
      found.unread.insert(anchor.element);
  }
  return found;
}

std::vector<bool> NoteFinder::elements_in_notes(const HtmlNotes& found) const {
  std::vector<bool> in_note(page_.elements.size());
  for (ElementNumber element = 0; element < page_.elements.size(); ++element) {
    in_note[element] =
        found.notes.contains(element) || found.more_of.contains(element) ||
        (page_.elements[element].parent != no_element && in_note[page_.elements[element].parent]);
  }
  return in_note;
}

// The first call in `target`, or none. `calls` are in document order.
const NoteFinder::Candidate* NoteFinder::call_in(ElementNumber target,
                                                 const std::vector<Candidate>& calls) const {
  const auto call = std::ranges::lower_bound(
      calls, target, {}, [&](const Candidate& each) { return page_.anchors[each.anchor].element; });
  const bool inside =
      call != calls.end() && page_.anchors[call->anchor].element < page_.elements[target].end;
  return inside ? &*call : nullptr;
}

// Whether `target` holds a call of the note that `from` stands in.
bool NoteFinder::leads_back(ElementNumber target, ElementNumber from,
                            const std::vector<Candidate>& calls) const {
  const Candidate* call = call_in(target, calls);
  return call != nullptr && is_around(call->note, from);
}

// "Halle 1931, p. 44" and "see [3]" in a note: it cites another one, or an entry of the list of
// works that nothing else calls.
std::vector<NoteFinder::Candidate> NoteFinder::calls_in_notes(
    const std::vector<bool>& in_note, const std::vector<Candidate>& known) const {
  std::vector<Candidate> calls;
  for (std::size_t index = 0; index < page_.anchors.size(); ++index) {
    const auto& anchor = page_.anchors[index];
    const auto target = in_note[anchor.element] ? target_of(anchor) : no_element;
    const auto note = target == no_element || anchor.says_back ? no_element : note_at(target);
    if (note == no_element || is_around(note, anchor.element) || is_arrow(anchor.text) ||
        leads_back(target, anchor.element, known))
      continue;
    const bool is_entry =
        is_note_block(page_.elements[note].tag) && speaks_of_a_note(anchor.fragment);
    if (in_note[note] || is_entry) calls.push_back({index, note});
  }
  return calls;
}

}  // namespace

HtmlNotes find_html_notes(const MarkupSource& source, const IsSamePage& is_same_page,
                          const ReadLimits& limits) {
  return NoteFinder(survey_html(source, is_same_page, limits)).decide();
}

}  // namespace loccit
