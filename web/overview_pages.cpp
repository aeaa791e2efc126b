#include <algorithm>

#include "base/percent_encoding.h"
#include "ci/escape.h"
#include "manifests/check_record.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/rows.h"

namespace loccit {
namespace {

std::string input(const char* label, const char* name, const std::string& value,
                  const char* type = "text") {
  return std::string("<label>") + label + " <input type=\"" + type + "\" name=\"" + name +
         "\" value=\"" + escape_markup(value) + "\"></label>\n";
}

std::string choice(const char* label, const char* name, const std::string& chosen,
                   std::initializer_list<const char*> options) {
  std::string html = std::string("<label>") + label + " <select name=\"" + name +
                     "\"><option value=\"\">any</option>";
  for (const char* option : options) {
    html +=
        std::string("<option") + (chosen == option ? " selected" : "") + ">" + option + "</option>";
  }
  return html + "</select></label>\n";
}

std::string asked(const WebRequest& request, std::string_view name) {
  return parameter(request.query, name).value_or("");
}

std::string section(const char* head, const std::string& html) {
  return std::string("<h2>") + head + "</h2>\n" + html;
}

}  // namespace

WebResponse overview_page(const WebRequest& request, Library& library) {
  return library.ask([&](Registry& registry) {
    const Paging paging(request);
    DocumentQuery query;
    query.limit = paging.limit;
    query.offset = paging.offset;
    auto documents = registry.documents(query);
    if (!documents) return failure_page(documents.error());
    if (documents->empty() && paging.offset == 0) {
      return html_page({"Documents",
                        "<p>No check is recorded yet. <code>loccit check DOCUMENT</code> records "
                        "one here, and <code>loccit watch</code> goes on.</p>\n",
                        ""});
    }
    const auto standings = registry.standings();
    if (!standings) return failure_page(standings.error());
    const auto changes = registry.transitions({.limit = 10});
    if (!changes) return failure_page(changes.error());
    auto days = registry.outcomes_by_day(Timestamp{}, Timestamp::max());
    if (!days) return failure_page(days.error());
    constexpr std::size_t days_shown = 365;
    if (days->size() > days_shown) days->erase(days->begin(), days->end() - days_shown);
    const std::string pages = paging.links(*documents);
    return html_page(
        {"Documents",
         section("Citations by standing", standings_list(*standings)) + verdict_chart(*days) +
             section("All documents", documents_table(*documents) + pages) +
             (changes->empty()
                  ? ""
                  : section("Latest changes", transitions_table(*changes) + "<p>" +
                                                  link("/changes", "All changes") + "</p>\n")),
         ""});
  });
}

WebResponse document_page(const WebRequest& request, Library& library) {
  const std::string name = asked(request, "name");
  return library.ask([&](Registry& registry) {
    const auto document = registry.document(name);
    if (!document) return failure_page(document.error());
    if (!*document) return not_found_page("no check of “" + name + "” is recorded");
    const Paging paging(request);
    CitationQuery query;
    query.document = name;
    query.search = asked(request, "q");
    query.verdict = asked(request, "verdict");
    query.standing = standing_kind_from(asked(request, "standing"));
    query.limit = paging.limit;
    query.offset = paging.offset;
    auto citations = registry.citations(query);
    if (!citations) return failure_page(citations.error());
    const auto checks = registry.checks(name, 50);
    if (!checks) return failure_page(checks.error());

    std::vector<DayRow> course;
    for (auto check = checks->rbegin(); check != checks->rend(); ++check) {
      if (!check->partial) course.push_back({check->finished_at, check->summary});
    }
    const std::string pages = paging.links(*citations);
    const std::string filter =
        "<form class=\"ask\" action=\"/document\"><input type=\"hidden\" name=\"name\" value=\"" +
        escape_markup(name) + "\">" + input("Words", "q", query.search, "search") +
        choice("Last verdict", "verdict", query.verdict,
               {"intact", "drifted", "rotten", "unverifiable"}) +
        choice("Standing", "standing", asked(request, "standing"),
               {"new", "up", "suspect", "dead", "refused", "changed", "flapping", "revived"}) +
        "<button>Show</button></form>\n";
    const DocumentRow& row = **document;
    const std::string under =
        "<p class=\"soft\">" + escape_markup(row.name) +
        (row.sha256.empty() ? "" : ", SHA-256 <code>" + escape_markup(row.sha256) + "</code>") +
        "</p>\n";
    std::string bundle;
    const std::string file = std::filesystem::path(name).filename().string();
    if (const auto sealed = last_seal_of(library.archive().folder(), file); sealed && *sealed) {
      bundle = "<p>" +
               link("/document/bundle?name=" + percent_encoded(name), "The last sealed bundle") +
               ", sealed " + escape_markup((*sealed)->created) + "</p>\n";
    }
    return html_page(
        {row.title.empty() ? row.name : row.title,
         bundle + verdict_chart(course) +
             section("Citations", filter + citations_table(*citations, NameDocument::no) + pages) +
             section("Checks", checks_table(*checks)),
         under});
  });
}

WebResponse changes_page(const WebRequest& request, Library& library) {
  HistoryQuery query;
  query.document = asked(request, "document");
  query.host = asked(request, "host");
  const auto moment = [](const std::string& day) {
    return from_iso8601(day.size() == 10 ? day + "T00:00:00Z" : day);
  };
  query.from = moment(asked(request, "from"));
  query.until = moment(asked(request, "until"));
  query.limit = 500;
  const std::string filter =
      "<form class=\"ask\" action=\"/changes\">" + input("Document", "document", query.document) +
      input("Host", "host", query.host) + input("From", "from", asked(request, "from"), "date") +
      input("Before", "until", asked(request, "until"), "date") + "<button>Show</button></form>\n";
  return library.ask([&](Registry& registry) {
    const auto changes = registry.transitions(query);
    if (!changes) return failure_page(changes.error());
    if (changes->empty()) return html_page({"Changes", filter + "<p>Nothing changed.</p>\n", ""});
    const std::string more =
        changes->size() == query.limit ? "<p>These are the newest 500.</p>\n" : "";
    return html_page({"Changes", filter + more + transitions_table(*changes), ""});
  });
}

WebResponse search_page(const WebRequest& request, Library& library) {
  const std::string words = asked(request, "q");
  if (words.empty()) return redirect_to("/");
  return library.ask([&](Registry& registry) {
    const Paging paging(request);
    DocumentQuery in_documents;
    in_documents.search = words;
    in_documents.limit = 20;
    CitationQuery in_citations;
    in_citations.search = words;
    in_citations.limit = paging.limit;
    in_citations.offset = paging.offset;
    const auto documents = registry.documents(in_documents);
    if (!documents) return failure_page(documents.error());
    auto citations = registry.citations(in_citations);
    if (!citations) return failure_page(citations.error());
    const std::string pages = paging.links(*citations);
    std::string html;
    if (!documents->empty()) html += section("Documents", documents_table(*documents));
    if (!citations->empty())
      html += section("Citations", citations_table(*citations, NameDocument::yes) + pages);
    if (html.empty()) html = "<p>Nothing holds these words.</p>\n";
    return html_page({"Search: " + words, html, ""});
  });
}

}  // namespace loccit
