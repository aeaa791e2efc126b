// Reads LaTeX by what its commands mean to a reader of citations, command by command; macros are
// expanded within bounds.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/bibtex.h"
#include "documents/document.h"
#include "documents/latex_commands.h"
#include "documents/latex_tokens.h"
#include "documents/marked_text_builder.h"
#include "documents/text_place.h"

namespace loccit {

class LatexReader {
 public:
  // Both must outlive this.
  LatexReader(const DocumentHint& hint, const ReadLimits& limits);
  MarkedText read(std::string text);

 private:
  struct Macro {
    std::string body;
    int arguments = 0;
    std::optional<std::string> first;  // default of the first argument, which is then an option
  };
  struct Environment {
    std::string name;
    LatexScope scope = LatexScope::plain;
    std::optional<LatexTokens> source;  // \begin{displayquote}[source], in the text it stands in
    std::string keys;                   // \begin{displaycquote}{key}
  };
  struct Notes {
    int series = 0;
    int count = 0;
    std::string format = "decimal";
    std::unordered_map<std::string, std::string>
        keys;  // by label: \footnotemark[2] is a mark again
  };

  // latex_reader.cpp: the flow of the text
  void read(LatexTokens tokens);
  void run(LatexTokens& tokens, const LatexToken& token);
  bool run_sign(LatexTokens& tokens, std::string_view name);
  void run_text(LatexTokens& tokens, const LatexCommand& command, const Location& at);
  void read_argument(LatexTokens& tokens);
  void add_text(std::string_view text, const Location& at);
  void heading(LatexTokens& tokens, int level, const Location& at);
  void link(std::string_view url, const Location& at);
  void math_superscript(LatexTokens& tokens);
  void begin_environment(LatexTokens& tokens);
  void end_environment(LatexTokens& tokens);
  void verbatim(LatexTokens& tokens, const Location& at);
  std::string plain(const LatexTokens& tokens, std::string_view argument);
  Location place(const LatexTokens& tokens, std::size_t offset);

  // latex_quotes.cpp: what csquotes and its like quote
  void quotation_marks(LatexTokens& tokens, int skipped, const Location& at);
  void quote_with_source(LatexTokens& tokens, const LatexCommand& command, const Location& at);
  void epigraph(LatexTokens& tokens);
  void quoted(const LatexTokens& tokens, std::string_view words, const Location& at);

  // latex_notes.cpp: notes, marks and reference lists
  void run_note(LatexTokens& tokens, std::string_view name, const LatexCommand& command,
                const Location& at);
  void note(LatexTokens& tokens, Notes& notes, const Location& at);
  void note_mark(LatexTokens& tokens, Notes& notes, const Location& at);
  void note_text(LatexTokens& tokens, Notes& notes, const Location& at);
  void note_of_entry(LatexTokens& tokens, const Location& at);
  void cite(LatexTokens& tokens, bool many, const Location& at);
  void cite_keys(std::string_view keys, const Location& at);
  void begin_entry(LatexTokens& tokens, const Location& at);
  void find_databases(LatexTokens& tokens);
  void set_counter(LatexTokens& tokens);
  void define_cited_entries();

  // latex_macros.cpp: definitions and other files
  bool expand(LatexTokens& tokens, std::string_view name);
  void define_macro(LatexTokens& tokens);
  void define_primitive(LatexTokens& tokens);
  void read_file(LatexTokens& tokens);
  std::string file(const std::string& name) const;
  const LatexSource& keep(std::string text);

  const DocumentHint& hint_;
  const ReadLimits& limits_;
  MarkedTextBuilder builder_;
  std::deque<LatexSource> sources_;
  std::optional<TextPlace> place_;
  Location last_place_;
  std::unordered_map<std::string, Macro> macros_;
  std::unordered_map<std::string, std::string> files_;  // \begin{filecontents}{name}
  std::vector<Environment> environments_;
  std::size_t depth_ = 0;
  std::size_t expanded_ = 0;  // bytes and calls of macros so far
  bool in_preamble_ = false;
  bool in_math_ = false;
  bool has_ended_ = false;
  int quotes_ = 0;

  Notes footnotes_;
  Notes endnotes_{1};
  std::size_t notes_ = 0;
  std::size_t entries_ = 0;  // of thebibliography
  bool restarts_by_chapter_ = true;
  std::vector<std::string> cited_;  // keys in order
  std::unordered_map<std::string, bool> is_defined_;
  std::unordered_map<std::string, BibEntry> database_;
  bool wants_database_ = false;
};

}  // namespace loccit
