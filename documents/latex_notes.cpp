// Footnotes and endnotes, citations by key, and the lists of references that the keys mean.
#include "documents/code_points.h"
#include "documents/latex_reader.h"
#include "documents/note_numbering.h"

namespace loccit {
namespace {

constexpr int series_of_entries = 2;

// natbib writes "[{Halle and Ostrem(1931)Halle, Ostrem}]": the short form comes first.
std::string entry_label(std::string_view option) {
  std::string label;
  for (const char c : option) {
    if (c != '{' && c != '}') label += c;
  }
  const auto close = label.find(')');
  const bool has_year = close != std::string::npos && label.find('(') < close;
  return has_year ? label.substr(0, close + 1) : label;
}

// "paper" of "drafts/paper.tex"
std::string file_stem(const std::string& name) {
  const auto slash = name.rfind('/');
  const auto base = slash == std::string::npos ? name : name.substr(slash + 1);
  return base.substr(0, base.rfind('.'));
}

}  // namespace

void LatexReader::run_note(LatexTokens& tokens, std::string_view name, const LatexCommand& command,
                           const Location& at) {
  Notes& notes = name.starts_with("endnote") ? endnotes_ : footnotes_;
  switch (command.meaning) {
    case LatexMeaning::note:
      note(tokens, notes, at);
      break;
    case LatexMeaning::note_mark:
      note_mark(tokens, notes, at);
      break;
    case LatexMeaning::note_text:
      note_text(tokens, notes, at);
      break;
    case LatexMeaning::note_of_entry:
      note_of_entry(tokens, at);
      break;
    case LatexMeaning::thanks:
      tokens.argument();
      break;
    case LatexMeaning::cite:
    case LatexMeaning::cite_many:
      cite(tokens, command.meaning == LatexMeaning::cite_many, at);
      break;
    case LatexMeaning::entry:
      begin_entry(tokens, at);
      break;
    default:
      break;
  }
}

void LatexReader::note(LatexTokens& tokens, Notes& notes, const Location& at) {
  const auto given = tokens.option();
  const auto body = tokens.argument();
  if (builder_.in_note()) return read(tokens.part(body));  // a note in a note is said along with it
  const auto label =
      given ? std::string(trimmed(*given)) : note_number(++notes.count, notes.format);
  const auto key = "note " + std::to_string(++notes_);
  notes.keys[label] = key;
  builder_.add_call(key, label, at);
  builder_.begin_note(key, label, at, notes.series);
  read(tokens.part(body));
  builder_.end_note();
}

// A mark alone is a mark of the note with its number: one before it, or one that \footnotetext
// gives.
void LatexReader::note_mark(LatexTokens& tokens, Notes& notes, const Location& at) {
  const auto given = tokens.option();
  const auto label =
      given ? std::string(trimmed(*given)) : note_number(++notes.count, notes.format);
  if (!given || !notes.keys.contains(label)) notes.keys[label] = "note " + std::to_string(++notes_);
  builder_.add_call(notes.keys[label], label, at);
}

void LatexReader::note_text(LatexTokens& tokens, Notes& notes, const Location& at) {
  const auto given = tokens.option();
  const auto body = tokens.argument();
  const auto label = given ? std::string(trimmed(*given)) : note_number(notes.count, notes.format);
  const auto [key, is_new] = notes.keys.try_emplace(label, "note " + std::to_string(notes_ + 1));
  notes_ += is_new ? 1 : 0;
  builder_.begin_note(key->second, label, at, notes.series);
  read(tokens.part(body));
  builder_.end_note();
}

// \footcite[before][after]{key}: a note that says no more than the entry does.
void LatexReader::note_of_entry(LatexTokens& tokens, const Location& at) {
  const auto first = tokens.option();
  const auto second = tokens.option();
  const auto keys = tokens.group();
  if (!keys) return;
  const auto after = second ? second : first;
  if (builder_.in_note()) return cite_keys(*keys, at);
  const auto label = note_number(++footnotes_.count, footnotes_.format);
  const auto key = "note " + std::to_string(++notes_);
  builder_.add_call(key, label, at);
  builder_.begin_note(key, label, at);
  cite_keys(*keys, at);
  if (after && !after->empty()) {
    builder_.add_text(", ");
    read(tokens.part(*after));
  }
  builder_.end_note();
}

void LatexReader::cite(LatexTokens& tokens, bool many, const Location& at) {
  if (many) {
    while (tokens.option('(', ')')) {
    }
  }
  for (bool again = true; again; again = many) {
    while (tokens.option()) {
    }
    const auto keys = tokens.group();
    if (!keys) return;
    cite_keys(*keys, at);
  }
}

void LatexReader::cite_keys(std::string_view keys, const Location& at) {
  while (!keys.empty()) {
    const auto comma = keys.find(',');
    const auto key = std::string(trimmed(keys.substr(0, comma)));
    keys = comma == std::string_view::npos ? std::string_view() : keys.substr(comma + 1);
    if (key.empty()) continue;
    if (builder_.in_note()) builder_.add_text("[" + key + "]", at);
    builder_.add_call("entry " + key, key, at);
    cited_.push_back(key);
  }
}

// \bibitem[label]{key} text, up to the next one
void LatexReader::begin_entry(LatexTokens& tokens, const Location& at) {
  ++entries_;
  const auto given = tokens.option();
  const auto key = std::string(trimmed(tokens.argument()));
  const auto label = given ? entry_label(*given) : std::to_string(entries_);
  is_defined_[key] = true;
  builder_.begin_note("entry " + key, label, at, series_of_entries);
}

// \bibliography{a,b}, \addbibresource{a.bib}
void LatexReader::find_databases(LatexTokens& tokens) {
  while (tokens.option()) {
  }
  std::string_view names = tokens.argument();
  while (!names.empty()) {
    const auto comma = names.find(',');
    auto name = std::string(trimmed(names.substr(0, comma)));
    names = comma == std::string_view::npos ? std::string_view() : names.substr(comma + 1);
    if (!name.ends_with(".bib")) name += ".bib";
    const auto text = file(name);
    if (text.empty()) {
      builder_.warn("the reference list " + name + " is not beside the document", last_place_);
    }
    for (auto& entry : read_bibtex(text)) {
      auto key = entry.key;
      database_.try_emplace(std::move(key), std::move(entry));
    }
  }
  wants_database_ = true;
}

void LatexReader::set_counter(LatexTokens& tokens) {
  const auto counter = tokens.argument();
  const auto value = tokens.argument();
  if (counter != "footnote" && counter != "endnote") return;
  int number = 0;
  for (const char c : value.substr(0, 6)) number = c >= '0' && c <= '9' ? number * 10 + c - '0' : 0;
  (counter == "footnote" ? footnotes_ : endnotes_).count = number;
}

// What BibTeX made of the databases comes first: it is what the document prints.
void LatexReader::define_cited_entries() {
  if (wants_database_) {
    const auto list = file(file_stem(hint_.file_name) + ".bbl");
    if (list.find("\\begin{thebibliography}") != std::string::npos) {
      has_ended_ = false;
      read(LatexTokens(keep(list)));
    }
  }
  has_ended_ = false;
  for (std::size_t i = 0; i < cited_.size(); ++i) {
    const auto& key = cited_[i];
    const auto entry = database_.find(key);
    if (entry == database_.end() || std::exchange(is_defined_[key], true)) continue;
    builder_.begin_note("entry " + key, key, {}, series_of_entries);
    read(LatexTokens(keep(printed_entry(entry->second))));
    for (const auto& url : urls_of(entry->second)) {
      builder_.add_text(" ");
      link(url, {});
    }
    builder_.end_note();
  }
}

}  // namespace loccit
