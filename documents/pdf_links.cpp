#include "documents/pdf_links.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/process.h"
#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr std::size_t most_links_of_page = 2000;
constexpr std::size_t most_boxes_of_page = 4000;
constexpr int most_generations = 50;        // of page tree nodes
constexpr double most_of_page = 0.4;        // a link over more is the page's, not of its words
constexpr double most_uncovered = 0.25;     // of a letter's width
constexpr double sign_width = 0.6;          // likewise
constexpr double least_covered_word = 0.5;  // of its width

// The objects of `qpdf --json=2`. In it names are "/Name", strings "u:text", references "12 0 R".
class Objects {
 public:
  explicit Objects(const Json& json) : json_(json) {
    const Json* parts = json.find("qpdf");
    const Json::Array* both = parts != nullptr ? parts->as_array() : nullptr;
    if (both == nullptr || both->size() < 2) return;
    const Json::Object* objects = (*both)[1].as_object();
    if (objects == nullptr) return;
    for (const auto& [name, object] : *objects) {
      const Json* value = object.find("value");
      if (value != nullptr && name.starts_with("obj:"))
        by_reference_.emplace(std::string_view(name).substr(4), value);
    }
  }

  std::vector<const Json*> pages() const {
    std::vector<const Json*> pages;
    const Json* listed = json_.find("pages");
    if (listed == nullptr || listed->as_array() == nullptr) return pages;
    for (const Json& page : *listed->as_array()) pages.push_back(resolved(page.find("object")));
    return pages;
  }

  // Of a dictionary, followed where it is a reference; nullptr where there is none.
  const Json* member(const Json* dictionary, std::string_view name) const {
    return dictionary == nullptr ? nullptr : resolved(dictionary->find(name));
  }

  // Pages have from the nodes above them what they do not say themselves (ISO 32000-1 §7.7.3.4).
  const Json* inherited(const Json* page, std::string_view name) const {
    for (int i = 0; i < most_generations && page != nullptr; ++i) {
      if (const Json* found = member(page, name)) return found;
      page = member(page, "/Parent");
    }
    return nullptr;
  }

  const Json* resolved(const Json* value) const {
    for (int i = 0; i < most_generations && value != nullptr; ++i) {
      const std::string* text = value->as_string();
      if (text == nullptr || !text->ends_with(" R")) return value;
      const auto found = by_reference_.find(*text);
      value = found == by_reference_.end() ? nullptr : found->second;
    }
    return value;
  }

  bool is(const Json* dictionary, std::string_view name, std::string_view value) const {
    const Json* found = member(dictionary, name);
    return found != nullptr && found->as_string() != nullptr && *found->as_string() == value;
  }

 private:
  const Json& json_;
  std::unordered_map<std::string_view, const Json*> by_reference_;
};

std::vector<double> numbers(const Json* json) {
  std::vector<double> values;
  if (json == nullptr || json->as_array() == nullptr) return values;
  for (const Json& each : *json->as_array()) {
    double value = 0;
    if (each.as_integer() != nullptr)
      value = static_cast<double>(*each.as_integer());
    else if (each.as_double() != nullptr)
      value = *each.as_double();
    else
      return {};
    values.push_back(std::isfinite(value) ? value : 0);
  }
  return values;
}

// From a PDF's own space, whose y grows upwards, to what a reader has before him: the corner of the
// media box at the upper left, and the page turned (ISO 32000-1 §8.3.2.3, /Rotate).
class View {
 public:
  View(const Objects& objects, const Json* page) {
    const std::vector<double> media = numbers(objects.inherited(page, "/MediaBox"));
    if (media.size() == 4) {
      left_ = std::min(media[0], media[2]);
      right_ = std::max(media[0], media[2]);
      bottom_ = std::min(media[1], media[3]);
      top_ = std::max(media[1], media[3]);
    }
    const Json* turned = objects.inherited(page, "/Rotate");
    if (turned != nullptr && turned->as_integer() != nullptr)
      quarters_ = static_cast<int>(((*turned->as_integer() / 90) % 4 + 4) % 4);
  }

  PdfBox box(double x1, double y1, double x2, double y2) const {
    const auto [ax, ay] = seen(x1, y1);
    const auto [bx, by] = seen(x2, y2);
    return {std::min(ax, bx), std::min(ay, by), std::max(ax, bx), std::max(ay, by)};
  }

 private:
  std::pair<double, double> seen(double x, double y) const {
    switch (quarters_) {
      case 1:
        return {y - bottom_, x - left_};
      case 2:
        return {right_ - x, y - bottom_};
      case 3:
        return {top_ - y, right_ - x};
      default:
        return {x - left_, top_ - y};
    }
  }

  double left_ = 0, bottom_ = 0, right_ = 612, top_ = 792;
  int quarters_ = 0;
};

bool lies_in(const PdfBox& inner, const PdfBox& outer) {
  constexpr double slack = 1;
  return inner.left >= outer.left - slack && inner.right <= outer.right + slack &&
         inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
}

