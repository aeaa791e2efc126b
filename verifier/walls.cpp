#include "verifier/walls.h"

#include <algorithm>

#include "base/ascii.h"
#include "verifier/lexicon_data.h"
#include "verifier/sign_lists.h"
#include "verifier/url_steps.h"

namespace loccit {
namespace {

using ascii::lower;

constexpr std::size_t long_title = 100;

// A marker that a reader sees is talked about.
std::string mark_in(const PageFace& page, std::string_view section) {
  for (const WallMark& mark : marks_of(section)) {
    if (page.markup.find(mark.sign) != std::string_view::npos &&
        page.content.text.find(mark.sign) == std::string::npos)
      return std::string(mark.whose);
  }
  return {};
}

// The title, or its first part, if that is all of a phrase.
std::string title_of(const PageFace& page, std::string_view section) {
  const std::string& title = page.content.title;
  if (title.size() > long_title) return {};
  for (const std::string_view part : title_parts(title)) {
    if (is_phrase(part, section, "")) return "its title says \u201C" + title + "\u201D";
  }
  return {};
}

std::string heading_of(const PageFace& page, std::string_view section) {
  for (const Block& block : page.content.blocks) {
    if (block.kind != BlockKind::heading) continue;
    const std::string heading =
        page.content.text.substr(block.range.begin, block.range.end - block.range.begin);
    return is_phrase(heading, section, "") ? "its heading says \u201C" + heading + "\u201D" : "";
  }
  return {};
}

// In one paragraph or the title: a word for who may be asking, and one for looking into it.
std::string asks_for_a_human(const PageFace& page) {
  const std::string said = two_phrases_in_one_place(page.content, "robot", "looked-into");
  return said.empty() ? "" : "it says \u201C" + said + "\u201D";
}

}  // namespace

std::string challenge_in_headers(const Headers& headers) {
  for (const WallMark& mark : marks_of("challenge-header")) {
    const std::size_t colon = mark.sign.find(": ");
    const std::string_view value = header_value(headers, mark.sign.substr(0, colon));
    if (!value.empty() && lower(value) == mark.sign.substr(colon + 2))
      return std::string(mark.whose);
  }
  return {};
}

std::string challenge_on_page(const PageFace& page) {
  if (page.letters > short_page) return {};
  if (std::string whose = mark_in(page, "challenge-markup"); !whose.empty()) return whose;
  if (page.letters <= very_short_page) {
    if (std::string sign = title_of(page, "challenge-title"); !sign.empty()) return sign;
    if (const std::string phrase = phrase_in(fold(page.own), "challenge"); !phrase.empty())
      return "it says \u201C" + phrase + "\u201D";
    if (std::string sign = asks_for_a_human(page); !sign.empty()) return sign;
  }
  return page.letters <= hardly_a_word ? mark_in(page, "challenge-script") : "";
}

std::string login_sign(const PageFace& page, const PageSituation& situation) {
  if (page.letters > short_page) return {};
  if (situation.redirected) {
    const UrlSteps asked(situation.asked_url), final(situation.final_url);
    const bool path = final.has_step("login-path") && !asked.has_step("login-path");
    const bool host = final.has_host_label("login-host") && !asked.has_host_label("login-host");
    if (path || host) return "it redirects to a login page";
  }
  if (page.letters > very_short_page) return {};
  if (page.content.has_password_field) {
    std::string sign = title_of(page, "login-title");
    if (sign.empty()) sign = heading_of(page, "login-title");
    if (!sign.empty() || page.letters <= hardly_a_word) return "the page is a login form";
  }
  if (page.letters <= hardly_a_word) {
    if (std::string sign = title_of(page, "login-title"); !sign.empty()) return sign;
  }
  if (const std::string phrase = phrase_in(fold(page.own), "login"); !phrase.empty())
    return "it says \u201C" + phrase + "\u201D";
  return {};
}

std::string barrier_sign(const PageFace& page) {
  if (page.letters > very_short_page) return {};
  const FoldedText text = fold(page.own);
  for (const std::string_view section : {"consent", "region"}) {
    if (const std::string phrase = phrase_in(text, section); !phrase.empty())
      return "it says \u201C" + phrase + "\u201D";
  }
  return {};
}

std::string paywall_sign(const PageFace& page) {
  constexpr std::size_t longest_teaser = 2500;  // letters
  if (page.letters > longest_teaser) return {};
  if (const std::string phrase = phrase_in(fold(page.content.text), "paywall"); !phrase.empty())
    return "it says \u201C" + phrase + "\u201D";
  for (const std::string_view marker : sign_phrases("paywall-markup")) {
    if (page.markup.find(marker) != std::string_view::npos)
      return "it says that it is not accessible for free";
  }
  return {};
}

}  // namespace loccit
