// Quotations of csquotes and its like: marks in the text, and blocks with the source in an option.
#include "documents/latex_reader.h"

namespace loccit {

void LatexReader::quoted(const LatexTokens& tokens, std::string_view words, const Location& at) {
  const bool is_inner = quotes_++ % 2 == 1;
  builder_.add_text(is_inner ? "\u2018" : "\u201C", at);
  read(tokens.part(words));
  builder_.add_text(is_inner ? "\u2019" : "\u201D", at);
  --quotes_;
}

void LatexReader::quotation_marks(LatexTokens& tokens, int skipped, const Location& at) {
  for (int i = 0; i < skipped; ++i) tokens.argument();
  quoted(tokens, tokens.argument(), at);
}

// \textquote[source][punctuation]{words}, \textcquote[before][after]{key}[punctuation]{words}, and
// the same with "block".
void LatexReader::quote_with_source(LatexTokens& tokens, const LatexCommand& command,
                                    const Location& at) {
  const bool is_block = command.meaning == LatexMeaning::block_and_source ||
                        command.meaning == LatexMeaning::block_and_key;
  const bool has_key = command.meaning == LatexMeaning::quote_and_key ||
                       command.meaning == LatexMeaning::block_and_key;
  for (int i = 0; i < command.arguments; ++i) tokens.argument();
  std::string_view source = tokens.option().value_or("");
  tokens.option();
  std::string_view keys;
  if (has_key) {
    source = {};
    keys = tokens.argument();
    tokens.option();
  }
  const auto words = tokens.argument();
  if (!is_block) {
    quoted(tokens, words, at);
    read(tokens.part(source.empty() ? words.substr(0, 0) : source));
    cite_keys(keys, at);
    return;
  }
  builder_.begin_quotation();
  read(tokens.part(words));
  cite_keys(keys, at);
  if (!source.empty()) {
    builder_.begin_attribution();
    read(tokens.part(source));
    builder_.end_attribution();
  }
  builder_.end_quotation();
}

void LatexReader::epigraph(LatexTokens& tokens) {
  builder_.begin_quotation();
  read_argument(tokens);
  builder_.begin_attribution();
  read_argument(tokens);
  builder_.end_attribution();
  builder_.end_quotation();
}

}  // namespace loccit