// A link over several lines says with /QuadPoints which parts of its rectangle it covers; those
// outside of it do not count (ISO 32000-1 §12.5.6.5).
std::vector<PdfBox> boxes_of(const Objects& objects, const Json* annotation, const View& view) {
  const std::vector<double> rectangle = numbers(objects.member(annotation, "/Rect"));
  if (rectangle.size() != 4) return {};
  const PdfBox whole = view.box(rectangle[0], rectangle[1], rectangle[2], rectangle[3]);
  const std::vector<double> quads = numbers(objects.member(annotation, "/QuadPoints"));
  std::vector<PdfBox> boxes;
  for (std::size_t i = 0; i + 8 <= quads.size(); i += 8) {
    const auto [x1, x2] = std::minmax({quads[i], quads[i + 2], quads[i + 4], quads[i + 6]});
    const auto [y1, y2] = std::minmax({quads[i + 1], quads[i + 3], quads[i + 5], quads[i + 7]});
    boxes.push_back(view.box(x1, y1, x2, y2));
    if (!lies_in(boxes.back(), whole)) return {whole};
  }
  if (boxes.empty()) boxes.push_back(whole);
  return boxes;
}

std::optional<std::string> target_of(const Objects& objects, const Json* annotation) {
  const Json* action = objects.member(annotation, "/A");
  if (!objects.is(annotation, "/Subtype", "/Link") || !objects.is(action, "/S", "/URI"))
    return std::nullopt;
  const Json* uri = objects.member(action, "/URI");
  const std::string* text = uri != nullptr ? uri->as_string() : nullptr;
  if (text == nullptr || !text->starts_with("u:")) return std::nullopt;
  std::string target(trimmed(std::string_view(*text).substr(2)));
  if (target.find("://") == std::string::npos) return std::nullopt;
  return target;
}

std::vector<PdfLink> links_of(const Objects& objects, const Json* page) {
  std::vector<PdfLink> links;
  const Json* listed = objects.member(page, "/Annots");
  if (listed == nullptr || listed->as_array() == nullptr) return links;
  const View view(objects, page);
  for (const Json& each : *listed->as_array()) {
    if (links.size() == most_links_of_page) break;
    const Json* annotation = objects.resolved(&each);
    if (auto target = target_of(objects, annotation))
      links.push_back({std::move(*target), boxes_of(objects, annotation, view)});
  }
  return links;
}

// Poppler's words have the punctuation around them: what of it stands outside of the box is cut
// off, sign by sign.
TextRange covered_part(const PdfWord& word, const PdfBox& box) {
  const auto letters = static_cast<double>(std::max<std::size_t>(1, word.text.size()));
  const double letter = (word.box.right - word.box.left) / letters;
  const auto is_sign = [](char32_t c) { return !is_letter(c) && !is_digit(c); };
  std::size_t begin = 0, end = word.text.size();
  for (double bare = box.left - word.box.left; bare > most_uncovered * letter;
       bare -= sign_width * letter) {
    std::size_t next = begin;
    if (begin == end || !is_sign(next_code_point(word.text, next))) break;
    begin = next;
  }
  for (double bare = word.box.right - box.right; bare > most_uncovered * letter;
       bare -= sign_width * letter) {
    if (begin == end || !is_sign(code_point_before(word.text, end))) break;
    end = start_of_code_point_before(word.text, end);
  }
  return {begin, end};
}

void place(PdfPage& page, std::size_t link, const PdfBox& box) {
  for (PdfLine& line : page.lines) {
    if (line.box.bottom < box.top || line.box.top > box.bottom) continue;
    for (PdfWord& word : line.words) {
      const double middle = (word.box.top + word.box.bottom) / 2;
      const double covered =
          std::min(word.box.right, box.right) - std::max(word.box.left, box.left);
      if (middle < box.top || middle > box.bottom || word.link != no_link ||
          covered < least_covered_word * (word.box.right - word.box.left))
        continue;
      word.linked = covered_part(word, box);
      if (word.linked.begin < word.linked.end) word.link = link;
    }
  }
}

}  // namespace

Result<void> add_links(PdfLayout& layout, std::string_view objects, const ReadLimits& limits) {
  const auto json = parse_json(objects, limits);
  if (!json) return tl::unexpected(json.error());
  const Objects all(*json);
  const std::vector<const Json*> pages = all.pages();
  for (std::size_t p = 0; p < std::min(pages.size(), layout.pages.size()); ++p) {
    PdfPage& page = layout.pages[p];
    page.links = links_of(all, pages[p]);
    std::size_t placed = 0;
    for (std::size_t link = 0; link < page.links.size(); ++link) {
      for (const PdfBox& box : page.links[link].boxes) {
        if (++placed > most_boxes_of_page) break;
        const double share =
            (box.right - box.left) * box.height() / std::max(1.0, page.width * page.height);
        if (share <= most_of_page) place(page, link, box);
      }
    }
  }
  return {};
}

Result<void> read_links(PdfLayout& layout, Bytes pdf, const std::string& password,
                        const ReadLimits& limits) {
  // Only objects in compressed streams can hide the word that every link has.
  if (pdf.find("/URI") == Bytes::npos && pdf.find("/ObjStm") == Bytes::npos) return {};
  std::vector<std::string> argv = {
      "qpdf",     "--json=2", "--json-key=qpdf", "--json-key=pages", "--json-stream-data=none",
      "--no-warn"};
  if (!password.empty()) argv.push_back("--password=" + password);
  argv.emplace_back("/dev/stdin");
  const auto listed = run_child(argv, pdf, {.max_time = limits.max_time, .max_output = 64U << 20U});
  if (!listed) return tl::unexpected(listed.error());
  constexpr int warned = 3;
  if (listed->exit_code != 0 && listed->exit_code != warned)
    return fail(FailureKind::malformed,
                "qpdf: " + listed->errors.substr(0, listed->errors.find('\n')));
  return add_links(layout, listed->output, limits);
}

}  // namespace loccit
