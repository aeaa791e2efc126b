#include "documents/odt_styles.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "documents/xml_events.h"

namespace loccit {
namespace {

// "1.27cm", "0.5in", "36pt" in twentieths of a point; nullopt for percentages and nonsense.
std::optional<int> length(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < -1000 || value > 1000) return std::nullopt;
  const auto unit = std::string_view(text).substr(static_cast<std::size_t>(end - text.data()));
  if (unit == "cm") return static_cast<int>(value * 567);
  if (unit == "mm") return static_cast<int>(value * 56.7);
  if (unit == "in") return static_cast<int>(value * 1440);
  if (unit == "pt") return static_cast<int>(value * 20);
  return std::nullopt;
}

void read_styles(const OfficeFile& file, const std::string& part, const ReadLimits& limits,
                 OfficeStyles& styles) {
  if (!file.has(part)) return;
  XmlEvents xml(file.part(part), file.describe(part), limits);
  std::string id;
  OfficeStyle style;
  while (xml.next()) {
    if (xml.kind() == XmlEventKind::end && xml.name() == "style" && !id.empty()) {
      styles.add(id, std::move(style));
      id.clear();
    }
    if (xml.kind() != XmlEventKind::start) continue;
    if (xml.name() == "body") return;  // the text: no styles follow
    if (xml.name() == "style") {
      id = xml.attribute("name");
      style = OfficeStyle{};
      style.name = xml.has_attribute("display-name") ? xml.attribute("display-name") : id;
      style.parent = xml.attribute("parent-style-name");
      const auto level = xml.attribute("default-outline-level");
      if (!level.empty() && level[0] >= '1' && level[0] <= '9') style.level = level[0] - '0';
    } else if (xml.name() == "paragraph-properties") {
      style.indent_left = length(xml.attribute("margin-left"));
      style.indent_right = length(xml.attribute("margin-right"));
    } else if (xml.name() == "text-properties") {
      const auto position = xml.attribute("text-position");
      if (!position.empty()) {
        style.raised = position.starts_with("super") ||
                       (position[0] >= '1' && position[0] <= '9');  // "33% 58%"
      }
      if (xml.attribute("display") == "none") style.hidden = true;
    }
  }
}

}  // namespace

OfficeStyles odt_styles(const OfficeFile& file, const ReadLimits& limits) {
  OfficeStyles styles;
  read_styles(file, "styles.xml", limits, styles);
  read_styles(file, "content.xml", limits, styles);
  styles.resolve();
  return styles;
}

}  // namespace loccit
