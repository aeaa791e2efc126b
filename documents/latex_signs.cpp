#include "documents/latex_signs.h"

#include <unordered_map>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace loccit {
namespace {

using Table = std::unordered_map<std::string_view, std::string_view>;

const Table& signs() {
  static const Table table = {
      {"&", "&"},
      {"%", "%"},
      {"$", "$"},
      {"#", "#"},
      {"_", "_"},
      {"{", "{"},
      {"}", "}"},
      {" ", " "},
      {"\n", " "},
      {"\t", " "},
      {",", " "},
      {";", " "},
      {":", " "},
      {">", " "},
      {"/", ""},
      {"-", ""},
      {"@", ""},
      {"!", ""},
      {"ss", "\u00DF"},
      {"SS", "\u1E9E"},
      {"ae", "\u00E6"},
      {"AE", "\u00C6"},
      {"oe", "\u0153"},
      {"OE", "\u0152"},
      {"o", "\u00F8"},
      {"O", "\u00D8"},
      {"aa", "\u00E5"},
      {"AA", "\u00C5"},
      {"l", "\u0142"},
      {"L", "\u0141"},
      {"dh", "\u00F0"},
      {"DH", "\u00D0"},
      {"th", "\u00FE"},
      {"TH", "\u00DE"},
      {"dj", "\u0111"},
      {"DJ", "\u0110"},
      {"ng", "\u014B"},
      {"NG", "\u014A"},
      {"i", "\u0131"},
      {"j", "\u0237"},
      {"S", "\u00A7"},
      {"P", "\u00B6"},
      {"textsection", "\u00A7"},
      {"textparagraph", "\u00B6"},
      {"copyright", "\u00A9"},
      {"textcopyright", "\u00A9"},
      {"textregistered", "\u00AE"},
      {"texttrademark", "\u2122"},
      {"pounds", "\u00A3"},
      {"textsterling", "\u00A3"},
      {"euro", "\u20AC"},
      {"texteuro", "\u20AC"},
      {"textyen", "\u00A5"},
      {"textcent", "\u00A2"},
      {"textdollar", "$"},
      {"ldots", "\u2026"},
      {"dots", "\u2026"},
      {"textellipsis", "\u2026"},
      {"dotsc", "\u2026"},
      {"textquotedblleft", "\u201C"},
      {"textquotedblright", "\u201D"},
      {"textquoteleft", "\u2018"},
      {"textquoteright", "\u2019"},
      {"textquotesingle", "'"},
      {"textquotedbl", "\""},
      {"quotedblbase", "\u201E"},
      {"quotesinglbase", "\u201A"},
      {"guillemotleft", "\u00AB"},
      {"guillemotright", "\u00BB"},
      {"guillemetleft", "\u00AB"},
      {"guillemetright", "\u00BB"},
      {"guilsinglleft", "\u2039"},
      {"guilsinglright", "\u203A"},
      {"og", "\u00AB"},
      {"fg", "\u00BB"},
      {"glqq", "\u201E"},
      {"grqq", "\u201C"},
      {"glq", "\u201A"},
      {"grq", "\u2018"},
      {"flqq", "\u00AB"},
      {"frqq", "\u00BB"},
      {"flq", "\u2039"},
      {"frq", "\u203A"},
      {"lq", "\u2018"},
      {"rq", "\u2019"},
      {"textbackslash", "\\"},
      {"textasciitilde", "~"},
      {"textasciicircum", "^"},
      {"textunderscore", "_"},
      {"textbar", "|"},
      {"textless", "<"},
      {"textgreater", ">"},
      {"textendash", "\u2013"},
      {"textemdash", "\u2014"},
      {"textdegree", "\u00B0"},
      {"degree", "\u00B0"},
      {"textmu", "\u00B5"},
      {"textpm", "\u00B1"},
      {"texttimes", "\u00D7"},
      {"times", "\u00D7"},
      {"cdot", "\u00B7"},
      {"textperiodcentered", "\u00B7"},
      {"pm", "\u00B1"},
      {"leq", "\u2264"},
      {"geq", "\u2265"},
      {"approx", "\u2248"},
      {"sim", "~"},
      {"to", "\u2192"},
      {"rightarrow", "\u2192"},
      {"dag", "\u2020"},
      {"ddag", "\u2021"},
      {"textdagger", "\u2020"},
      {"textdaggerdbl", "\u2021"},
      {"textbullet", "\u2022"},
      {"textexclamdown", "\u00A1"},
      {"textquestiondown", "\u00BF"},
      {"textordfeminine", "\u00AA"},
      {"textordmasculine", "\u00BA"},
      {"no", "n\u00B0"},
      {"No", "N\u00B0"},
      {"ier", "er"},
      {"nobreakspace", " "},
      {"space", " "},
      {"quad", " "},
      {"qquad", " "},
      {"enspace", " "},
      {"thinspace", " "},
      {"newblock", " "},
      {"newline", " "},
      {"TeX", "TeX"},
      {"LaTeX", "LaTeX"},
      {"LaTeXe", "LaTeX2\u03B5"},
      {"BibTeX", "BibTeX"},
      {"XeTeX", "XeTeX"},
      {"slash", "/"},
      {"textnumero", "\u2116"},
  };
  return table;
}

// To the combining mark that Unicode has for it.
const Table& accents() {
  static const Table table = {
      {"'", "\u0301"}, {"`", "\u0300"}, {"^", "\u0302"}, {"\"", "\u0308"}, {"~", "\u0303"},
      {"=", "\u0304"}, {".", "\u0307"}, {"u", "\u0306"}, {"v", "\u030C"},  {"H", "\u030B"},
      {"c", "\u0327"}, {"k", "\u0328"}, {"r", "\u030A"}, {"b", "\u0331"},  {"d", "\u0323"},
  };
  return table;
}

}  // namespace

std::optional<std::string_view> latex_sign(std::string_view command) {
  const auto found = signs().find(command);
  if (found == signs().end()) return std::nullopt;
  return found->second;
}

bool is_latex_accent(std::string_view command) { return accents().contains(command); }

std::string accented(std::string_view command, std::string_view letter) {
  if (letter == "\\i" || letter == "{\\i}" || letter == "\\i ") letter = "i";
  if (letter == "\\j") letter = "j";
  UErrorCode status = U_ZERO_ERROR;
  const auto* composer = icu::Normalizer2::getNFCInstance(status);
  const std::string spelled = std::string(letter) + std::string(accents().at(command));
  if (U_FAILURE(status)) return spelled;
  std::string out;
  composer->normalize(icu::UnicodeString::fromUTF8(spelled), status).toUTF8String(out);
  return U_FAILURE(status) ? spelled : out;
}

}  // namespace loccit
