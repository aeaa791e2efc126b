#include "documents/html_open_elements.h"

namespace loccit {
namespace {

constexpr int max_collisions = 32;

}  // namespace

std::uint32_t OpenElements::hash(std::string_view name) {
  std::uint32_t value = 2166136261U;
  for (const char c : name) {
    const auto lower = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    value = (value ^ lower) * 16777619U;
  }
  return value;
}

std::size_t OpenElements::slot(const Element& element, std::uint32_t name_hash) {
  const std::size_t number = element_number(element);
  return number != 0 ? number : max_elements + name_hash % unknown_slots;
}

void OpenElements::push(const Element& element, std::uint32_t name_hash,
                        const ElementEffects& effects) {
  std::uint32_t& same = tops_[slot(element, name_hash)];
  stack_.push_back({&element, name_hash, same, special_top_, scope_top_, effects});
  const auto number = static_cast<std::uint32_t>(stack_.size());
  same = number;
  if (has(element, is_special)) special_top_ = number;
  if (has(element, is_scope)) scope_top_ = number;
}

OpenElement OpenElements::pop() {
  const OpenElement open = stack_.back();
  stack_.pop_back();
  if (open.element != nullptr) tops_[slot(*open.element, open.name_hash)] = open.same_below;
  special_top_ = open.special_below;
  scope_top_ = open.scope_below;
  return open;
}

OpenElement OpenElements::take_out(Place at) {
  OpenElement& open = stack_[at];
  const OpenElement taken = open;
  tops_[slot(*open.element, open.name_hash)] = open.same_below;
  open.element = nullptr;
  open.effects = {};
  return taken;
}

std::optional<OpenElements::Place> OpenElements::find(const Element& element,
                                                      std::uint32_t name_hash) const {
  std::uint32_t number = tops_[slot(element, name_hash)];
  if (element_number(element) != 0) return place(number);
  for (int tries = 0; number != 0 && tries < max_collisions; ++tries) {
    if (stack_[number - 1].name_hash == name_hash) return place(number);
    number = stack_[number - 1].same_below;
  }
  return std::nullopt;
}

}  // namespace loccit
