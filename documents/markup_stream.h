// HTML-like markup as a balanced stream of elements, each with its number: what is read twice gives
// the same numbers, so a first look (html_notes.h) can speak to the second (html_document.cpp)
// about elements.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/document.h"

namespace loccit {

enum class MarkupTag : std::uint8_t {
  other,
  a,
  address,
  article,
  aside,
  blockquote,
  body,
  br,
  button,
  caption,
  cite,
  code,
  dd,
  del,
  details,
  div,
  dl,
  dt,
  figcaption,
  figure,
  footer,
  form,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hr,
  html,
  i,
  iframe,
  img,
  input,
  li,
  link,
  main,
  math,
  meta,
  nav,
  object,
  ol,
  option,
  p,
  pre,
  q,
  s,
  script,
  section,
  select,
  small,
  span,
  style,
  sub,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  textarea,
  tfoot,
  th,
  thead,
  title,
  tr,
  ul,
  video,
  audio,
  base,
  wbr,
  noscript,
  label,
  font,
  b,
  em,
  strong,
  tt,
  kbd,
  samp,
  count
};

MarkupTag tag_of(std::string_view lower_case_name);
bool is_block(MarkupTag tag);    // begins and ends a block of text
bool is_heading(MarkupTag tag);  // h1 … h6
int heading_level(MarkupTag tag);

struct MarkupAttribute {
  std::string_view name;  // lower case
  std::string_view value;
};

enum class MarkupTokenKind { start, end, text };

// Views are valid only while the token is handed on.
struct MarkupToken {
  MarkupTokenKind kind = MarkupTokenKind::text;
  std::string_view name;  // lower case
  std::string_view text;  // references decoded
  std::vector<MarkupAttribute> attributes;
  bool self_closing = false;
  Location location;

  std::string_view attribute(std::string_view wanted) const;  // empty where there is none
  bool has(std::string_view wanted) const;
};

// Calls the sink with every token, in order; each call of it gives the same tokens.
using MarkupSink = std::function<void(const MarkupToken&)>;
using MarkupSource = std::function<void(const MarkupSink&)>;

struct MarkupElement {
  std::size_t number = 0;  // of start tags in the stream, from 0
  MarkupTag tag = MarkupTag::other;
};

class MarkupHandler {
 public:
  virtual ~MarkupHandler() = default;
  virtual void open(const MarkupElement& element, const MarkupToken& token) = 0;
  virtual void close(const MarkupElement& element) = 0;
  virtual void text(const MarkupToken& token) = 0;
};

// Makes up the end tags that HTML lets authors leave out (HTML Standard §13.1.2.4) and those that
// damage took away, and drops the ones that close nothing. Elements nested deeper than max_depth
// are taken for their text alone.
class BalancedMarkup {
 public:
  // `handler` must outlive this.
  BalancedMarkup(MarkupHandler& handler, std::size_t max_depth)
      : handler_(handler), max_depth_(max_depth) {}

  void take(const MarkupToken& token);
  void finish();

 private:
  struct Open {
    MarkupElement element;
    std::string name;  // of MarkupTag::other
  };

  void start(const MarkupToken& token);
  void end(const MarkupToken& token);
  void close_implied(MarkupTag opening);
  void close_through(std::size_t index);
  void close_open(MarkupTag tag, bool (*stops)(MarkupTag));

  MarkupHandler& handler_;
  std::size_t max_depth_;
  std::size_t next_number_ = 0;
  std::vector<Open> open_;
  std::array<std::size_t, static_cast<std::size_t>(MarkupTag::count)> open_count_{};
};

void read_balanced(const MarkupSource& source, MarkupHandler& handler, std::size_t max_depth);

}  // namespace loccit
