// The notes of a MarkedTextBuilder: called before they are read or after, and put in order at the
// end.
#include <algorithm>
#include <utility>

#include "documents/code_points.h"
#include "documents/marked_text_builder.h"
#include "documents/note_label.h"
#include "documents/note_mark.h"

namespace loccit {
namespace {

// Bytes of the note's own label at its text's beginning: "[12] ", "12. ", "12 ", "^ ".
std::size_t label_size(std::string_view text, std::string_view label) {
  std::size_t at = 0;
  const auto take = [&](std::string_view any_of) {
    while (at < text.size() && any_of.find(text[at]) != std::string_view::npos) ++at;
  };
  take("^ ");
  // What is left of a label that was a link back: "[]", "()", ". ".
  const auto without_label = at;
  const bool emptied =
      text.substr(at, 2) == "[]" || text.substr(at, 2) == "()" || text.substr(at, 2) == ". ";
  if (emptied) {
    take("[]().: ");
    return at;
  }
  take("[( ");
  if (label.empty() || !text.substr(at).starts_with(label)) return without_label;
  at += label.size();
  const auto after_label = at;
  take("]).:");
  const bool glued = at == after_label && at < text.size() && text[at] != ' ';
  if (glued && !(number_of(label) && may_be_glued_to(text.substr(at)))) return without_label;
  take(" ");
  return at;
}

}  // namespace

std::size_t MarkedTextBuilder::note_index(std::string_view key) {
  const auto [entry, is_new] = notes_by_key_.try_emplace(std::string(key), notes_.size());
  if (is_new) notes_.emplace_back();
  return entry->second;
}

void MarkedTextBuilder::add_call(std::string_view note_key, std::string_view label,
                                 const Location& location) {
  if (full()) return;
  const auto index = note_index(note_key);
  auto& entry = notes_[index];
  if (entry.note.label.empty()) entry.note.label = bare_note_label(label);
  size_ += sizeof(NoteCall);
  if (in_note()) {
    if (index != note_) notes_[note_].note.cites.push_back(index);
    return;
  }
  open_paragraph(location);
  if (!entry.called) {
    entry.called = true;
    note_order_.push_back(index);
  }
  body_.part.calls.push_back({body_.part.text.size(), index, location});
}

void MarkedTextBuilder::begin_note(std::string_view key, std::string_view label,
                                   const Location& location, int series) {
  if (in_note()) end_note();
  note_ = note_index(key);
  auto& entry = notes_[note_];
  entry.defined = true;
  entry.note.location = location;
  entry.note.series = series;
  if (!label.empty()) entry.note.label = bare_note_label(label);
  note_flow_ = Flow{};
}

void MarkedTextBuilder::end_note() {
  if (!in_note()) return;
  end_part();
  note_ = no_note;
}

bool MarkedTextBuilder::is_called(std::string_view note_key) const {
  const auto found = notes_by_key_.find(std::string(note_key));
  return found != notes_by_key_.end() && notes_[found->second].called;
}

MarkedText MarkedTextBuilder::finish(bool links_are_complete) {
  end_note();
  end_part();
  if (full()) warn("the document's text is larger than the limit; what follows was not read");

  // Notes in the order of their first calls; those that nothing calls come after them, in their own
  // order.
  for (std::size_t index = 0; index < notes_.size(); ++index) {
    if (!notes_[index].called && notes_[index].defined) note_order_.push_back(index);
  }
  std::vector<std::size_t> place(notes_.size(), no_note);
  for (const auto index : note_order_) {
    auto& entry = notes_[index];
    auto& note = entry.note;
    if (note.links.empty()) note.links = std::move(entry.own_site_links);
    note.text.erase(0, label_size(note.text, note.label));
    if (!entry.defined) {
      warn("no note in the document is the one that the mark \"" + note.label + "\" calls");
      continue;
    }
    place[index] = text_.notes.size();
    note.links_are_complete = links_are_complete;
    text_.notes.push_back(std::move(note));
  }
  for (auto& note : text_.notes) {
    for (auto& cited : note.cites) cited = place[cited];
    std::erase(note.cites, no_note);
  }
  for (auto& part : text_.parts) {
    for (auto& call : part.calls) call.note = place[call.note];
    std::erase_if(part.calls, [](const NoteCall& call) { return call.note == no_note; });
  }
  return std::move(text_);
}

}  // namespace loccit
