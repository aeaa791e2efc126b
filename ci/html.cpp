// One page that can be filed as it is: no request leaves it, and without its little script it shows
// everything. Text of hostile pages stands in it escaped, and the content security policy lets
// nothing run but that script, by its digest.
#include <algorithm>
#include <cmath>
#include <span>

#include "base/base64.h"
#include "base/digest.h"
#include "base/embedded_file.h"
#include "base/url.h"
#include "ci/document_parts.h"
#include "ci/escape.h"
#include "ci/html_history.h"
#include "ci/marked_html.h"
#include "ci/severity.h"
#include "ci/side_by_side.h"
#include "ci/subject.h"
#include "ci/writers.h"

namespace loccit {

std::span<const EmbeddedFile> html_assets();  // made from ci/html_assets by cmake/embed.cmake

namespace {

std::string_view asset(std::string_view name) {
  return std::ranges::find(html_assets(), name, &EmbeddedFile::name)->content;
}

std::string link_to(const std::string& url, const std::string& words) {
  if (!is_web_url(url)) return escape_markup(words);
  return "<a rel=\"noreferrer\" href=\"" + escape_markup(url) + "\">" + escape_markup(words) +
         "</a>";
}

const char* words_for(QuoteState state) {
  switch (state) {
    case QuoteState::verbatim:
      return "every word stands at the source";
    case QuoteState::altered:
      return "the source has other words";
    case QuoteState::partial:
      return "only some sentences stand at the source";
    case QuoteState::absent:
      return "the words do not stand at the source";
    case QuoteState::translated:
      return "quoted in translation";
    case QuoteState::unchecked:
      return "nothing to compare with";
  }
  return "";
}

void write_sides(std::ostream& out, const std::string& quote, const QuoteFinding& finding) {
  const SideBySide both = side_by_side(quote, finding);
  out << "<div class=\"sides\">\n<div><h4>Quoted</h4><blockquote>"
      << marked_html(both.quoted, "del", "quoted") << "</blockquote></div>\n"
      << "<div><h4>At the source</h4>";
  if (both.found.empty()) out << "<p class=\"soft\">" << words_for(finding.state) << "</p>";
  for (std::size_t i = 0; i < both.found.size(); ++i) {
    out << "<blockquote>" << marked_html(both.found[i], "ins", "found") << "</blockquote>";
    const std::string& fragment = finding.passages[i].fragment_url;
    if (is_web_url(fragment))
      out << "<p>" << link_to(fragment, "Open the page at this passage") << "</p>";
  }
  if (!both.found.empty() && finding.similarity > 0 && finding.similarity < 1) {
    out << "<p class=\"soft\">" << std::clamp(std::lround(finding.similarity * 100), 1L, 99L)
        << " % of the quoted words stand, in order</p>";
  }
  out << "</div>\n</div>\n";
}

void write_fact(std::ostream& out, const char* term, const std::string& html) {
  out << "<dt>" << term << "</dt><dd>" << html << "</dd>";
}

std::string code(const std::string& text) { return "<code>" + escape_markup(text) + "</code>"; }

// The whole chain where it is known, else where it ended.
std::string redirects(const LinkFinding& link) {
  if (link.chain.empty()) {
    return std::to_string(link.redirects) + ", to " +
           link_to(link.final_url, display_url(link.final_url));
  }
  std::string html;
  for (const std::string& url : link.chain)
    html += (html.empty() ? "" : "<br>→ ") + link_to(url, display_url(url));
  return html;
}

void write_snapshot(std::ostream& out, const SnapshotRecord& snapshot) {
  write_fact(out, "Fetched", time_html(snapshot.fetched_at));
  if (!snapshot.sha256.empty()) {
    write_fact(out, "SHA-256", code(snapshot.sha256));
    write_fact(
        out, "Payload",
        escape_markup(snapshot.media_type) + ", " + std::to_string(snapshot.bytes) + " bytes");
  }
  write_fact(out, "Record", code(snapshot.id));
  write_fact(out, "In the archive",
             code(snapshot.warc) + " at byte " + std::to_string(snapshot.offset));
}

const char* words_for(TextDrift drift) {
  switch (drift) {
    case TextDrift::elsewhere:
      return "the page changed, the passage did not";
    case TextDrift::passage:
      return "the passage changed";
    case TextDrift::none:
      return "nothing changed";
    case TextDrift::unknown:
      break;
  }
  return "";
}

void write_link(std::ostream& out, const LinkFinding& link, const std::string& reason) {
  out << "<li>" << link_to(link.url, display_url(link.url)) << " <span class=\"state\">"
      << name(link.state) << (link.status != 0 ? " (" + std::to_string(link.status) + ")" : "")
      << "</span>";
  if (link.error && !says(reason, *link.error))
    out << "<p>" << escape_markup(*link.error) << "</p>";
  if (!link.note.empty()) out << "<p>" << escape_markup(link.note) << "</p>";
  out << "<dl class=\"facts\">";
  if (link.redirects > 0) write_fact(out, "Redirects", redirects(link));
  if (link.snapshot) write_snapshot(out, *link.snapshot);
  if (const std::string words = words_for(link.drift); !words.empty())
    write_fact(out, "Since the last check", words);
  if (link.alternate) {
    write_fact(out, "Judged on",
               "the site's page in the quote's language, " +
                   link_to(link.alternate->final_url, display_url(link.alternate->final_url)));
    write_snapshot(out, *link.alternate);
  }
  out << "</dl></li>\n";
}

std::string place_of(const Citation& citation, const std::vector<DocumentInfo>& documents) {
  std::string place;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) place += (place.empty() ? "" : " · ") + text;
  };
  if (documents.size() > 1) add(documents.at(citation.part).file);
  for (const std::string& heading : citation.heading) add(heading);
  add(citation.place);
  add(citation.date);
  if (citation.location.page > 0) add("page " + std::to_string(citation.location.page));
  if (citation.location.line > 0) add("line " + std::to_string(citation.location.line));
  return place;
}

