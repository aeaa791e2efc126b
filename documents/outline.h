// The shape of a document above its sentences: which parts are headings, titles, place-and-date
// lines, and which paragraphs are a statement's words under them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "documents/marked_text.h"

namespace loccit {

// A statement with its title or its place and date: its paragraphs are the words of whom the note
// cites.
struct Statement {
  std::optional<std::size_t> title;           // part
  std::optional<std::size_t> place_and_date;  // part
  std::string place, date;
  std::size_t begin = 0, end = 0;  // the parts of its body
};

enum class Role { prose, heading, title, place_and_date, statement };

struct PartRole {
  Role role = Role::prose;
  std::optional<std::size_t> statement;  // index in Outline::statements
  std::size_t heading_path = 0;          // index in Outline::heading_paths
};

struct Outline {
  std::vector<PartRole> parts;  // one for each part
  std::vector<Statement> statements;
  std::optional<std::size_t> title_of_document;         // part
  std::vector<std::vector<std::string>> heading_paths;  // [0] is empty
};

Outline outline_of(const MarkedText& text);

}  // namespace loccit
