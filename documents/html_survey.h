// A page as far as telling its notes needs it: its elements, ids, and links into itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "documents/html_notes.h"
#include "documents/markup_stream.h"

namespace loccit {

using ElementNumber = std::uint32_t;
constexpr ElementNumber no_element = std::numeric_limits<ElementNumber>::max();
constexpr std::size_t longest_label = 48;  // bytes of a mark

// One of the page's elements, as far as telling notes needs it. 10 MB of markup may have a million.
struct SurveyedElement {
  ElementNumber parent = no_element;
  ElementNumber end = no_element;    // number after its last descendant
  ElementNumber block = no_element;  // the nearest block, itself included
  ElementNumber next = no_element;   // the element that follows in the same parent
  std::uint32_t before = 0;          // bytes of text before it in its block
  std::uint32_t size = 0;            // bytes of text in it
  std::uint32_t sentences = 0;       // bytes of it in blocks that are no mere labels and links
  std::uint32_t linked = 0;          // bytes of it in links
  std::uint32_t links = 0;           // to other places than this page
  MarkupTag tag = MarkupTag::other;
  bool is_first_child = false;
  bool in_notes_section = false;
  bool has_heading = false;
};

struct SurveyedAnchor {
  ElementNumber element = no_element;
  std::string fragment;
  std::string text;
  bool is_raised = false;     // in <sup>
  bool is_bracketed = false;  // "[" stands before it
  bool says_call = false;     // by role, class or name
  bool says_back = false;
};

struct HtmlSurvey {
  std::vector<SurveyedElement> elements;
  std::vector<SurveyedAnchor> anchors;  // in order, into this page
  std::vector<ElementNumber> links;     // in order, to other places
  std::unordered_map<std::string, ElementNumber> ids;
  ElementNumber main = no_element;
  ElementNumber article = no_element;  // the first
  std::size_t articles = 0;
};

HtmlSurvey survey_html(const MarkupSource& source, const IsSamePage& is_same_page,
                       const ReadLimits& limits);

}  // namespace loccit
