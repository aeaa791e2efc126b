#include "web/rows.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "base/percent_encoding.h"
#include "base/text.h"
#include "ci/escape.h"
#include "web/page.h"

namespace loccit {
namespace {

using ascii::first_line;

std::string table(const char* caption, std::initializer_list<const char*> heads,
                  const std::string& rows) {
  std::string html = std::string(
                         "<div class=\"scroll\"><table class=\"rows\">\n<caption class="
                         "\"unseen\">") +
                     caption + "</caption>\n<thead><tr>";
  for (const char* head : heads) html += std::string("<th scope=\"col\">") + head + "</th>";
  return html + "</tr></thead>\n<tbody>\n" + rows + "</tbody>\n</table></div>\n";
}

std::string cell(const std::string& html) { return "<td>" + html + "</td>"; }
// A narrow screen shows no row of heads: each says its own.
std::string headed_cell(const char* head, const std::string& html) {
  return std::string("<td data-head=\"") + head + "\">" + html + "</td>";
}
std::string number_cell(const char* head, std::size_t n) {
  return std::string("<td class=\"number\" data-head=\"") + head + "\">" + std::to_string(n) +
         "</td>";
}
std::string row_head(const std::string& html) { return "<th scope=\"row\">" + html + "</th>"; }

std::string summary_cells(const Summary& sum) {
  return number_cell("Intact", sum.intact) + number_cell("Drifted", sum.drifted) +
         number_cell("Rotten", sum.rotten) + number_cell("Unverifiable", sum.unverifiable);
}

std::string first_words(const std::string& text, std::size_t most = 140) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && is_continuation(text[end])) --end;
  return text.substr(0, end) + "…";
}

std::string standing_badge(StandingKind standing) { return badge(name(standing), name(standing)); }

}  // namespace

std::string document_address(const std::string& name) {
  return "/document?name=" + percent_encoded(name);
}

std::string citation_address(std::int64_t id) { return "/citation/" + std::to_string(id); }

std::string snapshot_address(std::string_view record_id) {
  constexpr std::string_view scheme = "urn:uuid:";
  if (record_id.starts_with(scheme)) record_id.remove_prefix(scheme.size());
  return "/snapshot/" + std::string(record_id);
}

std::string documents_table(const std::vector<DocumentRow>& documents) {
  std::string rows;
  for (const DocumentRow& document : documents) {
    const std::string& shown = document.title.empty() ? document.name : document.title;
    rows +=
        "<tr>" +
        row_head(link(document_address(document.name), shown) +
                 (document.title.empty()
                      ? ""
                      : "<br><span class=\"soft\">" + escape_markup(document.name) + "</span>")) +
        summary_cells(document.last) +
        headed_cell("Last check",
                    document.last_check ? time_element(*document.last_check) : "never") +
        number_cell("Checks", static_cast<std::size_t>(document.checks)) +
        headed_cell("Next check", document.interval.count() > 0 ? time_element(document.next_check)
                                                                : "not watched") +
        "</tr>\n";
  }
  return table("Documents",
               {"Document", "Intact", "Drifted", "Rotten", "Unverifiable", "Last check", "Checks",
                "Next check"},
               rows);
}

std::string citations_table(const std::vector<CitationRow>& citations, NameDocument document) {
  std::string rows;
  for (const CitationRow& citation : citations) {
    std::string what =
        link(citation_address(citation.id),
             citation.title.empty() ? citation.label : citation.label + " " + citation.title);
    if (document == NameDocument::yes)
      what += "<br><span class=\"soft\">" +
              link(document_address(citation.document), citation.document) + "</span>";
    if (!citation.present) what += "<br><span class=\"soft\">no longer in the document</span>";
    rows +=
        "<tr>" + row_head(what) +
        cell("<span class=\"quote\">" + escape_markup(first_words(citation.quote)) + "</span>") +
        cell(outside_link(first_line(citation.urls))) +
        cell(badge(citation.verdict, citation.verdict.empty() ? "not checked" : citation.verdict)) +
        cell(standing_badge(citation.standing) + "<br><span class=\"soft\">since " +
             time_element(citation.since) + "</span>") +
        "</tr>\n";
  }
  return table("Citations", {"Citation", "Quote", "Source", "Last verdict", "Standing"}, rows);
}

std::string transitions_table(const std::vector<TransitionRow>& transitions) {
  std::string rows;
  for (const TransitionRow& change : transitions) {
    const bool of_citation = !change.citation.empty();
    const std::string what =
        of_citation ? link(citation_address(change.citation_id),
                           change.citation +
                               (change.citation_title.empty() ? "" : " " + change.citation_title))
                    : outside_link(change.url);
    rows += "<tr>" + cell(time_element(change.at)) + row_head(what) +
            cell(link(document_address(change.document), change.document)) +
            cell(standing_badge(change.from) + " → " + standing_badge(change.to)) +
            cell(escape_markup(change.rule)) + "</tr>\n";
  }
  return table("What changed", {"When", "What", "Document", "From and to", "By which rule"}, rows);
}

