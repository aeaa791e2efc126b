// Which of a page's links stand around its text: menus, lists of other articles, the foot. Sites
// that mark their text with neither <main> nor <article> are told by where their sentences stand.
#pragma once

#include <vector>

#include "documents/html_survey.h"

namespace loccit {

// Elements (<a>), in order. `text` is the part that the page says is its text, or no_element.
std::vector<ElementNumber> links_around_text(const HtmlSurvey& page, ElementNumber text);

}  // namespace loccit
