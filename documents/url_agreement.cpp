#include "documents/url_agreement.h"

#include <utility>

#include "documents/url_characters.h"
#include "documents/url_end.h"

namespace loccit {
namespace {

// Walks print and annotation side by side. Print may have blanks anywhere; a blank may stand for a
// lost "_".
std::optional<UrlAgreement> agree(std::string_view text, const UrlBeginning& from,
                                  const std::string& annotation) {
  const std::string_view target = from.is_doi && annotation.find("10.") != std::string::npos
                                      ? std::string_view(annotation).substr(annotation.find("10."))
                                      : after_scheme(annotation);
  UrlAgreement agreement{from.body, std::string(annotation, 0, annotation.size() - target.size())};
  std::size_t at = from.body;
  for (std::size_t i = 0; i < target.size();) {
    if (at < text.size() && text[at] == target[i]) {
      agreement.url += target[i++];
      ++at;
    } else if (const std::size_t hyphenation = hyphenation_at(text, at)) {
      if (target[i] == '-') agreement.url += target[i++];
      agreement.mended = true;
      at += hyphenation;
    } else if (const std::size_t hyphen = typographic_hyphen_at(text, at);
               hyphen != 0 && target[i] == '-') {
      agreement.url += target[i++];
      at += hyphen;
    } else if (at < text.size() && is_space(text[at])) {
      const std::size_t next = skip_spaces(text, at);
      if (target.substr(i).starts_with("%20")) {
        i += 3;
        agreement.undone_blank = true;
      } else if (target[i] == '_' && (next >= text.size() || text[next] != '_')) {
        agreement.url += target[i++];
      }
      agreement.mended = true;
      at = next;
    } else if (target[i] == '/' && i + 1 == target.size()) {
      agreement.url += target[i++];  // print leaves the last slash out
    } else {
      return std::nullopt;
    }
  }
  agreement.end = at;
  // Print that goes on at once means the annotation is of a shorter URL, or of one line of this
  // one.
  std::size_t printed_end = end_of_url_run(text, at);
  cut_glued_punctuation(text, from.body, printed_end);
  if (printed_end > at || agreement.url.ends_with('-')) return std::nullopt;
  return agreement;
}

}  // namespace

std::optional<UrlAgreement> best_agreement(std::string_view text, const UrlBeginning& from,
                                           const std::vector<std::string>& annotations) {
  std::optional<UrlAgreement> best;
  for (const std::string& annotation : annotations) {
    auto agreement = agree(text, from, annotation);
    if (agreement && (!best || agreement->end > best->end)) best = std::move(agreement);
  }
  return best;
}

}  // namespace loccit
