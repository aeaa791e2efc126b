#include "web/page.h"

#include "base/url.h"
#include "ci/escape.h"

namespace loccit {
namespace {

int status_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::not_found:
      return 404;
    case FailureKind::refused:
    case FailureKind::timed_out:
      return 503;
    default:
      return 500;
  }
}

}  // namespace

WebResponse html_page(const Page& page) {
  WebResponse response;
  response.body =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      escape_markup(page.title) +
      " – loccit</title>\n"
      "<link rel=\"stylesheet\" href=\"/assets/report.css\">\n"
      "<link rel=\"stylesheet\" href=\"/assets/web.css\">\n</head>\n<body>\n"
      "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
      "<header class=\"site\">\n<nav aria-label=\"Site\"><a href=\"/\">Documents</a> "
      "<a href=\"/changes\">Changes</a></nav>\n"
      "<form role=\"search\" action=\"/search\"><label><span class=\"unseen\">Search documents, "
      "citations and sources</span><input type=\"search\" name=\"q\" placeholder=\"Search\" "
      "required></label> <button>Search</button></form>\n</header>\n"
      "<main id=\"main\" tabindex=\"-1\">\n<h1>" +
      escape_markup(page.title) + "</h1>\n" + page.under + page.body +
      "</main>\n</body>\n</html>\n";
  return response;
}

WebResponse failure_page(const Failure& failure) {
  const int status = status_of(failure.kind);
  WebResponse response = html_page({status == 404 ? "Not found" : "That did not work",
                                    "<p>" + escape_markup(failure.message) + ".</p>\n", ""});
  response.status = status;
  return response;
}

WebResponse not_found_page(std::string what) {
  return failure_page({FailureKind::not_found, std::move(what)});
}

std::string link(std::string_view href, std::string_view words) {
  return "<a href=\"" + escape_markup(href) + "\">" + escape_markup(words) + "</a>";
}

std::string outside_link(std::string_view url) {
  const std::string words = escape_markup(display_url(url));
  if (!is_web_url(url)) return words;
  return "<a rel=\"noreferrer\" href=\"" + escape_markup(url) + "\">" + words + "</a>";
}

std::string time_element(Timestamp time) {
  const std::string iso = to_iso8601(time);
  return "<time datetime=\"" + iso + "\">" + iso.substr(0, 10) + " " + iso.substr(11, 5) +
         "</time>";
}

std::string badge(std::string_view tone, std::string_view words) {
  return "<span class=\"badge " + escape_markup(tone) + "\">" + escape_markup(words) + "</span>";
}

}  // namespace loccit
