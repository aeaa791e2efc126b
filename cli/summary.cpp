#include "cli/summary.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "ci/severity.h"
#include "ci/side_by_side.h"
#include "cli/opening.h"

namespace loccit {
namespace {

Style style_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::intact:
      return Style::green;
    case VerdictKind::drifted:
      return Style::red;
    case VerdictKind::rotten:
      return Style::red;
    case VerdictKind::unverifiable:
      return Style::yellow;
  }
  return Style::plain;
}

std::string plural(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// Of a long stretch that agrees, what stands next to the words that do not.
std::string shortened(const std::string& text, bool first, bool last) {
  constexpr std::size_t kept = 70;
  const std::size_t length = count_code_points(text);
  if (length <= 2 * kept + 10) return text;
  std::string head = text.substr(0, byte_offset(text, kept));
  head.resize(std::min(head.size(), head.rfind(' ')));  // at a word's end, where there is one
  std::string tail = text.substr(byte_offset(text, length - kept));
  if (const std::size_t blank = tail.find(' '); blank != std::string::npos)
    tail.erase(0, blank + 1);
  if (first == last) return head + " … " + tail;
  if (first) return "… " + tail;
  return head + " …";
}

bool differs(const Piece& piece) { return piece.mark != Mark::same && piece.mark != Mark::context; }

enum class Side { quoted, found };

// Without colour the marks of a word diff: [-quoted-] {+found+}.
std::vector<StyledText> marked(const Pieces& pieces, Side side, bool colour) {
  std::vector<StyledText> texts;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    std::string text = printable(piece.text);
    for (; differs(piece) && i + 1 < pieces.size() && differs(pieces[i + 1]); ++i) {
      text += printable(pieces[i + 1].text);
    }
    const bool first = texts.empty();
    const bool last = i + 1 == pieces.size();
    switch (piece.mark) {
      case Mark::same:
        texts.push_back({shortened(text, first, last), Style::plain});
        break;
      case Mark::context:
        texts.push_back({shortened(text, first, last), Style::dim});
        break;
      case Mark::wording:
      case Mark::meaning:
      case Mark::missing:
        if (!colour) text = side == Side::quoted ? "[-" + text + "-]" : "{+" + text + "+}";
        texts.push_back({text, side == Side::quoted ? Style::red : Style::green});
        break;
    }
  }
  return texts;
}

void print_quote(std::ostream& out, const Page& page, const std::string& quote,
                 const QuoteFinding& finding) {
  const SideBySide both = side_by_side(quote, finding);
  print_wrapped(out, page, {"    quoted  ", Style::dim},
                marked(both.quoted, Side::quoted, page.colour));
  constexpr std::size_t shown = 3;
  for (std::size_t i = 0; i < std::min(both.found.size(), shown); ++i) {
    print_wrapped(out, page, {"    source  ", Style::dim},
                  marked(both.found[i], Side::found, page.colour));
  }
  if (both.found.size() > shown)
    out << "            … and " << both.found.size() - shown << " more passages\n";
}

void print_link(std::ostream& out, const Page& page, const LinkFinding& link,
                const std::string& reason) {
  std::string state = name(link.state);
  if (link.status != 0) state += " (" + std::to_string(link.status) + ")";
  if (link.state == LinkState::moved) state += ", now " + printable(display_url(link.final_url));
  if (link.error && !says(reason, *link.error)) state += ": " + printable(*link.error);
  if (!link.note.empty()) state += " (" + printable(link.note) + ")";
  print_wrapped(out, page, {"    link    ", Style::dim},
                {{printable(display_url(link.url)), Style::blue}, {" " + state, Style::plain}});
}

std::string place_of(const Citation& citation, const Document& document) {
  std::string place;
  const auto add = [&](const std::string& text) { place += (place.empty() ? "" : ", ") + text; };
  if (!document.parts.empty()) add(document.parts.at(citation.part).file);
  if (citation.location.page > 0) add("page " + std::to_string(citation.location.page));
  if (citation.location.line > 0) add("line " + std::to_string(citation.location.line));
  return place;
}

