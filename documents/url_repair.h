// URLs as print leaves them: broken over lines, with stray blanks and the sentence's punctuation
// glued on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loccit {

struct FoundUrl {
  std::size_t begin = 0, end = 0;    // the printed form in the text, without glued punctuation
  std::string url;                   // repaired; %-escapes and fragment as printed
  std::vector<std::string> repairs;  // what was mended, a sentence each; empty where nothing was
};

// Every URL in `text`, in order: http(s)://…, www.…, DOIs ("doi:10.…", "https://doi.org/…",
// "10.1234/…"), also in <…>. A "\n" in `text` is a printed line break, over which a URL may go on.
// `annotations` are the link targets that the document itself has hereabouts: where one agrees with
// a broken printed form, it decides how far the URL goes; where it carries the break as "%20", the
// printed form wins.
std::vector<FoundUrl> find_urls(std::string_view text,
                                const std::vector<std::string>& annotations = {});

// A printed form without its line breaks and blanks.
std::string closed_up(std::string_view printed);

// `text` with each printed form replaced by its repaired one and every "\n" undone: what
// Source::note holds.
std::string unwrap_with_urls(std::string_view text, const std::vector<FoundUrl>& urls);

}  // namespace loccit
