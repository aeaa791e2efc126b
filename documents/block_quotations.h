// Block quotations and whose they are: a mark within, at the words that introduce them, or at the
// attribution after them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "documents/marked_text.h"

namespace loccit {

class BlockQuotations {
 public:
  // The words of the block quotation that a mark at `at` in this part cites; nullopt where it cites
  // none.
  std::optional<std::string> quote_at(std::size_t part, std::size_t at) const;
  // The words of the block quotation that begins with this part and that only its own `cite`
  // attribute gives a source for.
  std::optional<std::string> cited_by_attribute(std::size_t part) const;

 private:
  friend BlockQuotations block_quotations(const MarkedText& text, bool with_links);
  struct Mark {
    std::size_t at = 0;
    std::string quote;
  };
  std::unordered_map<std::size_t, std::vector<Mark>> marks_;  // by part
  std::unordered_map<std::size_t, std::string> by_attribute_;
};

BlockQuotations block_quotations(const MarkedText& text, bool with_links);

}  // namespace loccit
