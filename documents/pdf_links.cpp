#include "documents/pdf_links.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "documents/code_points.h"

namespace loccit {

void add_link_targets(PagedText& text, std::string_view listing) {
  std::unordered_map<std::size_t, std::vector<PrintedPage*>> columns;
  for (PrintedPage& page : text.pages) columns[page.sheet].push_back(&page);
  std::unordered_set<std::string> seen;
  for (std::string_view rest = listing; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest = end < rest.size() ? rest.substr(end + 1) : std::string_view{};
    std::size_t page = 0;
    const auto number = std::from_chars(line.data(), line.data() + line.size(), page);
    const std::size_t url = line.rfind(' ');
    const auto on_page = columns.find(page);
    if (number.ec != std::errc{} || on_page == columns.end() || url == std::string_view::npos)
      continue;
    const std::string target(line.substr(url + 1));
    if (target.find("://") == std::string::npos ||
        !seen.insert(std::to_string(page) + " " + target).second)
      continue;
    on_page->second.front()->annotations.push_back(target);
  }
}

}  // namespace loccit
