#include "documents/printed_links.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "documents/url_repair.h"

namespace loccit {
namespace {

// Asked of one URL after another, in order; the ranges are in order too, and apart.
template <class Range>
class Covered {
 public:
  explicit Covered(const std::vector<Range>& ranges) : ranges_(ranges) {}

  bool holds(const FoundUrl& url) {
    while (next_ < ranges_.size() && ranges_[next_].end <= url.begin) ++next_;
    return next_ < ranges_.size() && ranges_[next_].begin < url.end;
  }

 private:
  const std::vector<Range>& ranges_;
  std::size_t next_ = 0;
};

void link_printed_urls(Part& part) {
  Covered linked(part.links);
  Covered code(part.code);
  std::vector<TextLink> found;
  for (FoundUrl& url : find_urls(part.text)) {
    if (!linked.holds(url) && !code.holds(url))
      found.push_back({url.begin, url.end, std::move(url.url), part.location});
  }
  if (found.empty()) return;
  std::ranges::move(found, std::back_inserter(part.links));
  std::ranges::stable_sort(part.links, {}, &TextLink::begin);
}

}  // namespace

void link_printed_urls(MarkedText& text) {
  for (Part& part : text.parts) {
    if (part.kind != PartKind::verbatim) link_printed_urls(part);
  }
}

}  // namespace loccit
