#include "documents/html_head.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "documents/html_entities.h"
#include "documents/html_text.h"

namespace loccit {
namespace {

using ascii::trimmed;

using ascii::lower;

// "5; url='https://…'" (WHATWG HTML §4.2.5.3, the shared declarative refresh steps).
void read_refresh(std::string_view text, TextContent& content) {
  text = trimmed(text);
  int seconds = 0;
  const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() && (text.empty() || text.front() != '.')) return;
  text.remove_prefix(static_cast<std::size_t>(after - text.data()));
  text.remove_prefix(std::min(text.find_first_not_of("0123456789."), text.size()));
  text.remove_prefix(std::min(text.find_first_not_of(";, \t\n\r\f"), text.size()));
  if (text.size() > 3 && equals_ignoring_case(text.substr(0, 3), "url")) {
    const std::string_view rest = trimmed(text.substr(3));
    if (!rest.empty() && rest.front() == '=') text = trimmed(rest.substr(1));
  }
  if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
    const std::size_t close = text.find(text.front(), 1);
    text = text.substr(1, close == std::string_view::npos ? close : close - 1);
  }
  content.refresh_url = trimmed(text);
  content.refresh_seconds = seconds;
}

bool is_description(std::string_view name) {
  for (const std::string_view known :
       {"description", "abstract", "citation_abstract", "citation_title"}) {
    if (name == known) return true;
  }
  for (const std::string_view family : {"og:", "twitter:", "dc.", "dcterms."}) {
    if (name.substr(0, family.size()) != family) continue;
    const std::string_view rest = name.substr(family.size());
    return rest == "title" || rest == "description" || rest == "abstract" || rest == "image:alt";
  }
  return false;
}

}  // namespace

std::string attribute_text(const HtmlToken& token, std::string_view lower_case_name) {
  const auto value = attribute(token, lower_case_name);
  return value ? decode_references(*value, ReferencePlace::attribute) : std::string();
}

void read_meta(const HtmlToken& token, TextContent& content) {
  const std::string text = attribute_text(token, "content");
  if (text.empty()) return;
  const std::string equivalent = lower(attribute_text(token, "http-equiv"));
  if (equivalent == "refresh" && content.refresh_url.empty()) read_refresh(text, content);
  if (equivalent == "content-language" && content.language.empty()) {
    content.language = lower(trimmed(std::string_view(text).substr(0, text.find(','))));
  }
  std::string name = lower(attribute_text(token, "name"));
  if (name.empty()) name = lower(attribute_text(token, "property"));
  if (is_description(name)) add_unseen(text, content);
}

void read_link(const HtmlToken& token, TextContent& content) {
  Link link;
  link.url = trimmed(attribute_text(token, "href"));
  link.rel = lower(trimmed(attribute_text(token, "rel")));
  link.language = lower(trimmed(attribute_text(token, "hreflang")));
  if (link.url.empty()) return;
  if (link.rel == "canonical" && content.canonical_url.empty()) content.canonical_url = link.url;
  if (link.rel.find("stylesheet") == std::string::npos &&
      link.rel.find("icon") == std::string::npos) {
    link.range = {content.text.size(), content.text.size()};
    content.links.push_back(std::move(link));
  }
}

void add_unseen(std::string_view text, TextContent& content) {
  std::string words(text);
  for (int times = 0; times < 3 && words.find('&') != std::string::npos; ++times) {
    std::string decoded = decode_references(words, ReferencePlace::text);
    if (decoded == words) break;
    words = std::move(decoded);
  }
  words = fragment_text(words);
  if (words.find_first_of(" \n") != std::string::npos || words.size() > 16)
    content.unseen.push_back(std::move(words));
}

std::string find_meta_charset(Bytes page) {
  constexpr int max_metas = 1000;
  int metas = 0;
  for (std::size_t at = page.find('<'); at != Bytes::npos; at = page.find('<', at + 1)) {
    if (!equals_ignoring_case(page.substr(at, 5), "<meta")) continue;
    if (++metas > max_metas) break;
    HtmlTokenizer tokenizer(page.substr(at, 4096));
    HtmlToken token;
    tokenizer.next(token);
    if (token.kind != HtmlTokenKind::start_tag || token.name.size() != 4) continue;
    if (const auto charset = attribute(token, "charset"); charset && !charset->empty())
      return std::string(*charset);
    const std::string text = lower(attribute(token, "content").value_or(""));
    const std::size_t label = text.find("charset=");
    if (label == std::string::npos || !attribute(token, "http-equiv")) continue;
    const std::size_t begin = label + 8;
    return text.substr(begin, text.find_first_of("; \t", begin) - begin);
  }
  return {};
}

}  // namespace loccit
