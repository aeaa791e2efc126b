#include "verifier/page_signs.h"

#include <algorithm>

#include "base/url.h"
#include "documents/html_attributes.h"
#include "verifier/lexicon_data.h"
#include "verifier/sign_lists.h"
#include "verifier/url_steps.h"

namespace loccit {
namespace {

// With the title's word for it, a page may be longer: error pages come with news and menus.
constexpr std::size_t titled_page = 3000;
constexpr std::size_t long_title = 200;
constexpr std::size_t headings_asked = 3;
constexpr std::size_t short_paragraph = 300;

std::string_view block_text(const TextContent& content, const Block& block) {
  return std::string_view(content.text)
      .substr(block.range.begin, block.range.end - block.range.begin);
}

// The title, or one of the first headings, that says "not found" and nothing else.
std::string not_found_title(const TextContent& content) {
  std::vector<std::string_view> places{content.title};
  for (const Block& block : content.blocks) {
    if (block.kind == BlockKind::heading) places.push_back(block_text(content, block));
    if (places.size() > headings_asked) break;
  }
  for (const std::string_view place : places) {
    if (place.size() > long_title) continue;
    for (const std::string_view part : title_parts(place)) {
      if (is_phrase(part, "not-found-title", "not-found-filler"))
        return "the page's title says \u201C" + std::string(place) + "\u201D";
    }
  }
  return {};
}

bool is_prose(BlockKind kind) {  // headings must say it and nothing else
  return kind != BlockKind::navigation && kind != BlockKind::page_furniture &&
         kind != BlockKind::heading;
}

std::string not_found_text(const PageFace& page) {
  for (const Block& block : page.content.blocks) {
    const bool heading = block.kind == BlockKind::heading;
    if (!is_prose(block.kind) && !heading) continue;
    const std::string_view text = block_text(page.content, block);
    if (letters_in(text) > short_paragraph) continue;
    const FoldedText folded = fold(text);
    std::string said = heading ? "" : phrase_in(folded, "not-found");
    if (said.empty())
      said = two_phrases_in(folded, heading ? "not-found-self" : "not-found-subject",
                            "not-found-predicate");
    if (said.empty()) said = two_phrases_in(folded, "asked-for", "gone");
    if (!said.empty()) return "the page says \u201C" + said + "\u201D";
  }
  return {};
}

std::string parked(const PageFace& page) {
  if (const std::string phrase = phrase_in(fold(page.own), "parked"); !phrase.empty())
    return "the domain is parked: \u201C" + phrase + "\u201D";
  if (page.letters > very_short_page) return {};
  if (const std::string said =
          two_phrases_in_one_place(page.content, "parked-subject", "parked-predicate");
      !said.empty())
    return "the domain is parked: \u201C" + said + "\u201D";
  for (const std::string_view marker : sign_phrases("parked-markup")) {
    if (page.markup.find(marker) != std::string_view::npos) return "the domain is parked";
  }
  return {};
}

std::string breakdown(const PageFace& page) {
  if (page.letters > very_short_page) return {};
  std::string said = phrase_in(fold(page.content.text), "broken");
  return said.empty() ? "" : "it says \u201C" + said + "\u201D";
}

std::string bare_server(const PageFace& page) {
  if (page.letters > hardly_a_word) return {};
  std::string said = phrase_in(fold(page.content.title), "bare-server");
  if (said.empty()) said = phrase_in(fold(page.content.text), "bare-server");
  return said.empty() ? "" : "it shows a server without a site: \u201C" + said + "\u201D";
}

std::string place_of_redirect(const PageSituation& situation) {
  const UrlSteps asked(situation.asked_url), final(situation.final_url);
  if (asked.is_front() || !asked.parsed() || !final.parsed()) return {};
  if (final.is_front() && !asked.is_shortener()) return "it redirects to the site's front page";
  if (final.has_step("error-path") && !asked.has_step("error-path"))
    return "it redirects to an error page, " + std::string(situation.final_url);
  return {};
}

bool needs_scripts(const PageFace& page) {
  if (page.markup.find("<script") == std::string_view::npos) return false;
  if (page.letters <= no_word_at_all) return true;
  if (!phrase_in(fold(page.content.text), "script-needed").empty()) return true;
  constexpr std::string_view opening = "<noscript";
  const std::size_t at = page.markup.find(opening);
  if (at != std::string_view::npos) {
    const std::size_t end = page.markup.find("</noscript", at);
    const std::string_view inside = page.markup.substr(at, std::min(end - at, short_page));
    if (!phrase_in(fold(inside), "script-needed").empty()) return true;
  }
  const auto shells = sign_phrases("script-shell");
  return std::any_of(shells.begin(), shells.end(), [&](std::string_view shell) {
    return page.markup.find(shell) != std::string_view::npos;
  });
}

}  // namespace

PageFace::PageFace(const TextContent& page, std::string_view page_markup)
    : content(page), markup(page_markup), own(own_text(page)), letters(letters_in(own)) {}

std::string soft404_sign(const PageFace& page, const PageSituation& situation) {
  if (situation.redirected) {
    if (std::string sign = place_of_redirect(situation); !sign.empty()) return sign;
  }
  if (page.letters > titled_page) return {};
  if (std::string sign = not_found_title(page.content); !sign.empty()) return sign;
  if (page.letters > short_page) return {};
  if (std::string sign = not_found_text(page); !sign.empty()) return sign;
  if (std::string sign = breakdown(page); !sign.empty()) return sign;
  if (std::string sign = parked(page); !sign.empty()) return sign;
  return bare_server(page);
}

std::string words_elsewhere(const PageFace& page) {
  if (page.letters > hardly_a_word) return {};
  if (contains_folded(page.markup, "<frameset") || contains_folded(page.markup, "<iframe"))
    return "the page shows its words only in a frame, which has an address of its own";
  if (needs_scripts(page))
    return "the page shows its words only where scripts run, and loccit runs none";
  return {};
}

}  // namespace loccit
