#include "documents/bibtex.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/ascii.h"
#include "documents/code_points.h"

namespace loccit {
namespace {

using ascii::lower;

constexpr std::size_t most_entries = 100'000;

class BibReader {
 public:
  explicit BibReader(std::string_view text) : text_(text) {}

  std::vector<BibEntry> read() {
    while (entries_.size() < most_entries) {
      at_ = text_.find('@', at_);
      if (at_ == std::string_view::npos) break;
      ++at_;
      read_entry();
    }
    return std::move(entries_);
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }

  bool take(char sign) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != sign) return false;
    ++at_;
    return true;
  }

  std::string_view name() {
    skip_blanks();
    const auto begin = at_;
    static constexpr std::string_view ends = " \t\r\n{}(),=\"#%'";
    while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // What stands up to `close`, braces inside balanced; damage ends at the next entry.
  std::string_view delimited(char close) {
    const auto begin = at_;
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\') {
        ++at_;
      } else if (depth == 0 && c == close) {
        return text_.substr(begin, at_++ - begin);
      } else if (c == '{') {
        ++depth;
      } else if (c == '}') {
        --depth;
      } else if (c == '@' && at_ > 0 && text_[at_ - 1] == '\n') {
        break;
      }
    }
    at_ = std::min(at_, text_.size());
    return text_.substr(begin, at_ - begin);
  }

  std::string value() {
    std::string out;
    do {
      if (take('{')) {
        out += delimited('}');
      } else if (take('"')) {
        out += delimited('"');
      } else {
        const auto word = lower(name());
        const auto meant = strings_.find(word);
        out += meant == strings_.end() ? word : meant->second;
      }
    } while (take('#'));
    return out;
  }

  void read_entry() {
    BibEntry entry;
    entry.type = lower(name());
    if (entry.type.empty() || entry.type == "comment" || entry.type == "preamble") return;
    if (!take('{') && !take('(')) return;
    if (entry.type == "string") {
      const auto word = lower(name());
      if (take('=')) strings_[word] = value();
      return;
    }
    entry.key = name();
    while (take(',')) {
      const auto field = lower(name());
      if (field.empty() || !take('=')) break;
      entry.fields[field] = value();
    }
    if (!entry.key.empty()) entries_.push_back(std::move(entry));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::unordered_map<std::string, std::string> strings_;
  std::vector<BibEntry> entries_;
};

std::string field(const BibEntry& entry, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = entry.fields.find(name);
    if (found != entry.fields.end() && !trimmed(found->second).empty())
      return std::string(trimmed(found->second));
  }
  return {};
}

// "A and B and C" as "A, B and C"
std::string names(const std::string& list) {
  std::string out;
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find(" and ", at), list.size());
    const bool last = end >= list.size();
    if (!out.empty()) out += last ? " and " : ", ";
    out += list.substr(at, end - at);
    at = last ? list.size() : end + 5;
  }
  return out;
}

void add_sentence(std::string& text, std::string_view sentence) {
  if (sentence.empty()) return;
  if (!text.empty()) text += ' ';
  text += sentence;
  if (!sentence.ends_with('.') && !sentence.ends_with('?') && !sentence.ends_with('!')) text += '.';
}

}  // namespace

std::vector<BibEntry> read_bibtex(std::string_view text) { return BibReader(text).read(); }

std::string printed_entry(const BibEntry& entry) {
  std::string text;
  add_sentence(text, names(field(entry, {"author", "editor", "organization", "institution"})));
  add_sentence(text, field(entry, {"title"}));
  std::string where =
      field(entry, {"journal", "journaltitle", "booktitle", "howpublished", "type"});
  const auto append = [&](const std::string& more) {
    if (!more.empty()) where += (where.empty() ? "" : ", ") + more;
  };
  if (const auto volume = field(entry, {"volume"}); !volume.empty()) append("vol. " + volume);
  append(field(entry, {"publisher", "school"}));
  append(field(entry, {"date", "year"}));
  if (const auto pages = field(entry, {"pages"}); !pages.empty()) append("pp. " + pages);
  add_sentence(text, where);
  add_sentence(text, field(entry, {"note"}));
  return text;
}

std::vector<std::string> urls_of(const BibEntry& entry) {
  std::vector<std::string> urls;
  std::string url = field(entry, {"url"});
  if (url.starts_with("\\url{") && url.ends_with('}')) url = url.substr(5, url.size() - 6);
  if (!url.empty()) urls.push_back(std::move(url));
  if (const auto doi = field(entry, {"doi"}); !doi.empty())
    urls.push_back(doi.starts_with("http") ? doi : "https://doi.org/" + doi);
  const auto archive = lower(field(entry, {"eprinttype", "archiveprefix"}));
  if (const auto eprint = field(entry, {"eprint"}); !eprint.empty() && archive == "arxiv")
    urls.push_back("https://arxiv.org/abs/" + eprint);
  for (std::string& each : urls) {  // "\%", "\_", "\&": escapes that .bib files have in URLs
    std::erase(each, '\\');
  }
  return urls;
}

}  // namespace loccit
