#include "documents/latex_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "documents/code_points.h"
#include "documents/latex_signs.h"
#include "documents/readers.h"

namespace loccit {
namespace {

constexpr std::size_t deepest = 48;  // arguments in arguments

std::string unescaped_url(std::string_view argument) {
  std::string url;
  for (std::size_t at = 0; at < argument.size(); ++at) {
    if (argument[at] == '\\' && at + 1 < argument.size()) continue;
    if (argument[at] != ' ' && argument[at] != '\n' && argument[at] != '\t') url += argument[at];
  }
  return url;
}

}  // namespace

LatexReader::LatexReader(const DocumentHint& hint, const ReadLimits& limits)
    : hint_(hint), limits_(limits), builder_(limits) {
  macros_.emplace("texorpdfstring", Macro{"#1", 2, {}});  // the other is for bookmarks
}

MarkedText LatexReader::read(std::string text) {
  const LatexSource& source = sources_.emplace_back(std::move(text), true);
  place_.emplace(source.text());
  // A file without a document environment is a part of one: all of it is text.
  in_preamble_ = source.text().find("\\begin{document}") != std::string_view::npos;
  read(LatexTokens(source));
  define_cited_entries();
  MarkedText marked = builder_.finish(false);
  marked.title_is_no_heading = !marked.title.empty();
  return marked;
}

Location LatexReader::place(const LatexTokens& tokens, std::size_t offset) {
  if (tokens.source().is_main()) last_place_ = place_->at(offset);
  return last_place_;
}

void LatexReader::read(LatexTokens tokens) {
  if (depth_ >= deepest) return builder_.warn("arguments are nested too deep", last_place_);
  ++depth_;
  while (!has_ended_ && !builder_.full()) {
    const LatexToken token = tokens.next();
    if (token.kind == LatexTokenKind::end) break;
    switch (token.kind) {
      case LatexTokenKind::command:
        run(tokens, token);
        break;
      case LatexTokenKind::blank_line:
        in_math_ = false;  // no formula goes over a paragraph's end: a sign of money
        if (!in_preamble_) builder_.end_part();
        break;
      case LatexTokenKind::alignment:
        if (!environments_.empty() && environments_.back().scope == LatexScope::table)
          builder_.begin_part(PartKind::cell, 0, place(tokens, token.offset));
        break;
      case LatexTokenKind::math:
        in_math_ = !in_math_;
        break;
      case LatexTokenKind::display_math:
        tokens.up_to("$$");
        break;
      case LatexTokenKind::superscript:
        math_superscript(tokens);
        break;
      case LatexTokenKind::subscript:
        if (!in_math_) add_text("_", place(tokens, token.offset));
        break;
      case LatexTokenKind::text:
        add_text(token.text, place(tokens, token.offset));
        break;
      default:  // braces group, and say nothing
        break;
    }
  }
  --depth_;
}

void LatexReader::add_text(std::string_view text, const Location& at) {
  if (!in_preamble_) builder_.add_text(text, at);
}

void LatexReader::read_argument(LatexTokens& tokens) {
  const auto argument = tokens.argument();
  read(tokens.part(argument));
}

void LatexReader::math_superscript(LatexTokens& tokens) {
  if (!in_math_) return;
  builder_.begin_raised();
  read_argument(tokens);
  builder_.end_raised();
}

bool LatexReader::run_sign(LatexTokens& tokens, std::string_view name) {
  const auto at = place(tokens, tokens.offset());
  if (is_latex_accent(name)) {
    add_text(accented(name, trimmed(tokens.argument())), at);
  } else if (const auto sign = latex_sign(name)) {
    add_text(*sign, at);
  } else if (name == "(" || name == ")") {
    in_math_ = name == "(";
  } else if (name == "[") {
    tokens.up_to("\\]");
  } else {
    return false;
  }
  return true;
}

void LatexReader::run(LatexTokens& tokens, const LatexToken& token) {
  const auto name = token.text;
  const LatexCommand command = latex_command(name);
  const bool may_be_redefined = command.meaning == LatexMeaning::unknown ||
                                command.meaning == LatexMeaning::skip ||
                                command.meaning == LatexMeaning::quotation_marks;
  if (may_be_redefined && expand(tokens, name)) return;
  if (command.meaning == LatexMeaning::unknown && run_sign(tokens, name)) return;
  tokens.take('*');
  const auto at = place(tokens, token.offset);
  switch (command.meaning) {
    case LatexMeaning::unknown:
      tokens.option();
      break;
    case LatexMeaning::skip:
      while (tokens.option()) {
      }
      for (int i = 0; i < command.arguments; ++i) tokens.argument();
      break;
    case LatexMeaning::title:
      tokens.option();
      builder_.set_title(plain(tokens, tokens.argument()));
      break;
    case LatexMeaning::begin:
      begin_environment(tokens);
      break;
    case LatexMeaning::end:
      end_environment(tokens);
      break;
    case LatexMeaning::macro:
      define_macro(tokens);
      break;
    case LatexMeaning::primitive:
      define_primitive(tokens);
      break;
    case LatexMeaning::input:
      read_file(tokens);
      break;
    case LatexMeaning::bibliography:
      find_databases(tokens);
      break;
    case LatexMeaning::set_counter:
      set_counter(tokens);
      break;
    default:
      if (!in_preamble_) run_text(tokens, command, at);
      if (!in_preamble_) run_note(tokens, name, command, at);
      break;
  }
}

void LatexReader::run_text(LatexTokens& tokens, const LatexCommand& command, const Location& at) {
  switch (command.meaning) {
    case LatexMeaning::heading:
      heading(tokens, command.arguments, at);
      break;
    case LatexMeaning::link: {
      const auto url = unescaped_url(tokens.argument());
      const bool is_link = url.starts_with("http://") || url.starts_with("https://");
      if (is_link) builder_.begin_link(url, LinkOrigin::absolute, at);
      read_argument(tokens);
      if (is_link) builder_.end_link();
      break;
    }
    case LatexMeaning::url:
      link(unescaped_url(tokens.argument()), at);
      break;
    case LatexMeaning::doi:
      link("https://doi.org/" + unescaped_url(tokens.argument()), at);
      break;
    case LatexMeaning::quotation_marks:
      quotation_marks(tokens, command.arguments, at);
      break;
    case LatexMeaning::quote_and_source:
    case LatexMeaning::quote_and_key:
    case LatexMeaning::block_and_source:
    case LatexMeaning::block_and_key:
      quote_with_source(tokens, command, at);
      break;
    case LatexMeaning::epigraph:
      epigraph(tokens);
      break;
    case LatexMeaning::raised:
      builder_.begin_raised();
      read_argument(tokens);
      builder_.end_raised();
      break;
    case LatexMeaning::item:
      builder_.begin_part(PartKind::list_item, 0, at);
      if (const auto label = tokens.option()) {
        read(tokens.part(*label));
        builder_.add_text(" ");
      }
      break;
    case LatexMeaning::caption:
      tokens.option();
      builder_.begin_part(PartKind::paragraph, 0, at);
      read_argument(tokens);
      builder_.end_part();
      break;
    case LatexMeaning::verbatim:
      verbatim(tokens, at);
      break;
    case LatexMeaning::paragraph:
      builder_.end_part();
      break;
    case LatexMeaning::line_break:
      tokens.option();
      if (!environments_.empty() && environments_.back().scope == LatexScope::table) {
        builder_.begin_part(PartKind::cell, 0, at);
      } else {
        builder_.add_line_break();
      }
      break;
    default:
      break;
  }
}

void LatexReader::heading(LatexTokens& tokens, int level, const Location& at) {
  constexpr int chapter = 2;
  if (level == chapter && restarts_by_chapter_) footnotes_.count = 0;
  tokens.option();
  builder_.begin_part(PartKind::heading, level, at);
  read_argument(tokens);
  builder_.end_part();
}

void LatexReader::link(std::string_view url, const Location& at) {
  const bool is_link = url.starts_with("http://") || url.starts_with("https://");
  if (is_link) builder_.begin_link(std::string(url), LinkOrigin::absolute, at);
  builder_.add_text(url, at);
  if (is_link) builder_.end_link();
}

void LatexReader::verbatim(LatexTokens& tokens, const Location& at) {
  tokens.option();
  const auto rest = tokens.rest();
  if (rest.empty()) return;
  builder_.begin_code();
  if (const auto code = tokens.group()) {
    builder_.add_text(*code, at);
  } else {
    const auto delimiter = tokens.argument();
    if (!delimiter.empty()) builder_.add_text(tokens.up_to(delimiter), at);
  }
  builder_.end_code();
}

void LatexReader::begin_environment(LatexTokens& tokens) {
  const auto name = std::string(tokens.argument());
  const auto [scope, arguments] = latex_environment(name);
  if (scope == LatexScope::document) {
    in_preamble_ = false;
    return;
  }
  if (scope == LatexScope::unread) {
    tokens.option();
    const auto file_name = name.starts_with("filecontents") ? tokens.group() : std::nullopt;
    const auto content = tokens.up_to("\\end{" + name + "}");
    if (file_name) files_.emplace(*file_name, content);
    return;
  }
  if (in_preamble_) return;
  Environment environment{name, scope, {}, {}};
  if (const auto option = tokens.option();
      option && !option->empty() && scope == LatexScope::quotation)
    environment.source = tokens.part(*option);
  tokens.option();
  for (int i = 0; i < arguments; ++i) tokens.argument();
  if (name.ends_with("cquote")) {
    environment.source.reset();
    while (tokens.option()) {
    }
    environment.keys = tokens.group().value_or("");
  }
  environments_.push_back(std::move(environment));
  if (scope == LatexScope::quotation) {
    builder_.begin_quotation();
  } else if (scope == LatexScope::table) {
    builder_.begin_part(PartKind::cell);
  } else {
    builder_.end_part();
  }
}

void LatexReader::end_environment(LatexTokens& tokens) {
  const auto name = tokens.argument();
  if (name == "document") {
    has_ended_ = true;
    return;
  }
  const auto open = std::find_if(environments_.rbegin(), environments_.rend(),
                                 [&](const Environment& e) { return e.name == name; });
  if (open == environments_.rend()) return;
  const auto keep = static_cast<std::size_t>(environments_.rend() - open) - 1;
  while (environments_.size() > keep) {  // inner ones that nothing closed end too
    const Environment ended = std::move(environments_.back());
    environments_.pop_back();
    if (ended.scope == LatexScope::quotation) {
      if (ended.source) {
        builder_.begin_attribution();
        read(*ended.source);
        builder_.end_attribution();
      }
      cite_keys(ended.keys, last_place_);
      builder_.end_quotation();
    } else if (ended.scope == LatexScope::bibliography) {
      builder_.end_note();
    } else {
      builder_.end_part();
    }
  }
}

std::string LatexReader::plain(const LatexTokens& tokens, std::string_view argument) {
  MarkedTextBuilder waiting(limits_);
  std::swap(waiting, builder_);
  const bool in_preamble = std::exchange(in_preamble_, false);
  read(tokens.part(argument));
  const MarkedText text = builder_.finish(false);
  in_preamble_ = in_preamble;
  std::swap(waiting, builder_);
  std::string words;
  for (const Part& part : text.parts) words += (words.empty() ? "" : " ") + part.text;
  return words;
}

Result<MarkedText> read_latex(Bytes content, const DocumentHint& hint, const ReadLimits& limits) {
  return LatexReader(hint, limits).read(decode_text(content, "utf-8").text);
}

}  // namespace loccit