void write_citation(std::ostream& out, const Report& report, const ReportContext& context,
                    const std::vector<DocumentInfo>& documents, std::size_t i) {
  const Verdict& verdict = report.verdicts[i];
  const Citation& citation = report.document.citations.at(i);
  const std::string anchor =
      "citation-" + std::to_string(i + 1);  // ids of hand-written manifests may hold anything
  out << "<article class=\"citation " << name(verdict.kind) << "\" id=\"" << anchor
      << "\" data-verdict=\"" << name(verdict.kind) << "\" aria-labelledby=\"" << anchor
      << "-head\">\n<h3 id=\"" << anchor << "-head\"><span class=\"verdict\">" << name(verdict.kind)
      << "</span> " << escape_markup(citation.id) << " " << escape_markup(subject_of(citation))
      << "</h3>\n";
  if (const std::string place = place_of(citation, documents); !place.empty()) {
    out << "<p class=\"where\">" << escape_markup(place) << "</p>\n";
  }
  out << "<p class=\"reason\">" << escape_markup(verdict.reason) << "</p>\n";
  write_excuse(out, context, i);
  if (citation.quote) write_sides(out, *citation.quote, verdict.quote);
  if (!verdict.links.empty()) {
    out << "<ul class=\"links\">\n";
    for (const LinkFinding& link : verdict.links) write_link(out, link, verdict.reason);
    out << "</ul>\n";
  }
  if (i < context.earlier.size()) write_earlier(out, context.earlier[i]);
  out << "</article>\n";
}

struct Count {
  VerdictKind kind;
  std::size_t count;
  const char* meaning;
};

std::vector<Count> counts_of(const Summary& summary) {
  return {{VerdictKind::drifted, summary.drifted, "the words changed or are gone"},
          {VerdictKind::rotten, summary.rotten, "no link answers"},
          {VerdictKind::unverifiable, summary.unverifiable, "nothing to verify against"},
          {VerdictKind::intact, summary.intact, "the words stand"}};
}

void write_head(std::ostream& out, const std::string& title) {
  const std::string script_digest = [] {
    const Sha256 digest = sha256(asset("report.js"));
    return to_base64(
        std::string_view(reinterpret_cast<const char*>(digest.value.data()), digest.value.size()));
  }();
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'unsafe-inline'; script-src 'sha256-"
      << script_digest << "'; base-uri 'none'; form-action 'none'\">\n"
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
         "name=\"color-scheme\" content=\"light dark\">\n"
      << "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" << title
      << " – checked by loccit</title>\n<style>\n"
      << asset("report.css") << "</style>\n</head>\n";
}

