// The stack of open elements (WHATWG HTML §13.2.4.2): every question of the reader is answered in
// constant time, so that a million levels cost what a million tags cost.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "documents/html_elements.h"

namespace loccit {

// What the reader must undo when the element ends.
struct ElementEffects {
  bool hides = false;
  bool parts_text = false;
  bool is_preformatted = false;
  bool is_link = false;
  bool is_region = false;  // a skip was opened for it
  bool changes_kind = false;
  bool changes_visibility = false;
  bool changes_foreign = false;
  BlockKind kind_before = BlockKind::paragraph;
  bool makes_invisible = false;  // and what it was changed to
  bool was_invisible = false;
  bool was_foreign = false;
  bool was_unpainted = false;
  bool any() const {
    return hides || parts_text || is_preformatted || is_link || is_region || changes_kind ||
           changes_visibility || changes_foreign;
  }
};

struct OpenElement {
  const Element* element = nullptr;  // nullptr once taken out of the middle
  std::uint32_t name_hash = 0;       // of names that the table does not know
  std::uint32_t same_below = 0;      // these three: place + 1, or 0
  std::uint32_t special_below = 0;
  std::uint32_t scope_below = 0;
  ElementEffects effects;
};

class OpenElements {
 public:
  using Place = std::size_t;

  static std::uint32_t hash(std::string_view name);

  std::size_t size() const { return stack_.size(); }
  const OpenElement& at(Place place) const { return stack_[place]; }
  ElementEffects& effects_at(Place place) { return stack_[place].effects; }
  const OpenElement* top() const { return stack_.empty() ? nullptr : &stack_.back(); }

  void push(const Element& element, std::uint32_t name_hash, const ElementEffects& effects);
  void push_back_again(const OpenElement& open) {
    push(*open.element, open.name_hash, open.effects);
  }
  OpenElement pop();
  OpenElement take_out(Place place);  // which must be the topmost of its name

  std::optional<Place> find(const Element& element, std::uint32_t name_hash) const;  // the topmost
  std::optional<Place> topmost_special() const { return place(special_top_); }
  std::optional<Place> topmost_scope() const { return place(scope_top_); }

 private:
  static constexpr std::size_t unknown_slots = 96;

  static std::optional<Place> place(std::uint32_t number) {
    return number == 0 ? std::nullopt : std::optional<Place>(number - 1);
  }
  static std::size_t slot(const Element& element, std::uint32_t name_hash);

  std::vector<OpenElement> stack_;
  std::array<std::uint32_t, max_elements + unknown_slots> tops_{};
  std::uint32_t special_top_ = 0;
  std::uint32_t scope_top_ = 0;
};

}  // namespace loccit
