// The core of the paged readers, step by step: furniture away, notes out, paragraphs together,
// marks found, words mended.
#include "documents/paged_text.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "documents/code_points.h"
#include "documents/line_shapes.h"
#include "documents/note_marks.h"
#include "documents/page_furniture.h"
#include "documents/page_notes.h"
#include "documents/paragraphs.h"
#include "documents/printed_text.h"
#include "documents/source_kind.h"
#include "documents/url_repair.h"
#include "documents/word_mending.h"

namespace loccit {
namespace {

Location location_in(const PrintedParagraph& paragraph, const PrintedText& printed,
                     std::size_t at) {
  const std::size_t line = std::min(printed.line_at(at), paragraph.lines.size() - 1);
  const std::size_t within = at - std::min(at, printed.line_begins[line]);
  Location location = paragraph.lines[line]->location;
  if (paragraph.lines[line]->type_size == 0) location.offset += within;  // a PDF has no such thing
  for (std::size_t i = 0; i < within && i < paragraph.lines[line]->text.size();) {
    next_code_point(paragraph.lines[line]->text, i);
    ++location.column;
  }
  return location;
}

constexpr std::size_t most_link_warnings = 50;

class Assembler {
 public:
  explicit Assembler(PagedText text) : text_(std::move(text)) {}

  MarkedText assemble() {
    remove_page_furniture(text_);
    notes_ = take_notes(text_);
    paragraphs_ = paragraphs_of(text_);
    count_by_sheets();
    for (const PrintedParagraph& paragraph : paragraphs_)
      printed_.push_back(printed_text(paragraph));
    find_all_urls();
    learn_words();
    marks_ = find_marks(printed_, notes_, vocabulary_);
    result_.title = text_.title;
    result_.warnings = std::move(text_.warnings);
    add_notes();
    for (std::size_t p = 0; p < paragraphs_.size(); ++p) add_part(p);
    warn_of_links_without_words();
    return std::move(result_);
  }

 private:
  // From here on pages are sheets: a note at a page's foot may be called in any of its columns.
  void count_by_sheets() {
    std::vector<std::size_t> sheets;
    for (PrintedPage& page : text_.pages) {
      sheets.push_back(page.sheet);
      annotations_.resize(std::max(annotations_.size(), page.sheet + 1));
      std::ranges::move(page.annotations, std::back_inserter(annotations_[page.sheet]));
    }
    for (PrintedNote& note : notes_) {
      note.page = sheets[note.page];
      note.last_page = sheets[note.last_page];
    }
    for (PrintedParagraph& paragraph : paragraphs_) {
      for (std::size_t& page : paragraph.pages) page = sheets[page];
    }
  }

  void find_all_urls() {
    for (const PrintedNote& note : notes_) {
      printed_notes_.push_back(printed_text(note));
      note_urls_.push_back(
          find_urls(printed_notes_.back().text, annotations_on(note.page, note.last_page)));
    }
    for (std::size_t p = 0; p < paragraphs_.size(); ++p) {
      const std::vector<std::size_t>& pages = paragraphs_[p].pages;
      urls_.push_back(find_urls(printed_[p].text, annotations_on(pages.front(), pages.back())));
    }
  }

  // The pieces of a URL are no words.
  void learn_words() {
    const auto learn = [&](const std::string& text, const std::vector<FoundUrl>& urls) {
      std::size_t done = 0;
      for (const FoundUrl& url : urls) {
        vocabulary_.learn(std::string_view(text).substr(done, url.begin - done));
        done = url.end;
      }
      vocabulary_.learn(std::string_view(text).substr(done));
    };
    for (std::size_t p = 0; p < printed_.size(); ++p) learn(printed_[p].text, urls_[p]);
    for (std::size_t n = 0; n < notes_.size(); ++n) learn(printed_notes_[n].text, note_urls_[n]);
    vocabulary_.settle();
  }

  std::vector<std::string> annotations_on(std::size_t first, std::size_t last) const {
    std::vector<std::string> annotations;
    for (std::size_t p = first; p <= last && p < annotations_.size(); ++p)
      annotations.insert(annotations.end(), annotations_[p].begin(), annotations_[p].end());
    return annotations;
  }

  void add_notes() {
    index_of_note_.assign(notes_.size(), dropped);
    for (std::size_t n = 0; n < notes_.size(); ++n) add_note(n);
  }

  void add_note(std::size_t n) {
    const PrintedNote& printed = notes_[n];
    const PrintedText& raw = printed_notes_[n];
    const std::vector<FoundUrl>& urls = note_urls_[n];
    Note note;
    note.label = printed.label.label;
    note.location = printed.lines.front().location;
    note.links_are_complete = true;
    const std::vector<LinkedRange> links = linked_ranges(raw, urls);
    note.text = unwrap(with_signs(raw, {}, links).text, vocabulary_);
    std::erase_if(note.text, [](char c) { return c == link_begin || c == link_end; });
    note.text = std::string(without_way_back(note.text));
    for (const LinkedRange& link : links) {
      taken_urls_.insert(comparable(link.url));
      if (std::ranges::find(note.links, link.url) == note.links.end())
        note.links.push_back(link.url);
    }
    for (const FoundUrl& url : urls) {
      for (const std::string& repair : url.repairs) note.repairs.push_back(url.url + ": " + repair);
    }
    // "* Circulated in English only.": the publisher's remark on the document, no source of it.
    if (printed.label.form == LabelForm::symbol &&
        source_kind(note.text, !links.empty()) == SourceKind::comment) {
      result_.warnings.push_back({"the remark “" + note.label + " " +
                                      note.text.substr(0, byte_limit(note.text, 60)) +
                                      "” cites nothing and was not taken",
                                  note.location});
      return;
    }
    index_of_note_[n] = result_.notes.size();
    result_.notes.push_back(std::move(note));
  }

