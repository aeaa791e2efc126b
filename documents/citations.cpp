// From marked text to sources and citations. Where a note's words are decides the shape of the
// document: a statement under its title, a block quotation, or quotation marks in prose; everything
// else cites without quoting.
#include <algorithm>
#include <map>
#include <utility>

#include "documents/author_year.h"
#include "documents/block_quotations.h"
#include "documents/code_points.h"
#include "documents/link_wrappers.h"
#include "documents/marked_text.h"
#include "documents/note_references.h"
#include "documents/old_marks.h"
#include "documents/outline.h"
#include "documents/printed_links.h"
#include "documents/prose_quotes.h"
#include "documents/quotations.h"
#include "documents/source_kind.h"
#include "documents/sources.h"
#include "documents/typed_notes.h"

namespace loccit {
namespace {

class CitationMaker {
 public:
  CitationMaker(const MarkedText& text, const DocumentHint& hint, Document& document)
      : text_(text),
        with_links_(!hint.notes_only),
        document_(document),
        outline_(outline_of(text)),
        blocks_(block_quotations(text, with_links_)) {}

  void make() {
    if (document_.info.title.empty() && outline_.title_of_document) {
      document_.info.title = part(*outline_.title_of_document).text;
    }
    for (std::size_t i = 0; i < text_.parts.size(); ++i) {
      const PartRole& role = outline_.parts[i];
      const bool above = role.role == Role::title || role.role == Role::place_and_date ||
                         (role.role == Role::heading && role.statement);
      if (above && !text_.parts[i].calls.empty())
        cite_statement_above(i);
      else
        cite_part(i);
    }
    for (std::size_t i = 0; i < document_.citations.size(); ++i)
      document_.citations[i].id = "c" + std::to_string(i + 1);
  }

 private:
  const Part& part(std::size_t i) const { return text_.parts[i]; }

  std::string source_of(const std::size_t note) const { return document_.sources[note].id; }

  Citation citation_at(std::size_t i, const CitedPlace& place) {
    Citation citation;
    const PartRole& role = outline_.parts[i];
    citation.heading = outline_.heading_paths[role.heading_path];
    if (role.statement && *role.statement < outline_.statements.size()) {
      const Statement& statement = outline_.statements[*role.statement];
      if (statement.title) citation.title = part(*statement.title).text;
      citation.place = statement.place;
      citation.date = statement.date;
    }
    if (place.is_link())
      citation.sources.push_back(add_link_source(document_, part(i), part(i).links[place.link]));
    for (const std::size_t note : place.notes) citation.sources.push_back(source_of(note));
    citation.location = place.location;
    return citation;
  }

  // A mark at the title or at place and date: the statement's words are what it cites.
  void cite_statement_above(std::size_t i) {
    const std::size_t index = *outline_.parts[i].statement;
    CitedPlace all{0, 0, {}, 0, part(i).calls.front().location};
    for (const NoteCall& call : part(i).calls) {
      if (std::ranges::find(all.notes, call.note) == all.notes.end())
        all.notes.push_back(call.note);
    }
    Citation citation = citation_at(i, all);
    citation.quote = quote_of_statement(outline_.statements[index]);
    for (const std::size_t note : all.notes) {
      if (declares_translation(citation.title)) document_.sources[note].translated = true;
    }
    document_.citations.push_back(std::move(citation));
  }

  bool has_title_call(const Statement& statement) const {
    const auto called = [&](std::optional<std::size_t> at) {
      return at && !part(*at).calls.empty();
    };
    if (called(statement.title) || called(statement.place_and_date)) return true;
    const std::size_t top = statement.place_and_date.value_or(statement.begin);
    return top > 0 && outline_.parts[top - 1].role == Role::heading &&
           outline_.parts[top - 1].statement && !part(top - 1).calls.empty();
  }

  static bool has_call_at_end(const Part& p) {
    return !p.calls.empty() &&
           trimmed(std::string_view(p.text).substr(std::min(p.calls.back().at, p.text.size())))
                   .size() <= 1;
  }

