#include "documents/latex_commands.h"

#include <initializer_list>
#include <string>
#include <unordered_map>

namespace loccit {
namespace {

using Commands = std::unordered_map<std::string_view, LatexCommand>;

void add(Commands& table, LatexMeaning meaning, int arguments,
         std::initializer_list<std::string_view> names) {
  for (const auto name : names) table.emplace(name, LatexCommand{meaning, arguments});
}

Commands make_commands() {
  using M = LatexMeaning;
  Commands table;
  add(table, M::skip, 0,
      {"maketitle",   "tableofcontents", "listoffigures", "listoftables", "printbibliography",
       "centering",   "noindent",        "newpage",       "clearpage",    "appendix",
       "frontmatter", "mainmatter",      "backmatter",    "bfseries",     "itshape",
       "small",       "footnotesize",    "large",         "Large",        "huge",
       "today",       "makeatletter",    "makeatother",   "printindex",   "phantomsection",
       "hline",       "toprule",         "midrule",       "bottomrule",   "MakeOuterQuote"});
  add(table, M::skip, 1,
      {"label",
       "ref",
       "pageref",
       "eqref",
       "autoref",
       "cref",
       "Cref",
       "nameref",
       "vref",
       "index",
       "glossary",
       "vspace",
       "hspace",
       "includegraphics",
       "usepackage",
       "RequirePackage",
       "documentclass",
       "documentstyle",
       "pagestyle",
       "thispagestyle",
       "bibliographystyle",
       "hyphenation",
       "graphicspath",
       "geometry",
       "hypersetup",
       "color",
       "textcolor",
       "colorbox",
       "author",
       "date",
       "affil",
       "institute",
       "address",
       "email",
       "keywords",
       "theoremstyle",
       "captionsetup",
       "selectlanguage",
       "foreignlanguage",
       "parbox",
       "cline",
       "cmidrule",
       "scalebox",
       "raisebox",
       "todo",
       "nocite",
       "bibinfo",
       "pdfinfo",
       "citetext",
       "tikzset",
       "lstset",
       "sisetup",
       "microtypesetup",
       "setmainfont",
       "setmainlanguage",
       "setotherlanguage",
       "setdefaultlanguage",
       "linespread",
       "pagenumbering",
       "includepdf",
       "setstretch",
       "subtitle",
       "MakeShortVerb",
       "usetikzlibrary",
       "input@path",
       "bibitemdeclare",
       "hphantom",
       "vphantom",
       "phantom",
       "markright",
       "ProvidesPackage",
       "NeedsTeXFormat",
       "hypertarget",
       "hyperlink"});
  add(table, M::skip, 2,
      {"setlength", "addtolength", "addtocounter", "newtheorem", "DeclareMathOperator", "markboth",
       "multicolumn", "multirow", "resizebox", "fontsize", "pdfbookmark", "rule", "fancyhead",
       "bibfield", "newcounter", "titlespacing", "titleformat", "DeclareFieldFormat", "let"});
  add(table, M::skip, 3, {"addcontentsline", "definecolor"});
  add(table, M::heading, 1, {"part", "addpart"});
  add(table, M::heading, 2, {"chapter", "addchap"});
  add(table, M::heading, 3, {"section", "addsec"});
  add(table, M::heading, 4, {"subsection", "frametitle"});
  add(table, M::heading, 5, {"subsubsection"});
  add(table, M::heading, 6, {"paragraph", "subparagraph"});
  add(table, M::title, 1, {"title"});
  add(table, M::note, 0, {"footnote", "endnote", "sidenote", "marginnote", "pagenote"});
  add(table, M::note_mark, 0, {"footnotemark", "endnotemark"});
  add(table, M::note_text, 0, {"footnotetext", "endnotetext"});
  add(table, M::note_of_entry, 0,
      {"footcite", "Footcite", "footfullcite", "footcites", "smartcite", "Smartcite"});
  add(table, M::thanks, 0, {"thanks"});
  add(table, M::link, 0, {"href"});
  add(table, M::url, 0, {"url", "nolinkurl", "path", "burl"});
  add(table, M::doi, 0, {"doi"});
  add(table, M::cite, 0,
      {"cite",     "citep",          "citet",       "Citep",       "Citet",          "citealp",
       "citealt",  "citeauthor",     "citeyear",    "parencite",   "Parencite",      "textcite",
       "Textcite", "autocite",       "Autocite",    "supercite",   "citetitle",      "fullcite",
       "citenum",  "shortcite",      "citeyearpar", "citeauthor*", "onlinecite",     "citeNP",
       "citeA",    "citeauthoryear", "citefield",   "notecite",    "fullciteauthor", "avolcite",
       "ycite",    "defcitealias"});
  add(table, M::cite_many, 0,
      {"cites", "Cites", "parencites", "textcites", "autocites", "Autocites", "supercites"});
  add(table, M::quotation_marks, 0, {"enquote", "say", "textelp"});
  add(table, M::quotation_marks, 1, {"foreignquote", "hyphenquote"});
  add(table, M::quote_and_source, 0, {"textquote"});
  add(table, M::quote_and_source, 1, {"foreigntextquote", "hyphentextquote"});
  add(table, M::quote_and_key, 0, {"textcquote"});
  add(table, M::quote_and_key, 1, {"foreigntextcquote"});
  add(table, M::block_and_source, 0, {"blockquote"});
  add(table, M::block_and_source, 1, {"foreignblockquote", "hyphenblockquote"});
  add(table, M::block_and_key, 0, {"blockcquote"});
  add(table, M::block_and_key, 1, {"foreignblockcquote"});
  add(table, M::epigraph, 0, {"epigraph"});
  add(table, M::raised, 0, {"textsuperscript", "up", "textsu"});
  add(table, M::item, 0, {"item"});
  add(table, M::entry, 0, {"bibitem"});
  add(table, M::caption, 0, {"caption", "captionof"});
  add(table, M::input, 0, {"input", "include", "subfile"});
  add(table, M::bibliography, 0,
      {"bibliography", "addbibresource", "addglobalbib", "nobibliography"});
  add(table, M::macro, 0,
      {"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newcommandx",
       "NewDocumentCommand", "RenewDocumentCommand", "DeclareDocumentCommand"});
  add(table, M::primitive, 0, {"def", "gdef", "edef", "xdef"});
  add(table, M::verbatim, 0, {"verb", "lstinline", "mintinline"});
  add(table, M::paragraph, 0, {"par", "bigskip", "medskip", "smallskip", "newline", "pagebreak"});
  add(table, M::line_break, 0, {"\\", "linebreak", "tabularnewline"});
  add(table, M::begin, 0, {"begin"});
  add(table, M::end, 0, {"end"});
  add(table, M::set_counter, 0, {"setcounter"});
  return table;
}

using Environments = std::unordered_map<std::string_view, LatexEnvironment>;

Environments make_environments() {
  using S = LatexScope;
  Environments table;
  const auto add_all = [&](S scope, int arguments, std::initializer_list<std::string_view> names) {
    for (const auto name : names) table.emplace(name, LatexEnvironment{scope, arguments});
  };
  add_all(S::document, 0, {"document"});
  add_all(
      S::unread, 0,
      {"verbatim",    "Verbatim",    "lstlisting", "minted",      "comment",        "filecontents",
       "alltt",       "equation",    "align",      "gather",      "multline",       "eqnarray",
       "math",        "alignat",     "flalign",    "displaymath", "tikzpicture",    "picture",
       "algorithm",   "algorithmic", "code",       "listing",     "pgfpicture",     "tcblisting",
       "displaymath", "array",       "dmath",      "CCSXML",      "thenomenclature"});
  add_all(S::quotation, 0,
          {"quote", "quotation", "verse", "quoting", "displayquote", "displaycquote", "blockquote",
           "epigraphs"});
  add_all(S::quotation, 1, {"foreigndisplayquote", "hyphendisplayquote", "foreigndisplaycquote"});
  add_all(S::table, 1, {"tabular", "longtable", "supertabular"});
  add_all(S::table, 2, {"tabularx", "tabular*", "tabulary", "xltabular"});
  add_all(S::bibliography, 1, {"thebibliography"});
  add_all(S::plain, 1,
          {"minipage", "multicols", "spacing", "otherlanguage", "addmargin", "letter", "subfigure",
           "subtable", "list"});
  add_all(S::plain, 2, {"wrapfigure", "adjustwidth", "wraptable"});
  return table;
}

}  // namespace

LatexCommand latex_command(std::string_view name) {
  static const Commands table = make_commands();
  const auto found = table.find(name);
  return found == table.end() ? LatexCommand{} : found->second;
}

LatexEnvironment latex_environment(std::string_view name) {
  static const Environments table = make_environments();
  auto found = table.find(name);
  if (found == table.end() && name.ends_with('*'))
    found = table.find(name.substr(0, name.size() - 1));
  return found == table.end() ? LatexEnvironment{} : found->second;
}

}  // namespace loccit