void print_citation(std::ostream& out, const Page& page, const Report& report,
                    const ReportContext& context, std::size_t i) {
  const Verdict& verdict = report.verdicts[i];
  const Citation& citation = report.document.citations.at(i);
  std::vector<StyledText> head{{printable(citation.id), Style::bold}};
  if (!citation.title.empty()) head.push_back({"  " + printable(citation.title), Style::plain});
  if (const std::string place = place_of(citation, report.document); !place.empty()) {
    head.push_back({"  (" + printable(place) + ")", Style::dim});
  }
  out << '\n';
  print_wrapped(out, page, {std::string(name(verdict.kind)) + "  ", style_of(verdict.kind)}, head);
  print_wrapped(out, page, {"    ", Style::plain}, {{printable(verdict.reason), Style::plain}});
  if (const std::string excuse = excuse_of(context, i); !excuse.empty())
    print_wrapped(out, page, {"    ", Style::plain}, {{printable(excuse), Style::green}});
  if (i < context.comparison.outgrown.size() && context.comparison.outgrown[i])
    print_wrapped(out, page, {"    ", Style::plain},
                  {{"was accepted once, but has changed since", Style::yellow}});
  const bool words_matter =
      verdict.kind == VerdictKind::drifted || verdict.quote.state == QuoteState::translated;
  if (citation.quote && words_matter) print_quote(out, page, *citation.quote, verdict.quote);
  for (const LinkFinding& link : verdict.links) print_link(out, page, link, verdict.reason);
}

void print_counts(std::ostream& out, const Page& page, const Summary& summary) {
  std::vector<StyledText> counts{
      {plural(summary.citations, "citation:", "citations:"), Style::bold}};
  const auto add = [&](std::size_t count, VerdictKind kind, bool last) {
    counts.push_back({" " + std::to_string(count) + " " + name(kind) + (last ? "" : ","),
                      count > 0 ? style_of(kind) : Style::plain});
  };
  add(summary.intact, VerdictKind::intact, false);
  add(summary.drifted, VerdictKind::drifted, false);
  add(summary.rotten, VerdictKind::rotten, false);
  add(summary.unverifiable, VerdictKind::unverifiable, true);
  print_wrapped(out, page, {"", Style::plain}, counts);
}

// What --verbose would show.
void print_excused(std::ostream& out, const Report& report, const ReportContext& context) {
  std::size_t accepted = 0, unconfirmed = 0;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    if (accepted_at(context.comparison, i) != nullptr) {
      ++accepted;
    } else if (!excuse_of(context, i).empty()) {
      ++unconfirmed;
    }
  }
  if (accepted > 0) out << accepted << " of them accepted in the baseline\n";
  if (unconfirmed > 0) out << unconfirmed << " of them not confirmed yet\n";
}

// Where there is a baseline, its reader wants to know how to keep it.
void print_next(std::ostream& out, const Report& report, const ReportContext& context) {
  if (context.comparison.accepted.empty() && context.comparison.fixed.empty()) return;
  for (const std::size_t i : worst_first(report, context.comparison)) {
    const bool counts =
        report.verdicts[i].kind != VerdictKind::intact && excuse_of(context, i).empty();
    if (!counts) break;
    out << "next:    correct the document, or `loccit accept "
        << printable(report.verdicts[i].citation_id) << " --reason …`\n";
    break;
  }
  if (!context.comparison.fixed.empty())
    out << "next:    `loccit accept --prune` takes what is fixed out of the baseline\n";
}

}  // namespace

void print_summary(std::ostream& out, const Page& page, const Report& report,
                   const ReportContext& context, const Options& options) {
  for (const std::size_t i : worst_first(report, context.comparison)) {
    const bool counts =
        report.verdicts[i].kind != VerdictKind::intact && excuse_of(context, i).empty();
    if (counts || options.telling == Telling::verbose)
      print_citation(out, page, report, context, i);
  }
  if (report.verdicts.empty()) {
    out << printable(nothing_checked(report, context)) << '\n';
  } else {
    out << '\n';
    print_counts(out, page, summarize(report));
    print_excused(out, report, context);
  }
  for (const Accepted& fixed : context.comparison.fixed) {
    print_wrapped(out, page, {"fixed: ", Style::green},
                  {{printable(fixed.citation + " " + fixed.title), Style::plain},
                   {" (" + printable(fixed.document) + ")", Style::dim}});
  }
  if (!report.verdicts.empty()) out << "archive: " << archive_place(options) << '\n';
  print_next(out, report, context);
}

}  // namespace loccit
