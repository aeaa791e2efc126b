#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/text.h"
#include "documents/cmark_handles.h"
#include "documents/front_matter.h"
#include "documents/html_document.h"
#include "documents/html_source.h"
#include "documents/readers.h"

namespace loccit {
namespace {

std::string_view view(const char* text) {
  return text == nullptr ? std::string_view{} : std::string_view(text);
}

bool is_inline(cmark_node* node) {
  return (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
}

// Where cmark's nodes stand in the file. cmark counts columns in bytes and forgets what a block
// quotation or a list takes off a line's beginning, so what should stand there is looked for on the
// line.
class Places {
 public:
  Places(std::string_view text, std::size_t begin) : text_(text) {
    for (std::size_t at = begin;;) {
      lines_.push_back(at);
      const auto end = text.find('\n', at);
      if (end == std::string_view::npos) break;
      at = end + 1;
    }
    first_line_ = 1 + static_cast<int>(std::count(
                          text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  }

  // `expected` begins what the node is written as.
  Location at(cmark_node* node, std::string_view expected) {
    // Links that the autolink extension finds in the text have no line of their own.
    const int line =
        std::max({cmark_node_get_start_line(node), is_inline(node) ? last_line_ : 1, 1});
    const auto index = std::min(static_cast<std::size_t>(line) - 1, lines_.size() - 1);
    const auto begin = lines_[index];
    const auto end = index + 1 < lines_.size() ? lines_[index + 1] : text_.size();
    auto offset = std::min(
        begin + static_cast<std::size_t>(std::max(cmark_node_get_start_column(node), 1)) - 1, end);
    if (!expected.empty() && !text_.substr(offset).starts_with(expected)) {
      const auto from = line == last_line_ ? std::max(last_offset_ + 1, begin) : begin;
      const auto found = text_.substr(0, end).find(expected, from);
      if (found != std::string_view::npos) offset = found;
    }
    // Columns are counted on from the last place, so that one endless line costs one look.
    if (line != last_line_ || offset < last_offset_) {
      last_line_ = line;
      last_offset_ = begin;
      last_column_ = 1;
    }
    last_column_ +=
        static_cast<int>(count_code_points(text_.substr(last_offset_, offset - last_offset_)));
    last_offset_ = offset;
    return {0, first_line_ + static_cast<int>(index), last_column_, offset};
  }

  // The rest of the line on which the node begins.
  std::string_view line_of(cmark_node* node) const {
    const auto index = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1)) - 1;
    if (index >= lines_.size()) return {};
    const auto line = text_.substr(lines_[index]);
    return line.substr(0, line.find('\n'));
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> lines_;
  int first_line_ = 1;
  int last_line_ = 0;
  std::size_t last_offset_ = 0;
  int last_column_ = 1;
};

// "kar15" of "[^kar15]: …"
std::string definition_label(std::string_view line) {
  const auto begin = line.find("[^");
  const auto end = line.find("]:", begin == std::string_view::npos ? 0 : begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return {};
  return std::string(line.substr(begin + 2, end - begin - 2));
}

// What a link begins with in the file: its bracket, or its own words where it is a bare URL.
std::string_view written_link(cmark_node* link) {
  auto* words = cmark_node_first_child(link);
  if (words == nullptr || cmark_node_next(words) != nullptr) return "[";
  const auto literal = view(cmark_node_get_literal(words));
  const auto url = view(cmark_node_get_url(link));
  return !literal.empty() && url.ends_with(literal) ? literal : std::string_view("[");
}

// cmark lets a bare URL go on to the next blank; text without blanks ends it by its punctuation.
std::size_t wide_punctuation_in(std::string_view url) {
  if (!url.starts_with("http") && !url.starts_with("www.")) return std::string_view::npos;
  std::size_t first = std::string_view::npos;
  for (const std::string_view sign : {"。", "，", "、", "；", "：", "）", "」", "』", "》", "】",
                                      "！", "？", "”", "’", "»", "…"}) {
    first = std::min(first, url.find(sign));
  }
  return first;
}

// Sends cmark's tree as elements of HTML, as cmark's own HTML renderer would, with places.
class Sender {
 public:
  Sender(cmark_node* root, std::string_view text, std::size_t begin,
         const std::vector<std::string>& labels, const MarkupSink& sink)
      : iter_(cmark_iter_new(root)), places_(text, begin), labels_(labels), sink_(sink) {}

  void send_all() {
    for (auto event = cmark_iter_next(iter_.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter_.get())) {
      auto* node = cmark_iter_get_node(iter_.get());
      if (in_image_ > 0 && cmark_node_get_type(node) != CMARK_NODE_IMAGE) continue;
      send(node, event == CMARK_EVENT_ENTER);
    }
  }

 private:
  void send(cmark_node* node, bool enters);
  void send_block(cmark_node* node, bool enters);
  void send_inline(cmark_node* node, bool enters);
  void send_call(cmark_node* node);
  void send_definition(cmark_node* node, bool enters);
  void send_extension(cmark_node* node, bool enters);

  void element(std::string_view name, bool enters, const Location& location,
               std::vector<MarkupAttribute> attributes = {}) {
    sink_({enters ? MarkupTokenKind::start : MarkupTokenKind::end,
           name,
           {},
           std::move(attributes),
           false,
           location});
  }
  // cmark-gfm cuts the label of a note that nobody defined by columns, in the midst of a letter
  // where it goes over a line.
  void text(std::string_view words, const Location& location) {
    if (!is_valid_utf8(words)) return text(repair_utf8(words), location);
    sink_({MarkupTokenKind::text, {}, words, {}, false, location});
  }

  CmarkIter iter_;
  Places places_;
  const std::vector<std::string>& labels_;  // of the notes, in the order of their first calls
  const MarkupSink& sink_;
  std::size_t definitions_ = 0;
  int in_image_ = 0;
  std::size_t bare_url_size_ = std::string_view::npos;  // of the next text, as far as it is the URL
  bool is_link_closed_ = false;
};

void Sender::send(cmark_node* node, bool enters) {
  if (is_inline(node)) {
    send_inline(node, enters);
  } else {
    send_block(node, enters);
  }
}

void Sender::send_block(cmark_node* node, bool enters) {
  const auto location = enters ? places_.at(node, {}) : Location{};
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
      break;
    case CMARK_NODE_PARAGRAPH:
      element("p", enters, location);
      break;
    case CMARK_NODE_HEADING: {
      static constexpr std::string_view names[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
      element(names[std::clamp(cmark_node_get_heading_level(node), 1, 6) - 1], enters, location);
      break;
    }
    case CMARK_NODE_BLOCK_QUOTE:
      element("blockquote", enters, location);
      break;
    case CMARK_NODE_LIST:
      element("ul", enters, location);
      break;
    case CMARK_NODE_ITEM:
      element("li", enters, location);
      break;
    case CMARK_NODE_CODE_BLOCK:
      element("pre", true, location);
      text(view(cmark_node_get_literal(node)), location);
      element("pre", false, location);
      break;
    case CMARK_NODE_HTML_BLOCK:
      send_html(view(cmark_node_get_literal(node)), location, sink_);
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      element("hr", true, location);
      break;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      send_definition(node, enters);
      break;
    default:
      send_extension(node, enters);
      break;
  }
}

void Sender::send_inline(cmark_node* node, bool enters) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: {
      const auto literal = view(cmark_node_get_literal(node));
      const auto location = places_.at(node, literal.substr(0, 24));
      text(literal.substr(0, bare_url_size_), location);
      if (bare_url_size_ < literal.size()) {
        element("a", false, {});
        text(literal.substr(bare_url_size_), location);
        is_link_closed_ = true;
      }
      bare_url_size_ = std::string_view::npos;
      break;
    }
    case CMARK_NODE_SOFTBREAK:
      text(" ", {});
      break;
    case CMARK_NODE_LINEBREAK:
      element("br", true, {});
      break;
    case CMARK_NODE_CODE: {
      const auto location = places_.at(node, {});
      element("code", true, location);
      text(view(cmark_node_get_literal(node)), location);
      element("code", false, location);
      break;
    }
    case CMARK_NODE_HTML_INLINE: {
      const auto literal = view(cmark_node_get_literal(node));
      send_html(literal, places_.at(node, literal.substr(0, 24)), sink_);
      break;
    }
    case CMARK_NODE_LINK: {
      if (!enters) {
        if (!std::exchange(is_link_closed_, false)) element("a", false, {});
        break;
      }
      auto url = view(cmark_node_get_url(node));
      const auto written = written_link(node);
      const auto location = places_.at(node, written);
      if (const auto end = wide_punctuation_in(written); end != std::string_view::npos) {
        bare_url_size_ = end;
        url = url.substr(0, url.size() - (written.size() - end));
      }
      element("a", true, location, {{"href", url}});
      break;
    }
    case CMARK_NODE_IMAGE:
      in_image_ += enters ? 1 : -1;
      break;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
      if (enters) send_call(node);
      break;
    default:
      send_extension(node, enters);
      break;
  }
}

// cmark gives a call the number of its note, in the order of first calls.
void Sender::send_call(cmark_node* node) {
  const auto number = view(cmark_node_get_literal(node));
  std::size_t index = 0;
  for (const char c : number)
    index = c >= '0' && c <= '9' && index < labels_.size()
                ? index * 10 + static_cast<std::size_t>(c - '0')
                : 0;
  if (index == 0 || index > labels_.size()) return;
  const auto& label = labels_[index - 1];
  const auto location = places_.at(node, "[^" + label);
  const auto href = "#" + std::to_string(index) + " note";
  element("sup", true, location);
  element("a", true, location, {{"href", href}, {"data-footnote-ref", ""}});
  text(label, location);
  element("a", false, location);
  element("sup", false, location);
}

void Sender::send_definition(cmark_node* node, bool enters) {
  const auto id = std::to_string(enters ? ++definitions_ : definitions_) + " note";
  if (!enters) return element("div", false, {});
  element("div", true, places_.at(node, "[^"), {{"id", id}, {"class", "footnote-definition"}});
}

// Tables and strikethrough; what no one here knows keeps its text.
void Sender::send_extension(cmark_node* node, bool enters) {
  const auto type = view(cmark_node_get_type_string(node));
  if (type == "table") {
    element("table", enters, {});
  } else if (type == "table_row" || type == "table_header") {
    element("tr", enters, {});
  } else if (type == "table_cell") {
    element("td", enters, enters ? places_.at(node, {}) : Location{});
  } else if (type == "strikethrough") {
    element("del", enters, {});
  }
}

CmarkNode parse(std::string_view text) {
  cmark_gfm_core_extensions_ensure_registered();
  CmarkParser parser(cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE));
  for (const auto* extension : {"table", "strikethrough", "autolink"}) {
    if (auto* found = cmark_find_syntax_extension(extension))
      cmark_parser_attach_syntax_extension(parser.get(), found);
  }
  cmark_parser_feed(parser.get(), text.data(), text.size());
  return CmarkNode(cmark_parser_finish(parser.get()));
}

// The notes' labels as written; cmark puts the notes that are called at the document's end, in the
// order of first calls.
std::vector<std::string> note_labels(cmark_node* root, const Places& places) {
  std::vector<std::string> labels;
  for (auto* node = cmark_node_first_child(root); node != nullptr; node = cmark_node_next(node)) {
    if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION)
      labels.push_back(definition_label(places.line_of(node)));
  }
  return labels;
}

}  // namespace

Result<MarkedText> read_markdown(Bytes content, const DocumentHint& hint,
                                 const ReadLimits& limits) {
  const auto decoded = decode_text(content, "utf-8");
  const auto front = read_front_matter(decoded.text);
  const auto root = parse(std::string_view(decoded.text).substr(front.size));
  const auto labels = note_labels(root.get(), Places(decoded.text, front.size));
  const MarkupSource source = [&](const MarkupSink& sink) {
    Sender(root.get(), decoded.text, front.size, labels, sink).send_all();
  };
  auto text = read_markup(source, hint, limits);
  if (front.title.empty()) return text;
  text.title = front.title;
  text.title_is_no_heading = std::ranges::none_of(text.parts, [&](const Part& part) {
    return part.kind == PartKind::heading && part.text == front.title;
  });
  return text;
}

}  // namespace loccit
