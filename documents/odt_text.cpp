#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "base/zip.h"
#include "documents/html_entities.h"
#include "documents/office_text.h"
#include "documents/text_builder.h"
#include "documents/xml_text.h"

namespace loccit {
namespace {

constexpr std::size_t max_mark = 64;

enum class Part { body, notes };

// OpenDocument 1.2 part 1 §5 and §6. Read twice: once for the text, once for its notes, which stand
// in mid-sentence.
class OdtReader {
 public:
  OdtReader(std::string_view xml, Part part, TextBuilder& builder)
      : tokenizer_(xml), part_(part), builder_(builder) {
    tokenizer_.allow_cdata(true);
  }

  void read() {
    HtmlToken token;
    for (tokenizer_.next(token); token.kind != HtmlTokenKind::end; tokenizer_.next(token)) {
      if (token.kind == HtmlTokenKind::start_tag) {
        start(token);
      } else if (token.kind == HtmlTokenKind::end_tag) {
        end(local_name(token));
      } else if (paragraphs_ > 0 && is_wanted()) {
        builder_.words(decode_references(token.text, ReferencePlace::text));
      }
    }
    builder_.end_block();
  }

 private:
  bool is_wanted() const { return part_ == Part::body || notes_ > 0; }

  void start(const HtmlToken& token) {
    const std::string_view name = local_name(token);
    if (name == "tracked-changes" || name == "annotation" || name == "forms" ||
        name == "hidden-text" || name == "ruby-text" || name == "hidden-paragraph" ||
        (name == "note-body" && part_ == Part::body)) {
      return pass_over(tokenizer_, token);
    }
    if (token.self_closing) return leaf(name);
    if (name == "note-body") ++notes_;
    if (name == "p" || name == "h") {
      ++paragraphs_;
      if (is_wanted()) builder_.end_block();
      builder_.set_kind(name == "h"  ? BlockKind::heading
                        : cells_ > 0 ? BlockKind::cell
                                     : BlockKind::paragraph);
    }
    if (name == "table-cell") ++cells_;
    if (name == "note-citation" && part_ == Part::body)
      mark_ = builder_.open_skip(SkipKind::note_mark);
    leaf(name);
  }

  void leaf(std::string_view name) {
    if (paragraphs_ == 0 || !is_wanted()) return;
    if (name == "s" || name == "tab") builder_.words(" ");
    if (name == "line-break") builder_.end_block();
  }

  void end(std::string_view name) {
    if (name == "note-body" && notes_ > 0) --notes_;
    if (name == "table-cell" && cells_ > 0) --cells_;
    if (name == "note-citation" && part_ == Part::body && mark_) {
      builder_.close_skip(*mark_, max_mark);
      mark_.reset();
    }
    if ((name != "p" && name != "h") || paragraphs_ == 0) return;
    if (is_wanted()) builder_.end_block();
    --paragraphs_;
  }

  HtmlTokenizer tokenizer_;
  Part part_;
  TextBuilder& builder_;
  std::size_t paragraphs_ = 0;
  std::size_t notes_ = 0;
  std::size_t cells_ = 0;
  std::optional<std::size_t> mark_;
};

}  // namespace

Result<TextContent> odt_content(Bytes file, const ReadLimits& limits) {
  const auto members = read_zip(
      file, [](std::string_view name) { return name == "content.xml"; }, limits);
  if (!members) return tl::unexpected(members.error());
  if (members->empty()) return fail(FailureKind::malformed, "the ODT file holds no content.xml");
  const std::string xml = decode_text(members->front().content, {}).text;
  // Only the body is text: the styles before it hold words too.
  const std::string_view body =
      std::string_view(xml).substr(std::min(xml.find("<office:body"), xml.size()));
  TextContent content;
  content.charset = "utf-8";
  TextBuilder builder(content, limits.max_output);
  for (const Part part : {Part::body, Part::notes}) OdtReader(body, part, builder).read();
  builder.finish();
  return content;
}

}  // namespace loccit
