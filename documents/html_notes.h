// Which links of a page call notes, and which elements are those notes: told from the whole page
// before it is read.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/bytes.h"
#include "documents/markup_stream.h"

namespace loccit {

// Elements are known by their numbers in the balanced stream.
struct HtmlNotes {
  struct Call {
    std::string key;       // of the note
    std::string label;     // as printed, brackets included
    bool is_word = false;  // "Smith 2001": words of the sentence, not a mark set apart
  };
  std::unordered_map<std::size_t, Call> calls;         // of <a>
  std::unordered_map<std::size_t, std::string> notes;  // element to note's key
  std::unordered_map<std::size_t, std::string>
      more_of;                      // a further element of the same note (<dd> after its <dt>)
  std::optional<std::size_t> main;  // <main>, or the only <article>: the text proper
  std::unordered_set<std::size_t> around;  // <a> of menus and the like: nobody's source
  std::unordered_set<std::size_t> unread;  // links back, from the note to its calls
};

// `is_same_page` says of an href that is no bare fragment whether it points into this very page.
using IsSamePage = std::function<bool(std::string_view href)>;

HtmlNotes find_html_notes(const MarkupSource& source, const IsSamePage& is_same_page,
                          const ReadLimits& limits);

}  // namespace loccit