void write_summary(std::ostream& out, const Summary& summary) {
  out << "<ul class=\"counts\">\n";
  for (const Count& count : counts_of(summary)) {
    out << "<li class=\"" << name(count.kind) << "\"><b>" << count.count << "</b> "
        << name(count.kind) << "<br><span class=\"soft\">" << count.meaning << "</span></li>\n";
  }
  out << "</ul>\n";
}

// Hidden until the script is there to serve it.
void write_filter(std::ostream& out, const Summary& summary) {
  out << "<div class=\"filter\" role=\"search\" aria-label=\"Citations\" hidden>\n"
      << "<label>Search <input type=\"search\" autocomplete=\"off\"></label>\n<fieldset><legend "
         "class=\"unseen\">Verdicts shown</legend>\n";
  for (const Count& count : counts_of(summary)) {
    out << "<label><input type=\"checkbox\" value=\"" << name(count.kind) << "\" checked> "
        << name(count.kind) << "</label>\n";
  }
  out << "</fieldset>\n<output aria-live=\"polite\"></output>\n</div>\n";
}

void write_row(std::ostream& out, const char* head, const std::string& html) {
  out << "<tr><th scope=\"row\">" << head << "</th><td>" << html << "</td></tr>\n";
}

void write_provenance(std::ostream& out, const Report& report,
                      const std::vector<DocumentInfo>& documents) {
  out << "<section aria-labelledby=\"provenance\">\n<h2 "
         "id=\"provenance\">Provenance</h2>\n<table>\n<tbody>\n";
  for (const DocumentInfo& document : documents) {
    write_row(out, "Document",
              escape_markup(document.file) +
                  (document.title.empty() ? "" : "<br>" + escape_markup(document.title)));
    if (!document.sha256.empty()) write_row(out, "Its SHA-256", code(document.sha256));
  }
  write_row(out, "Checked", time_html(report.started_at) + " to " + time_html(report.finished_at));
  write_row(out, "By", "loccit " + escape_markup(report.tool_version));
  out << "</tbody>\n</table>\n<h2>How to check this page</h2>\n<ol class=\"steps\">\n"
      << "<li><code>sha256sum</code> of the document must give the digest above.</li>\n"
      << "<li>Each snapshot lies in the archive as the WARC record named with it; its payload "
         "digest is the SHA-256 shown. "
         "Any WARC reader can recompute it.</li>\n"
      << "<li><code>loccit verify</code> on the document and the archive reaches every verdict "
         "again without a network.</li>\n"
      << "</ol>\n</section>\n";
}

}  // namespace

void write_html(const Report& report, const ReportContext& context, std::ostream& out) {
  const std::vector<DocumentInfo> documents = documents_of(report.document);
  const Summary summary = summarize(report);
  const std::string title = escape_markup(
      report.document.info.title.empty() ? report.document.info.file : report.document.info.title);
  write_head(out, escape_markup(report.document.info.file));
  out << "<body>\n<a class=\"skip\" href=\"#citations\">Skip to the citations</a>\n<header>\n<h1>"
      << title << "</h1>\n<p class=\"soft\">" << summary.citations
      << (summary.citations == 1 ? " citation" : " citations") << ", checked "
      << time_html(report.finished_at) << "</p>\n";
  write_summary(out, summary);
  out << "</header>\n<main>\n";
  write_filter(out, summary);
  out << "<section aria-labelledby=\"citations\">\n<h2 id=\"citations\" tabindex=\"-1\">Citations, "
         "the worst first</h2>\n";
  if (report.verdicts.empty())
    out << "<p>" << escape_markup(nothing_checked(report, context)) << "</p>\n";
  for (const std::size_t i : worst_first(report, context.comparison))
    write_citation(out, report, context, documents, i);
  out << "</section>\n";
  write_fixed(out, context.comparison);
  write_chart(out, context.checks);
  write_provenance(out, report, documents);
  out << "</main>\n<script>" << asset("report.js") << "</script>\n</body>\n</html>\n";
}

}  // namespace loccit
