// What a page's markup says of a part beside its tag: hidden by style, furniture by class or role,
// a note mark by form.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "documents/html_tokenizer.h"

namespace loccit {

enum class Display { none, inline_, block };

struct InlineStyle {
  std::optional<Display> display;
  std::optional<bool> visible;
  bool floats = false;
  bool strikes_out = false;
};
InlineStyle read_style(std::string_view declarations);

// For listeners: text for screen readers only ("opens in a new window"), kept from everybody else's
// sight by style sheets.
enum class PartSign { none, furniture, note_mark, for_listeners };

// By class, id and role. Remembers the classes that it saw: a page repeats its own.
class SignReader {
 public:
  PartSign sign_of(const HtmlToken& token);

 private:
  struct Seen {
    std::uint64_t hash = 0;
    PartSign sign = PartSign::none;
  };
  std::array<Seen, 256> seen_{};
};

// "[12]", "(3)", "†", "¶": what can only be a mark. "12", "a", "iv": what may be one where the
// place says so.
enum class MarkForm { none, bare, certain };
MarkForm mark_form(std::string_view text);

// May these bare digits, raised or not, after this text be a note's number? Not after a unit or a
// number ("m2", "10²").
bool may_end_before_note(std::string_view text_before, std::string_view digits);

}  // namespace loccit
