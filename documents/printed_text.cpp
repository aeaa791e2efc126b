#include "documents/printed_text.h"

#include <algorithm>
#include <string_view>

#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr std::size_t no_mark = static_cast<std::size_t>(-1);

// A link that goes on in the next line has an annotation there, too.
void add_links_of_line(PrintedText& printed, const PrintedLine& line, std::size_t begin) {
  for (const LinkedWords& link : line.links) {
    const bool goes_on = !printed.links.empty() && printed.links.back().url == link.url &&
                         printed.links.back().range.end + 1 == begin && link.range.begin == 0;
    if (goes_on)
      printed.links.back().range.end = begin + link.range.end;
    else
      printed.links.push_back({{begin + link.range.begin, begin + link.range.end}, link.url});
  }
}

void add_line(PrintedText& printed, const PrintedLine& line) {
  if (!printed.text.empty()) printed.text += '\n';
  const std::size_t begin = printed.text.size();
  printed.line_begins.push_back(begin);
  for (const TextRange& range : line.raised)
    printed.raised.push_back({begin + range.begin, begin + range.end});
  add_links_of_line(printed, line, begin);
  printed.text += line.text;
}

// The URL as print has it, without the breaks; the blank in "DOI 10.1234/…" is none.
std::string printed_form(std::string_view text, const std::string& url) {
  std::string form = closed_up(text);
  const std::string_view bare = std::string_view(form).substr(form.starts_with("doi:") ? 4 : 0);
  return url.ends_with(bare) || form.find("://") != std::string::npos ? form : collapsed(text);
}

}  // namespace

std::size_t PrintedText::line_at(std::size_t at) const {
  const auto after = std::ranges::upper_bound(line_begins, at);
  return after == line_begins.begin() ? 0
                                      : static_cast<std::size_t>(after - line_begins.begin()) - 1;
}

PrintedText printed_text(const PrintedParagraph& paragraph) {
  PrintedText printed;
  printed.pages = paragraph.pages;
  for (const PrintedLine* line : paragraph.lines) add_line(printed, *line);
  return printed;
}

PrintedText printed_text(const PrintedNote& note) {
  PrintedText printed;
  for (const PrintedLine& line : note.lines) {
    if (!line.text.empty()) add_line(printed, line);
  }
  return printed;
}

std::vector<LinkedRange> linked_ranges(const PrintedText& printed,
                                       const std::vector<FoundUrl>& urls) {
  std::vector<LinkedRange> ranges;
  for (const FoundUrl& url : urls) {
    const std::string_view text =
        std::string_view(printed.text).substr(url.begin, url.end - url.begin);
    ranges.push_back({{url.begin, url.end}, url.url, printed_form(text, url.url)});
  }
  const auto covers = [](const TextRange& a, const TextRange& b) {
    return a.begin < b.end && b.begin < a.end;
  };
  std::size_t u = 0;
  for (const LinkedWords& words : printed.links) {
    while (u < urls.size() && urls[u].end <= words.range.begin) ++u;
    if (u == urls.size() || !covers(words.range, {urls[u].begin, urls[u].end}))
      ranges.push_back({words.range, words.url, std::nullopt});
  }
  std::ranges::stable_sort(ranges, {}, [](const LinkedRange& r) { return r.range.begin; });
  return ranges;
}

SignedText with_signs(const PrintedText& printed, const std::vector<FoundMark>& marks,
                      const std::vector<LinkedRange>& links) {
  struct Edit {
    TextRange range;
    std::string text;
    std::size_t mark = no_mark;
    bool is_end = false;
  };
  std::vector<Edit> edits;
  for (const LinkedRange& link : links) {
    if (link.printed) {
      edits.push_back({link.range, link_begin + *link.printed + link_end});
    } else {
      edits.push_back({{link.range.begin, link.range.begin}, {link_begin}});
      edits.push_back({{link.range.end, link.range.end}, {link_end}, no_mark, true});
    }
  }
  for (std::size_t m = 0; m < marks.size(); ++m)
    edits.push_back({{marks[m].begin, marks[m].end}, {mark_sign}, m});
  std::ranges::stable_sort(edits, [](const Edit& a, const Edit& b) {
    return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.is_end && !b.is_end;
  });
  SignedText result;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    if (edit.range.begin < edit.range.end && edit.range.begin < done) continue;
    if (edit.range.begin > done)
      result.text += std::string_view(printed.text).substr(done, edit.range.begin - done);
    result.text += edit.text;
    done = std::max(done, edit.range.end);
    if (edit.mark != no_mark) result.marks.push_back(edit.mark);
  }
  result.text += std::string_view(printed.text).substr(done);
  return result;
}

}  // namespace loccit
