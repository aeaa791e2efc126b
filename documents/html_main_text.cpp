#include "documents/html_main_text.h"

#include <algorithm>

namespace loccit {
namespace {

// An element has the text where it has most of the page's sentences; others announce other
// articles.
constexpr double most = 0.6;
// Fewer links than these may be the sources that a short document ends with.
constexpr std::uint32_t fewest_links_around = 10;

ElementNumber body_of(const HtmlSurvey& page) {
  const auto body = std::ranges::find(page.elements, MarkupTag::body, &SurveyedElement::tag);
  return body == page.elements.end() ? no_element
                                     : static_cast<ElementNumber>(body - page.elements.begin());
}

ElementNumber child_with_text(const HtmlSurvey& page, ElementNumber element, double all) {
  for (ElementNumber child = element + 1; child < page.elements[element].end;
       child = page.elements[child].end) {
    if (page.elements[child].sentences >= all * most) return child;
  }
  return no_element;
}

// Many links, and more of them than of sentences.
bool is_navigation_around(const SurveyedElement& outer, const SurveyedElement& inner) {
  return outer.links - inner.links >= fewest_links_around &&
         outer.linked - inner.linked >= outer.sentences - inner.sentences;
}

}  // namespace

std::vector<ElementNumber> links_around_text(const HtmlSurvey& page, ElementNumber text) {
  ElementNumber root = text != no_element ? text : body_of(page);
  if (root == no_element || page.elements[root].sentences == 0) return {};
  // The innermost element around whose text there is nothing but navigation.
  const double all = page.elements[root].sentences;
  for (auto child = child_with_text(page, root, all); child != no_element;
       child = child_with_text(page, child, all)) {
    if (is_navigation_around(page.elements[root], page.elements[child])) root = child;
  }
  std::vector<ElementNumber> around;
  for (const ElementNumber link : page.links) {
    const bool inside = link > root && link < page.elements[root].end;
    if (!inside && !page.elements[link].in_notes_section) around.push_back(link);
  }
  return around;
}

}  // namespace loccit
