// What the names of word processors' paragraph styles mean, in the languages that they come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loccit {

bool is_quotation_style(
    std::string_view name);  // "Quote", "Intense Quote", "Block Text", "Quotations", "Zitat", …
bool is_title_style(std::string_view name);      // "Title", "Titel", "Titre", …
bool is_contents_style(std::string_view name);   // "toc 1", "Contents 1", "Verzeichnis 1", …
bool is_code_style(std::string_view name);       // "Source Code", "HTML Preformatted", …
int heading_style_level(std::string_view name);  // "heading 2", "Überschrift 2", …; 0 for others

// What matters of a paragraph style, its ancestors' part included (resolve()).
struct OfficeStyle {
  std::string name;
  std::string parent;              // id
  std::optional<int> level;        // of the outline, 1 at the top; 0: body text
  std::optional<int> indent_left;  // twentieths of a point
  std::optional<int> indent_right;
  std::optional<bool> raised;
  std::optional<bool> hidden;
  bool is_quotation = false;
  bool is_title = false;
  bool is_contents = false;
  bool is_code = false;
};

// Quotation by style, or by indentation on both sides; on the left alone it may be a list or a
// clause.
bool is_quotation_paragraph(const OfficeStyle& style);

class OfficeStyles {
 public:
  void add(const std::string& id, OfficeStyle style);
  void set_default(const std::string& id) { default_ = id; }
  const std::string& default_id() const { return default_; }
  // Lets each style have what its parents say; cycles and long chains end after 32.
  void resolve();
  const OfficeStyle& at(const std::string& id) const;  // a blank one where there is none

 private:
  std::unordered_map<std::string, OfficeStyle> styles_;
  std::string default_;
};

}  // namespace loccit
