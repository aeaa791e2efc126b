// BibTeX and biblatex databases (.bib): the entries, each as the text that a reference list prints.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loccit {

struct BibEntry {
  std::string key;
  std::string type;                                     // lower case: "article", "online", …
  std::unordered_map<std::string, std::string> fields;  // names in lower case, values in LaTeX
};

// In order. What is no entry (comments, @string, damage) is passed over; @string is applied.
std::vector<BibEntry> read_bibtex(std::string_view text);

// "Author. Title. Journal, 2001.", in LaTeX as the fields are; without its URLs.
std::string printed_entry(const BibEntry& entry);

// url, doi and arXiv's eprint as URLs, in this order.
std::vector<std::string> urls_of(const BibEntry& entry);

}  // namespace loccit