std::string checks_table(const std::vector<CheckRow>& checks) {
  std::string rows;
  for (const CheckRow& check : checks) {
    std::string notes;
    const auto note = [&](bool holds, const char* words) {
      if (holds) notes += (notes.empty() ? "" : ", ") + std::string(words);
    };
    note(check.inconclusive, "inconclusive: counted for nobody");
    note(check.partial, "only what was due");
    note(check.late, "late: history only");
    const std::string address = "/check/" + std::to_string(check.id);
    rows += "<tr>" + row_head(time_element(check.finished_at)) + summary_cells(check.summary) +
            cell(check.record.empty() ? ""
                                      : link(address + "/report.html", "report") + " " +
                                            link(address + "/report.json", "JSON")) +
            cell(notes) + "</tr>\n";
  }
  return table("Checks",
               {"Checked", "Intact", "Drifted", "Rotten", "Unverifiable", "Kept", "Remarks"}, rows);
}

std::string standings_list(const std::vector<StandingCount>& standings) {
  std::string html = "<ul class=\"counts\">\n";
  for (const StandingCount& count : standings) {
    html += "<li class=\"" + std::string(name(count.standing)) + "\"><b>" +
            std::to_string(count.citations) + "</b> " + name(count.standing) + "</li>\n";
  }
  return html + "</ul>\n";
}

std::string verdict_chart(const std::vector<DayRow>& days) {
  if (days.size() < 2) return "";  // one day is no course
  constexpr double width = 960, height = 200, top = 10;
  std::size_t most = 1;
  for (const DayRow& day : days) most = std::max(most, day.outcomes.citations);
  const double step = width / static_cast<double>(days.size());
  std::string bars;
  const auto bar = [&](const char* verdict, double x, double& floor, std::size_t count) {
    const double tall = height * static_cast<double>(count) / static_cast<double>(most);
    if (count == 0) return;
    floor -= tall;
    bars += "<rect class=\"" + std::string(verdict) + "\" x=\"" + std::to_string(x) + "\" y=\"" +
            std::to_string(floor) + "\" width=\"" + std::to_string(step * 0.9) + "\" height=\"" +
            std::to_string(tall) + "\"/>";
  };
  for (std::size_t i = 0; i < days.size(); ++i) {
    const double x = step * static_cast<double>(i);
    const Summary& sum = days[i].outcomes;
    double floor = top + height;
    bar("intact", x, floor, sum.intact);
    bar("unverifiable", x, floor, sum.unverifiable);
    bar("rotten", x, floor, sum.rotten);
    bar("drifted", x, floor, sum.drifted);
  }
  const auto day_of = [](const DayRow& row) { return to_iso8601(row.day).substr(0, 10); };
  const auto in_words = [&](const DayRow& row) {
    const Summary& sum = row.outcomes;
    return day_of(row) + ": " + std::to_string(sum.intact) + " intact, " +
           std::to_string(sum.drifted) + " drifted, " + std::to_string(sum.rotten) + " rotten, " +
           std::to_string(sum.unverifiable) + " unverifiable";
  };
  std::string keys;
  for (const char* verdict : {"intact", "unverifiable", "rotten", "drifted"}) {
    keys += "<span class=\"" + std::string(verdict) + "\"><span class=\"key\"></span>" + verdict +
            "</span> ";
  }
  return "<figure class=\"chart\"><svg viewBox=\"0 0 960 232\" role=\"img\" "
         "aria-label=\"Verdicts by day. First, " +
         in_words(days.front()) + ". Last, " + in_words(days.back()) + ".\">" + bars +
         "<text x=\"0\" y=\"228\">" + day_of(days.front()) +
         "</text><text x=\"960\" y=\"228\" text-anchor=\"end\">" + day_of(days.back()) +
         "</text></svg>\n<figcaption>Verdicts by day, at most " + std::to_string(most) + ": " +
         keys + "</figcaption></figure>\n";
}

Paging::Paging(const WebRequest& request) : path_(request.path) {
  const std::string from = parameter(request.query, "from_row").value_or("0");
  std::from_chars(from.data(), from.data() + from.size(), offset);
  offset = std::min<std::size_t>(offset, 100'000'000);
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view field = rest.substr(0, end);
    if (!field.empty() && !field.starts_with("from_row=")) query_ += std::string(field) + "&";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

std::string Paging::links(bool more) const {
  if (!more && offset == 0) return "";
  const auto at = [&](std::size_t row) {
    return path_ + "?" + query_ + "from_row=" + std::to_string(row);
  };
  std::string html = "<nav class=\"pages\" aria-label=\"Pages\">";
  if (offset > 0)
    html += link(at(offset > rows_per_page ? offset - rows_per_page : 0), "Earlier rows") + " ";
  if (more) html += link(at(offset + rows_per_page), "Further rows");
  return html + "</nav>\n";
}

}  // namespace loccit
