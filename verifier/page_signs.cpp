#include "verifier/page_signs.h"

#include <algorithm>
#include <array>

#include "base/url.h"
#include "verifier/folding.h"
#include "verifier/lexicon_data.h"
#include "verifier/search.h"

namespace loccit {
namespace {

// A page with more letters than this is an article, whatever else stands on it.
constexpr std::size_t short_page = 1200;
constexpr std::size_t very_short_page = 400;

struct HeaderMark {
  std::string_view name, value;  // value: what it contains, "" for any
  std::string_view whose;
};
constexpr std::array header_marks = {
    HeaderMark{"cf-mitigated", "challenge", "Cloudflare"},
    HeaderMark{"x-vercel-mitigated", "challenge", "Vercel"},
    HeaderMark{"x-amzn-waf-action", "", "AWS WAF"},
    HeaderMark{"x-datadome", "protected", "DataDome"},
};

struct MarkupMark {
  std::string_view marker;  // only ever on the challenge page itself
  std::string_view whose;
};
constexpr std::array markup_marks = {
    MarkupMark{"_cf_chl_opt", "Cloudflare"},
    MarkupMark{"id=\"anubis_challenge\"", "Anubis"},
    MarkupMark{"anubis_challenge", "Anubis"},
    MarkupMark{"/.within.website/x/cmd/anubis/", "Anubis"},
    MarkupMark{"_Incapsula_Resource", "Incapsula"},
    MarkupMark{"captcha-delivery.com", "DataDome"},
    MarkupMark{"awsWafCookieDomainList", "AWS WAF"},
    MarkupMark{"/.well-known/vercel/security/", "Vercel"},
    MarkupMark{"px-captcha", "HUMAN"},
    MarkupMark{"sgcaptcha", "SiteGround"},
};

std::string path_of(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->path : std::string();
}

bool is_root(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed) return false;
  return (parsed->path.empty() || parsed->path == "/") && !parsed->has_query;
}

std::string front_of(const TextContent& content) {
  for (const Block& block : content.blocks) {
    if (block.kind == BlockKind::heading)
      return content.text.substr(block.range.begin, block.range.end - block.range.begin);
  }
  return {};
}

// The phrase of the list that stands in the text, or "".
std::string phrase_in(std::string_view text, std::string_view section) {
  const FoldedText folded = fold(text);
  for (const std::string_view phrase : sign_phrases(section)) {
    if (find_first(folded, fold(phrase).letters)) return std::string(phrase);
  }
  return {};
}

}  // namespace

std::string challenge_in_headers(const Headers& headers) {
  for (const HeaderMark& mark : header_marks) {
    const std::string_view value = header_value(headers, mark.name);
    if (!value.empty() && value.find(mark.value) != std::string_view::npos)
      return std::string(mark.whose);
  }
  return {};
}

std::string challenge_in_markup(std::string_view markup, const TextContent& content) {
  if (content.text.size() > short_page) return {};
  for (const MarkupMark& mark : markup_marks) {
    if (markup.find(mark.marker) != std::string_view::npos) return std::string(mark.whose);
  }
  return {};
}

std::string login_sign(const TextContent& content, const PageSituation& situation) {
  if (content.has_password_field && content.text.size() <= short_page)
    return "the page is a login form";
  if (situation.redirected && path_of(situation.asked_url) != path_of(situation.final_url)) {
    const std::string path = path_of(situation.final_url);
    for (const std::string_view step : {"/login", "/signin", "/sign-in", "/log-in", "/sso/",
                                        "/auth/", "/authwall", "/account/login", "/cas/"}) {
      if (path.find(step) != std::string::npos && content.text.size() <= short_page)
        return "it redirects to a login page";
    }
  }
  return {};
}

std::string soft404_sign(const TextContent& content, const PageSituation& situation,
                         std::string_view markup) {
  if (situation.redirected && !is_root(situation.asked_url) && is_root(situation.final_url)) {
    return "it redirects to the site's front page";
  }
  const std::string heading = front_of(content);
  for (const std::string_view place :
       {std::string_view(content.title), std::string_view(heading)}) {
    if (place.size() > 200) continue;
    if (const std::string phrase = phrase_in(place, "not-found-title"); !phrase.empty())
      return "the page's title says \u201C" + std::string(place) + "\u201D";
  }
  if (content.text.size() <= short_page) {
    if (const std::string phrase = phrase_in(content.text, "not-found"); !phrase.empty())
      return "the page says \u201C" + phrase + "\u201D";
    if (const std::string phrase = phrase_in(content.text, "parked"); !phrase.empty())
      return "the domain is parked: \u201C" + phrase + "\u201D";
  }
  if (content.text.size() <= very_short_page) {
    for (const std::string_view marker :
         {"sedoparking.com", "parkingcrew.net", "bodis.com", "parklogic.com", "hugedomains.com",
          "dan.com/buy-domain", "afternic.com"}) {
      if (markup.find(marker) != std::string_view::npos) return "the domain is parked";
    }
  }
  return {};
}

}  // namespace loccit