  // A link on a picture, or on no words at all.
  void warn_of_links_without_words() {
    std::size_t warned = 0;
    for (std::size_t sheet = 0; sheet < annotations_.size(); ++sheet) {
      for (const std::string& target : annotations_[sheet]) {
        if (taken_urls_.contains(comparable(target)) || ++warned > most_link_warnings) continue;
        const auto page = text_.pages_are_known ? static_cast<int>(sheet) : 0;
        result_.warnings.push_back(
            {"the page links to " + target + " from no words, so it was not taken for a source",
             {page}});
      }
    }
  }

  // The %20 of a line break and the last slash aside.
  static std::string comparable(std::string url) {
    for (std::size_t at = url.find("%20"); at != std::string::npos; at = url.find("%20", at))
      url.erase(at, 3);
    while (url.ends_with('/')) url.pop_back();
    return url;
  }

  static std::size_t byte_limit(const std::string& text, std::size_t most) {
    std::size_t at = 0;
    while (at < text.size() && at < most) next_code_point(text, at);
    return at;
  }

  void add_part(std::size_t p) {
    const PrintedParagraph& paragraph = paragraphs_[p];
    const PrintedText& printed = printed_[p];
    const std::vector<LinkedRange> links = linked_ranges(printed, urls_[p]);
    for (const LinkedRange& link : links) taken_urls_.insert(comparable(link.url));
    Part part;
    part.kind = paragraph.kind;
    part.level = paragraph.level;
    part.group = paragraph.group;
    part.gap_after = paragraph.gap_after;
    part.location = paragraph.lines.front()->location;
    const SignedText with = with_signs(printed, marks_[p], links);
    take_signs(unwrap(with.text, vocabulary_), with.marks, p, links, part);
    if (part.text.empty() && part.calls.empty()) return;
    result_.parts.push_back(std::move(part));
  }

  void take_signs(std::string_view text, const std::vector<std::size_t>& marks, std::size_t p,
                  const std::vector<LinkedRange>& links, Part& part) {
    std::size_t mark = 0, link = 0;
    for (const char c : text) {
      if (c == mark_sign) {
        if (mark < marks.size()) add_calls(p, marks_[p][marks[mark++]], part);
      } else if (c == link_begin) {
        part.links.push_back({part.text.size(), part.text.size(), {}, {}});
      } else if (c == link_end) {
        if (link >= links.size() || part.links.empty()) continue;
        part.links.back().end = part.text.size();
        part.links.back().url = links[link].url;
        part.links.back().location =
            location_in(paragraphs_[p], printed_[p], links[link].range.begin);
        ++link;
      } else if (c == ' ' && part.text.empty()) {
        continue;
      } else {
        part.text += c;
      }
    }
    while (part.text.ends_with(' ')) part.text.pop_back();
    for (NoteCall& call : part.calls) call.at = std::min(call.at, part.text.size());
    for (TextLink& each : part.links) each.end = std::min(each.end, part.text.size());
    // What only a mark stood in.
    std::erase_if(part.links, [](const TextLink& each) { return each.begin >= each.end; });
  }

  void add_calls(std::size_t p, const FoundMark& mark, Part& part) {
    const Location location = location_in(paragraphs_[p], printed_[p], mark.sign);
    if (mark.notes.empty()) {
      const std::string sign(
          std::string_view(printed_[p].text).substr(mark.sign, mark.end - mark.sign));
      result_.warnings.push_back({"“" + sign +
                                      "” looks like a note's mark, but no note follows in "
                                      "sequence; it was left out of the text",
                                  location});
    }
    for (const std::size_t n : mark.notes) {
      if (index_of_note_[n] != dropped)
        part.calls.push_back({part.text.size(), index_of_note_[n], location});
    }
  }

  static constexpr std::size_t dropped = static_cast<std::size_t>(-1);

  PagedText text_;
  std::vector<std::vector<std::string>> annotations_;  // by sheet
  std::unordered_set<std::string> taken_urls_;
  std::vector<PrintedNote> notes_;
  std::vector<PrintedParagraph> paragraphs_;
  std::vector<PrintedText> printed_, printed_notes_;
  std::vector<std::vector<FoundUrl>> urls_, note_urls_;
  std::vector<std::vector<FoundMark>> marks_;
  std::vector<std::size_t> index_of_note_;
  Vocabulary vocabulary_;
  MarkedText result_;
};

}  // namespace

PrintedLine rest_of_line(PrintedLine line, std::size_t at) {
  at = std::min(at, line.text.size());
  line.text.erase(0, at);
  const auto moved = [at](TextRange& range) {
    range.begin -= std::min(at, range.begin);
    range.end -= std::min(at, range.end);
    return range.begin == range.end;
  };
  std::erase_if(line.raised, moved);
  std::erase_if(line.links, [&](LinkedWords& link) { return moved(link.range); });
  return line;
}

MarkedText mark_paged_text(PagedText text) { return Assembler(std::move(text)).assemble(); }

}  // namespace loccit