  // A paragraph with a note of its own at its end is that note's, unless nothing else would be
  // left.
  std::optional<std::string> quote_of_statement(const Statement& statement) const {
    std::vector<std::size_t> all, own;
    for (std::size_t i = statement.begin; i < statement.end; ++i) {
      if (part(i).text.empty()) continue;
      all.push_back(i);
      if (!has_call_at_end(part(i))) own.push_back(i);
    }
    return joined(own.empty() ? all : own);
  }

  std::optional<std::string> joined(const std::vector<std::size_t>& parts) const {
    std::string quote;
    for (const std::size_t i : parts) {
      if (part(i).text.empty()) continue;
      if (!quote.empty()) quote += "\n\n";
      quote += part(i).text;
    }
    if (quote.empty()) return std::nullopt;
    return quote;
  }

  void cite_part(std::size_t i) {
    const std::vector<CitedPlace> places = cited_places(part(i), with_links_);
    cite_quotation_without_mark(i);
    const auto quotes = quotes_of_places(part(i), places);
    auto inline_quotation = part(i).quotations.begin();
    const auto cite_inline_quotations_up_to = [&](std::size_t at) {
      for (; inline_quotation != part(i).quotations.end() && inline_quotation->begin < at;
           ++inline_quotation) {
        if (with_links_ && !inline_quotation->cite.empty() && !is_taken(*inline_quotation, quotes))
          cite_inline_quotation(i, *inline_quotation);
      }
    };
    for (std::size_t p = 0; p < places.size(); ++p) {
      cite_inline_quotations_up_to(places[p].begin);
      cite_place(i, places[p], quotes[p]);
    }
    cite_inline_quotations_up_to(part(i).text.size());
  }

  static bool is_taken(const InlineQuotation& quotation,
                       const std::vector<std::vector<QuotedWords>>& quotes) {
    return std::ranges::any_of(quotes, [&](const std::vector<QuotedWords>& of_place) {
      return std::ranges::any_of(of_place, [&](const QuotedWords& words) {
        return words.begin <= quotation.begin && quotation.begin < words.end;
      });
    });
  }

  // <q cite="…"> with neither note nor link.
  void cite_inline_quotation(std::size_t i, const InlineQuotation& quotation) {
    Citation citation;
    citation.heading = outline_.heading_paths[outline_.parts[i].heading_path];
    citation.location = part(i).location;
    citation.sources.push_back(add_link_source(
        document_, part(i), {quotation.begin, quotation.end, quotation.cite, part(i).location}));
    add(std::move(citation), part(i).text.substr(quotation.begin, quotation.end - quotation.begin));
  }

  void cite_place(std::size_t i, const CitedPlace& place, const std::vector<QuotedWords>& quotes) {
    if (auto statement = paragraphs_up_to(i, place))
      return add(citation_at(i, place), std::move(statement));
    if (auto block = blocks_.quote_at(i, place.end))
      return add(citation_at(i, place), std::move(block));
    if (quotes.empty()) return add(citation_at(i, place), std::nullopt);
    const Citation citation = citation_at(i, place);
    for (const QuotedWords& words : quotes)
      add(citation,
          paragraphs_before(i, words) + part(i).text.substr(words.begin, words.end - words.begin));
  }

  // Of a quotation over several paragraphs, each of which opens it anew: those before the last.
  std::string paragraphs_before(std::size_t i, const QuotedWords& words) const {
    constexpr std::size_t longest_mark = 4;
    constexpr std::size_t most_paragraphs = 50;
    std::string before;
    std::size_t begin = words.begin;
    for (std::size_t p = i; p > 0 && begin <= longest_mark && i - p < most_paragraphs; --p) {
      const Part& above = part(p - 1);
      if (above.kind != part(i).kind || !above.calls.empty()) break;
      begin = unclosed_quotation(above.text);
      if (begin == std::string::npos) break;
      before = std::string(trimmed(std::string_view(above.text).substr(begin))) + "\n\n" + before;
    }
    return before;
  }

  void add(Citation citation, std::optional<std::string> quote) {
    citation.quote = std::move(quote);
    document_.citations.push_back(std::move(citation));
  }

