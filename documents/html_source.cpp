#include "documents/html_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <string>

#include "documents/html_entities.h"
#include "documents/html_tokenizer.h"
#include "documents/text_place.h"

namespace loccit {
namespace {

// What the readers of documents ask for; other attributes are not worth decoding.
constexpr std::array<std::string_view, 15> known_attributes = {"href",
                                                               "id",
                                                               "class",
                                                               "name",
                                                               "style",
                                                               "role",
                                                               "epub:type",
                                                               "cite",
                                                               "rel",
                                                               "lang",
                                                               "hidden",
                                                               "data-footnote-ref",
                                                               "data-footnote-backref",
                                                               "title",
                                                               "datetime"};

constexpr std::array<std::string_view, 8> raw_elements = {
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"};

class Sender {
 public:
  Sender(std::string_view input, const MarkupSink& sink)
      : tokenizer_(input), sink_(sink), input_(input), place_(input) {}

  void send_all(const Location* fixed) {
    HtmlToken token;
    for (tokenizer_.next(token); token.kind != HtmlTokenKind::end; tokenizer_.next(token)) {
      const auto* start = token.name.empty() ? token.text.data() : token.name.data();
      const auto back = token.kind == HtmlTokenKind::start_tag ? 1 : 0;  // to the "<"
      const auto offset =
          static_cast<std::size_t>(start - input_.data()) - static_cast<std::size_t>(back);
      out_.location = fixed != nullptr ? *fixed : place_.at(offset);
      send(token);
    }
  }

 private:
  void send(const HtmlToken& token) {
    switch (token.kind) {
      case HtmlTokenKind::text:
        send_text(decoded(token.text, ReferencePlace::text));
        break;
      case HtmlTokenKind::cdata:
        send_text(token.text);
        break;
      case HtmlTokenKind::start_tag:
        send_start(token);
        break;
      case HtmlTokenKind::end_tag:
        take_name(token.name);
        send_end();
        break;
      case HtmlTokenKind::end:
        break;
    }
  }

  void send_text(std::string_view text) {
    out_.kind = MarkupTokenKind::text;
    out_.name = {};
    out_.text = text;
    out_.attributes.clear();
    sink_(out_);
  }

  void send_start(const HtmlToken& token) {
    take_name(token.name);
    values_.clear();
    out_.attributes.clear();
    for (const auto& attribute : token.attributes) {
      const auto* known = std::ranges::find_if(known_attributes, [&](std::string_view name) {
        return equals_ignoring_case(attribute.name, name);
      });
      if (known == known_attributes.end()) continue;
      auto value = attribute.value;
      if (value.find('&') != std::string_view::npos) {
        value = values_.emplace_back(decode_references(value, ReferencePlace::attribute));
      }
      out_.attributes.push_back({*known, value});
    }
    out_.kind = MarkupTokenKind::start;
    out_.self_closing = token.self_closing;
    out_.text = {};
    sink_(out_);
    if (std::ranges::find(raw_elements, out_.name) == raw_elements.end()) return;
    const auto raw = out_.name == "script" ? tokenizer_.script_text()
                                           : tokenizer_.raw_text(out_.name).value_or("");
    const bool has_references = out_.name == "title" || out_.name == "textarea";
    send_text(has_references ? decoded(raw, ReferencePlace::text) : raw);
    out_.name = name_;
    send_end();
  }

  void send_end() {
    out_.kind = MarkupTokenKind::end;
    out_.text = {};
    out_.attributes.clear();
    sink_(out_);
  }

  void take_name(std::string_view name) {
    name_.assign(name);
    for (auto& c : name_) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    out_.name = name_;
  }

  std::string_view decoded(std::string_view text, ReferencePlace place) {
    if (text.find('&') == std::string_view::npos) return text;
    text_ = decode_references(text, place);
    return text_;
  }

  HtmlTokenizer tokenizer_;
  const MarkupSink& sink_;
  std::string_view input_;
  TextPlace place_;
  MarkupToken out_;
  std::string name_;
  std::string text_;
  std::deque<std::string> values_;  // decoded ones; their places stay
};

}  // namespace

MarkupSource html_source(std::string_view utf8) {
  return [utf8](const MarkupSink& sink) { Sender(utf8, sink).send_all(nullptr); };
}

void send_html(std::string_view utf8, const Location& location, const MarkupSink& sink) {
  Sender(utf8, sink).send_all(&location);
}

}  // namespace loccit
