#include "ci/marked_html.h"

#include "ci/escape.h"

namespace loccit {
namespace {

std::string element(const char* tag, const char* classes, const char* said,
                    const std::string& text) {
  return std::string("<") + tag +
         (*classes != '\0' ? std::string(" class=\"") + classes + "\"" : "") +
         "><span class=\"unseen\">[" + said + ": </span>" + escape_markup(text) +
         "<span class=\"unseen\">]</span></" + tag + ">";
}

}  // namespace

std::string marked_html(const Pieces& pieces, const char* tag, const char* said) {
  std::string html;
  for (const Piece& piece : pieces) {
    switch (piece.mark) {
      case Mark::same:
        html += escape_markup(piece.text);
        break;
      case Mark::context:
        html += "<span class=\"soft\">" + escape_markup(piece.text) + "</span>";
        break;
      case Mark::wording:
        html += element(tag, "", said, piece.text);
        break;
      case Mark::meaning:
        html += element(tag, "meaning", said, piece.text);
        break;
      case Mark::missing:
        html += element(tag, "", "not at the source", piece.text);
        break;
    }
  }
  return html;
}

}  // namespace loccit
