#include "documents/html_survey.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "documents/code_points.h"
#include "documents/html_attributes.h"
#include "documents/html_note_signs.h"
#include "documents/notes_heading.h"

namespace loccit {
namespace {

class Survey final : public MarkupHandler {
 public:
  Survey(const IsSamePage& is_same_page, const ReadLimits& limits)
      : is_same_page_(is_same_page),
        most_elements_(
            std::min<std::size_t>(limits.max_output / sizeof(SurveyedElement), no_element - 1)) {}

  void open(const MarkupElement& element, const MarkupToken& token) override;
  void close(const MarkupElement& element) override;
  void text(const MarkupToken& token) override;
  HtmlSurvey page() && { return std::move(page_); }

 private:
  struct Open {
    ElementNumber number = no_element;
    std::uint32_t before = 0;  // of the block around it, when this is a block
    ElementNumber last_child = no_element;
    bool has_anchor = false;
    bool is_call = false;
    bool is_link = false;
    bool is_unread = false;
  };
  void end_run();
  std::string_view fragment_of(std::string_view href) const;

  const IsSamePage& is_same_page_;
  std::size_t most_elements_;
  HtmlSurvey page_;
  std::vector<Open> open_;
  char last_char_ = 0;
  std::string heading_;
  bool in_heading_ = false;
  int notes_heading_level_ = 0;  // of the "References" under which we are, or 0
  std::uint32_t before_ = 0;     // bytes of text in the open block
  std::uint32_t total_ = 0;      // bytes of text in the page
  int raised_ = 0;
  int calls_ = 0;  // open elements that say they hold a note's mark
  int anchors_open_ = 0;
  int links_open_ = 0;
  int unread_ = 0;
  std::uint32_t run_ = 0;         // bytes of text since the last block began or ended
  std::uint32_t run_linked_ = 0;  // of it in links
};

// What is never shown: no sentence of the page.
bool is_never_shown(MarkupTag tag) {
  return tag == MarkupTag::script || tag == MarkupTag::style || tag == MarkupTag::noscript ||
         tag == MarkupTag::template_ || tag == MarkupTag::textarea || tag == MarkupTag::select ||
         tag == MarkupTag::svg || tag == MarkupTag::iframe || tag == MarkupTag::head;
}

// Menus have labels and links; what is longer than they are, and mostly no link, is text.
void Survey::end_run() {
  constexpr std::uint32_t longest_label_of_menu = 80;
  if (run_ > longest_label_of_menu && run_linked_ * 2 < run_ && !open_.empty())
    page_.elements[open_.back().number].sentences += run_ - run_linked_;
  run_ = run_linked_ = 0;
}

std::string_view Survey::fragment_of(std::string_view href) const {
  const auto hash = href.find('#');
  if (hash == std::string_view::npos || hash + 1 == href.size()) return {};
  if (hash != 0 && !is_same_page_(href)) return {};
  return href.substr(hash + 1);
}

void Survey::open(const MarkupElement& element, const MarkupToken& token) {
  if (page_.elements.size() >= most_elements_) return;
  if (is_block(element.tag)) end_run();
  const auto number = static_cast<ElementNumber>(page_.elements.size());
  Open open;
  open.number = number;
  open.before = before_;
  open.is_unread = is_never_shown(element.tag);
  SurveyedElement seen;
  seen.tag = element.tag;
  seen.before = before_;
  seen.size = total_;  // turned into the size when it closes
  seen.has_heading = is_heading(element.tag);
  if (!open_.empty()) {
    auto& parent = open_.back();
    seen.parent = parent.number;
    seen.block = page_.elements[parent.number].block;
    seen.in_notes_section = page_.elements[parent.number].in_notes_section;
    seen.is_first_child = parent.last_child == no_element;
    if (parent.last_child != no_element) page_.elements[parent.last_child].next = number;
    parent.last_child = number;
  }
  if (is_block(element.tag)) {
    seen.block = number;
    seen.before = 0;
    before_ = 0;
  }
  if (!token.attributes.empty()) {
    seen.in_notes_section =
        seen.in_notes_section || (element.tag != MarkupTag::a && says_notes_section(token));
    open.is_call = says_call(token, element.tag);
    if (const auto id = token.attribute("id"); !id.empty())
      page_.ids.try_emplace(std::string(id), number);
    if (element.tag == MarkupTag::a) {
      if (const auto name = token.attribute("name"); !name.empty())
        page_.ids.try_emplace(std::string(name), number);
      const auto href = token.attribute("href");
      const auto fragment = fragment_of(href);
      open.is_link = !href.empty() && fragment.empty();
      if (!fragment.empty()) {
        open.has_anchor = true;
        page_.anchors.push_back({number, percent_decoded(fragment), "",
                                 raised_ > 0 || says_raised(token), last_char_ == '[',
                                 open.is_call || calls_ > 0, says_back(token)});
      }
    }
  }
  if (is_heading(element.tag)) {
    heading_.clear();
    in_heading_ = true;
    if (heading_level(element.tag) <= notes_heading_level_) notes_heading_level_ = 0;
  }
  seen.in_notes_section = seen.in_notes_section || notes_heading_level_ > 0;
  if (page_.main == no_element &&
      (element.tag == MarkupTag::main || has_word(token.attribute("role"), {"main"})))
    page_.main = number;
  if (element.tag == MarkupTag::article && page_.articles++ == 0) page_.article = number;
  if (open.is_link) {
    page_.links.push_back(number);
    ++seen.links;
  }
  page_.elements.push_back(seen);
  links_open_ += open.is_link ? 1 : 0;
  unread_ += open.is_unread ? 1 : 0;
  raised_ += element.tag == MarkupTag::sup ? 1 : 0;
  calls_ += open.is_call ? 1 : 0;
  anchors_open_ += open.has_anchor ? 1 : 0;
  // <a href="#fn1"><sup>1</sup></a>
  if (element.tag == MarkupTag::sup && anchors_open_ > 0) page_.anchors.back().is_raised = true;
  if (open.is_call && anchors_open_ > 0) page_.anchors.back().says_call = true;
  open_.push_back(open);
}

void Survey::text(const MarkupToken& token) {
  const auto words =
      token.text.find_first_not_of(" \t\r\n\f") == std::string_view::npos ? 0U : token.text.size();
  before_ += static_cast<std::uint32_t>(words);
  total_ += static_cast<std::uint32_t>(words);
  if (unread_ == 0) run_ += static_cast<std::uint32_t>(words);
  if (unread_ == 0 && links_open_ > 0) {
    run_linked_ += static_cast<std::uint32_t>(words);
    page_.elements[open_.back().number].linked += static_cast<std::uint32_t>(words);
  }
  if (anchors_open_ > 0 && page_.anchors.back().text.size() <= longest_label) {
    std::size_t end = std::min(longest_label + 1, token.text.size());
    while (end < token.text.size() && is_continuation(token.text[end])) ++end;  // letters are whole
    page_.anchors.back().text.append(token.text.substr(0, end));
  }
  if (words != 0) last_char_ = token.text[token.text.find_last_not_of(" \t\r\n\f")];
  if (in_heading_ && heading_.size() < 80) heading_.append(token.text);
}

void Survey::close(const MarkupElement& element) {
  if (open_.empty() || element.number != open_.back().number) return;  // beyond most_elements_
  if (is_block(element.tag)) end_run();
  const auto open = open_.back();
  open_.pop_back();
  auto& seen = page_.elements[open.number];
  seen.end = static_cast<ElementNumber>(page_.elements.size());
  seen.size = total_ - seen.size;
  if (seen.parent != no_element) {
    auto& parent = page_.elements[seen.parent];
    parent.sentences += seen.sentences;
    parent.linked += seen.linked;
    parent.links += seen.links;
  }
  links_open_ -= open.is_link ? 1 : 0;
  unread_ -= open.is_unread ? 1 : 0;
  if (seen.has_heading && seen.parent != no_element) page_.elements[seen.parent].has_heading = true;
  if (is_block(element.tag)) before_ = open.before + seen.size;
  if (is_heading(element.tag)) {
    in_heading_ = false;
    if (is_notes_heading(heading_)) notes_heading_level_ = heading_level(element.tag);
  }
  raised_ -= element.tag == MarkupTag::sup ? 1 : 0;
  calls_ -= open.is_call ? 1 : 0;
  anchors_open_ -= open.has_anchor ? 1 : 0;
}

}  // namespace

HtmlSurvey survey_html(const MarkupSource& source, const IsSamePage& is_same_page,
                       const ReadLimits& limits) {
  Survey survey(is_same_page, limits);
  read_balanced(source, survey, limits.max_depth);
  return std::move(survey).page();
}

}  // namespace loccit
