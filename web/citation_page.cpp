#include <charconv>

#include "base/url.h"
#include "ci/escape.h"
#include "ci/marked_html.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/rows.h"

namespace loccit {
namespace {

std::string fact(const char* term, const std::string& html) {
  return std::string("<dt>") + term + "</dt><dd>" + html + "</dd>";
}

std::string sides(const std::string& quote, const Verdict& verdict) {
  const SideBySide both = side_by_side(quote, verdict.quote);
  std::string html =
      "<h2>Quote and source</h2>\n<div class=\"sides\">\n<div><h3>Quoted</h3><blockquote>" +
      marked_html(both.quoted, "del", "quoted") +
      "</blockquote></div>\n<div><h3>At the source</h3>";
  if (both.found.empty())
    html += "<p class=\"soft\">" + std::string(name(verdict.quote.state)) + "</p>";
  for (std::size_t i = 0; i < both.found.size(); ++i) {
    html += "<blockquote>" + marked_html(both.found[i], "ins", "found") + "</blockquote>";
    const std::string& fragment = verdict.quote.passages[i].fragment_url;
    if (is_web_url(fragment)) {
      html += "<p><a rel=\"noreferrer\" href=\"" + escape_markup(fragment) +
              "\">Open the page at this passage</a></p>";
    }
  }
  return html + "</div>\n</div>\n";
}

// The snapshot's own page, with the passage marked in its text where there is one.
std::string snapshot_link(const LinkFinding& found, const Verdict& verdict) {
  std::string address = snapshot_address(found.snapshot->id);
  if (!verdict.quote.passages.empty()) {
    const Passage& passage = verdict.quote.passages.front();
    address += "?begin=" + std::to_string(passage.source_start) +
               "&end=" + std::to_string(passage.source_end) + "#passage";
  }
  return link(address, "text, headers and page as archived");
}

std::string links_list(const Verdict& verdict) {
  std::string html = "<ul class=\"links\">\n";
  for (const LinkFinding& found : verdict.links) {
    html += "<li>" + outside_link(found.url) + " " + badge(name(found.state), name(found.state)) +
            (found.status != 0 ? " (" + std::to_string(found.status) + ")" : "");
    if (found.error && !found.error->empty()) html += "<p>" + escape_markup(*found.error) + "</p>";
    html += "<dl class=\"facts\">";
    if (found.redirects > 0)
      html += fact("Redirects",
                   std::to_string(found.redirects) + ", to " + outside_link(found.final_url));
    if (found.snapshot) {
      html += fact("Snapshot", snapshot_link(found, verdict));
      if (!found.snapshot->sha256.empty())
        html += fact("SHA-256", "<code>" + escape_markup(found.snapshot->sha256) + "</code>");
    }
    html += "</dl></li>\n";
  }
  return html + "</ul>\n";
}

std::string span_words(const PassageSpan& span) {
  std::string words = "Stood on " + time_element(span.stood_first);
  if (span.not_before)
    words =
        "Not on " + time_element(*span.not_before) + "; stood on " + time_element(span.stood_first);
  if (span.stood_last != span.stood_first)
    words += " and still on " + time_element(span.stood_last);
  if (span.gone_by) words += ", gone on " + time_element(*span.gone_by);
  return words + ".";
}

std::string course(const CitationRow& citation, const std::vector<TimelineEntry>& timeline,
                   std::int64_t shown) {
  std::string html = "<h2>When the words stood</h2>\n<ul>\n";
  const std::vector<PassageSpan> spans = passage_spans(timeline);
  for (const PassageSpan& span : spans) html += "<li>" + span_words(span) + "</li>\n";
  if (spans.empty()) html += "<li>In no check so far.</li>\n";
  html +=
      "</ul>\n<h2>Checks</h2>\n<div class=\"scroll\"><table class=\"rows\">\n<thead><tr><th "
      "scope=\"col\">Checked</th><th scope=\"col\">Verdict</th><th scope=\"col\">Quote</th><th "
      "scope=\"col\">Reason</th></tr></thead>\n<tbody>\n";
  for (auto entry = timeline.rbegin(); entry != timeline.rend(); ++entry) {
    const std::string address =
        citation_address(citation.id) + "?check=" + std::to_string(entry->check_id);
    html += std::string("<tr") + (entry->check_id == shown ? " aria-current=\"true\"" : "") +
            "><th scope=\"row\"><a href=\"" + address + "\">" + time_element(entry->at) +
            "</a></th><td>" + badge(entry->verdict, entry->verdict) + "</td><td>" +
            badge(entry->quote_state, entry->quote_state) + "</td><td>" +
            escape_markup(entry->reason) + "</td></tr>\n";
  }
  return html + "</tbody>\n</table></div>\n";
}

}  // namespace

WebResponse citation_page(const WebRequest& request, Library& library, std::int64_t id) {
  return library.ask([&](Registry& registry) {
    const auto citation = registry.citation(id);
    if (!citation) return failure_page(citation.error());
    if (!*citation) return not_found_page("no citation " + std::to_string(id) + " is recorded");
    const CitationRow& row = **citation;
    std::int64_t check = row.last_check;
    if (const auto wanted = parameter(request.query, "check"))
      std::from_chars(wanted->data(), wanted->data() + wanted->size(), check);
    const auto verdict = registry.outcome(id, check);
    if (!verdict) return failure_page(verdict.error());
    const auto timeline = registry.timeline(id);
    if (!timeline) return failure_page(timeline.error());

    std::string html;
    if (*verdict) {
      const Verdict& found = **verdict;
      html += "<p class=\"reason\">" + badge(name(found.kind), name(found.kind)) + " " +
              escape_markup(found.reason) + "</p>\n";
      if (!row.quote.empty()) html += sides(row.quote, found);
      html += "<h2>Sources</h2>\n" + links_list(found);
    } else {
      html += "<p>That check did not look at this citation.</p>\n";
    }
    html += course(row, *timeline, check);
    const std::string under = "<p class=\"soft\">" +
                              link(document_address(row.document), row.document) +
                              ", standing: " + badge(name(row.standing), name(row.standing)) +
                              " since " + time_element(row.since) + "</p>\n";
    return html_page({row.label + (row.title.empty() ? "" : " " + row.title), html, under});
  });
}

}  // namespace loccit