  // In a statement without a marked title a note at a paragraph's end has the paragraphs since the
  // note before.
  std::optional<std::string> paragraphs_up_to(std::size_t i, const CitedPlace& place) const {
    const PartRole& role = outline_.parts[i];
    if (place.is_link() || role.role != Role::statement || !has_call_at_end(part(i)) ||
        place.end != part(i).calls.back().at)
      return std::nullopt;
    const Statement& statement = outline_.statements[*role.statement];
    std::size_t begin = i;
    if (!has_title_call(statement)) {
      while (begin > statement.begin && !has_call_at_end(part(begin - 1))) --begin;
    }
    std::vector<std::size_t> parts;
    for (std::size_t p = begin; p <= i; ++p) parts.push_back(p);
    return joined(parts);
  }

  // <blockquote cite="…"> with neither note nor link.
  void cite_quotation_without_mark(std::size_t i) {
    if (!with_links_) return;
    const auto cited = blocks_.cited_by_attribute(i);
    if (!cited) return;
    Citation citation;
    citation.heading = outline_.heading_paths[outline_.parts[i].heading_path];
    citation.sources.push_back(add_link_source(
        document_, part(i), {0, part(i).text.size(), part(i).cite, part(i).location}));
    citation.location = part(i).location;
    add(std::move(citation), *cited);
  }

  const MarkedText& text_;
  bool with_links_;
  Document& document_;
  Outline outline_;
  BlockQuotations blocks_;
};

void warn_of_uncalled_notes(const MarkedText& text, Document& document) {
  std::vector<bool> called(text.notes.size(), false);
  for (const Part& part : text.parts) {
    for (const NoteCall& call : part.calls) called[call.note] = true;
  }
  for (const Note& note : text.notes) {
    for (const std::size_t cited : note.cites) called[cited] = true;
  }
  for (std::size_t i = 0; i < called.size(); ++i) {
    if (called[i]) continue;
    document.warnings.push_back(
        {"note " + text.notes[i].label + " has no mark in the text", text.notes[i].location});
  }
}

// Calls of notes that do not exist and ranges outside of the text are the reader's slips; they must
// not become ours.
void drop_what_points_nowhere(MarkedText& text) {
  for (Note& note : text.notes)
    std::erase_if(note.cites, [&](std::size_t cited) { return cited >= text.notes.size(); });
  for (Part& part : text.parts) {
    std::erase_if(part.calls, [&](const NoteCall& call) {
      return call.note >= text.notes.size() || call.at > part.text.size();
    });
    std::erase_if(part.links, [&](const TextLink& link) {
      return link.begin > link.end || link.end > part.text.size();
    });
    std::erase_if(part.quotations, [&](const InlineQuotation& q) {
      return q.begin > q.end || q.end > part.text.size();
    });
  }
}

// What a link leads to: not to the counter of clicks before it; and no URL has a blank in it.
std::string straight(std::string_view link) {
  std::string url = unwrapped_link(link);
  for (std::size_t at = url.find(' '); at != std::string::npos; at = url.find(' ', at))
    url.replace(at, 1, "%20");
  return url;
}

// A relative link of a page that was printed from a disk is one to that disk; "Share" is for
// readers.
bool leads_to_no_source(std::string_view url) {
  return url.starts_with("file:") || shares_the_page(url);
}

void straighten_links(MarkedText& text) {
  for (Note& note : text.notes) {
    for (std::string& link : note.links) link = straight(link);
    std::erase_if(note.links, leads_to_no_source);
  }
  for (Part& part : text.parts) {
    for (TextLink& link : part.links) link.url = straight(link.url);
    std::erase_if(part.links, [](const TextLink& link) { return leads_to_no_source(link.url); });
    for (InlineQuotation& quotation : part.quotations) quotation.cite = straight(quotation.cite);
    part.cite = straight(part.cite);
  }
}

}  // namespace

Document cite(MarkedText text, const DocumentHint& hint) {
  drop_what_points_nowhere(text);
  straighten_links(text);
  link_printed_urls(text);
  link_typed_notes(text);
  for (Part& part : text.parts) erase_old_marks(part);
  link_authors_and_years(text);
  Document document;
  document.info.title = text.title;
  document.sources = sources_of_notes(text.notes);
  document.warnings = std::move(text.warnings);
  CitationMaker(text, hint, document).make();
  warn_of_uncalled_notes(text, document);
  return document;
}

}  // namespace loccit
