#include "verifier/lexicon.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "verifier/cldr_words.h"
#include "verifier/lexicon_data.h"

namespace loccit {
namespace {

constexpr std::array<std::pair<std::string_view, WordSense>, 9> sections = {{
    {"negation", WordSense::negation},
    {"exception", WordSense::exception},
    {"quantifier", WordSense::quantifier},
    {"modal", WordSense::modal},
    {"number", WordSense::number},
    {"unit", WordSense::unit},
    {"date", WordSense::date},
    {"name", WordSense::name},
    {"neutral", WordSense::none},
}};

constexpr std::size_t shortest_stem = 3;  // bytes

bool starts_with(std::string_view word, std::string_view start) {
  return word.substr(0, start.size()) == start;
}
bool ends_with(std::string_view word, std::string_view end) {
  return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

bool is_unspaced(const FoldedText& text, std::size_t token) {
  return text.tokens[token].kind == TokenKind::unspaced;
}

// `longer` is `shorter` with `prefix` before it.
bool is_prefixed(std::string_view longer, std::string_view shorter, std::string_view prefix) {
  return shorter.size() >= shortest_stem && longer.size() == shorter.size() + prefix.size() &&
         starts_with(longer, prefix) && ends_with(longer, shorter);
}

template <class Visit>
void for_each_part(std::string_view line, Visit visit) {
  while (!line.empty()) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return;
    const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    visit(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

}  // namespace

struct LexiconReader {
  static void add(Lexicon& lexicon, std::string_view word, WordSense sense) {
    std::string folded = fold(word).letters;
    if (folded.empty()) return;
    lexicon.longest_word_ = std::max(lexicon.longest_word_, folded.size());
    lexicon.words_.try_emplace(std::move(folded), sense);
  }

  static void read(std::string_view words, Lexicon& lexicon) {
    const std::array<std::pair<std::string_view, std::vector<std::string>*>, 9> parts = {{
        {"before", &lexicon.before_},
        {"after", &lexicon.after_},
        {"prefix", &lexicon.prefixes_},
        {"ending", &lexicon.endings_},
        {"infix", &lexicon.infixes_},
        {"form-infix", &lexicon.form_infixes_},
        {"joined", &lexicon.joined_},
        {"article", &lexicon.articles_},
        {"noun-ending", &lexicon.noun_endings_},
    }};
    for_each_word(words, [&](std::string_view section, std::string_view line) {
      if (section == "spelling") {
        const std::size_t blank = line.find(' ');
        if (blank != std::string_view::npos)
          lexicon.spellings_.emplace_back(fold(line.substr(0, blank)).letters,
                                          fold(line.substr(blank)).letters);
        return;
      }
      if (section == "writing") {
        lexicon.nouns_are_capitalised_ |= line == "capital nouns";
        return;
      }
      for_each_part(line, [&](std::string_view word) {
        for (const auto& [name, list] : parts) {
          if (name == section) list->push_back(fold(word).letters);
        }
        for (const auto& [name, sense] : sections) {
          if (name == section) add(lexicon, word, sense);
        }
      });
    });
  }

  // The file speaks first: what it says of a word stands.
  static Lexicon of_language(const LexiconFile& file) {
    Lexicon lexicon;
    read(file.words, lexicon);
    add_cldr(std::string(file.language), lexicon);
    return lexicon;
  }

  static void add_cldr(const std::string& language, Lexicon& lexicon) {
    for (const std::string& word : cldr_dates(language)) add(lexicon, word, WordSense::date);
    for (const std::string& word : cldr_numbers(language)) add(lexicon, word, WordSense::number);
    if (has_capitals(language) && !lexicon.nouns_are_capitalised_) return;
    for (const std::string& word : cldr_countries(language)) add(lexicon, word, WordSense::name);
  }

  static Lexicon of_all() {
    Lexicon lexicon;
    for (const LexiconFile& file : lexicon_files()) read(file.words, lexicon);
    for (const LexiconFile& file : lexicon_files()) {
      for (const std::string& word : cldr_dates(std::string(file.language)))
        add(lexicon, word, WordSense::date);
    }
    lexicon.nouns_are_capitalised_ = false;
    return lexicon;
  }
};

const Lexicon& Lexicon::of(std::string_view language) {
  language = language.substr(0, language.find_first_of("-_"));
  if (language == "no" || language == "nn") language = "nb";
  const auto& files = lexicon_files();
  const auto file = std::find_if(files.begin(), files.end(),
                                 [&](const LexiconFile& f) { return f.language == language; });
  if (file == files.end()) {
    static const Lexicon all = LexiconReader::of_all();
    return all;
  }
  // Made when first asked for: nobody needs all of them.
  static std::mutex door;
  static std::map<std::string, Lexicon, std::less<>> made;
  const std::lock_guard lock(door);
  const auto known = made.find(language);
  if (known != made.end()) return known->second;
  return made.emplace(std::string(language), LexiconReader::of_language(*file)).first->second;
}

WordSense Lexicon::sense_of_bare(std::string_view word) const {
  const auto found = words_.find(std::string(word));
  if (found != words_.end()) return found->second;
  const bool denies =
      std::any_of(endings_.begin(), endings_.end(),
                  [&](const std::string& ending) {
                    return word.size() > ending.size() + 1 && ends_with(word, ending);
                  }) ||
      std::any_of(infixes_.begin(), infixes_.end(), [&](const std::string& infix) {
        const std::size_t at = word.find(infix, 1);
        return at != std::string_view::npos;
      });
  return denies ? WordSense::negation : WordSense::none;
}

WordSense Lexicon::sense_of(std::string_view word) const {
  if (const WordSense sense = sense_of_bare(word); sense != WordSense::none) return sense;
  for (const std::string& particle : before_) {
    if (word.size() < particle.size() + shortest_stem || !starts_with(word, particle)) continue;
    const WordSense sense = sense_of_bare(word.substr(particle.size()));
    if (sense != WordSense::none) return sense;
  }
  for (const std::string& particle : after_) {
    if (word.size() < particle.size() + shortest_stem || !ends_with(word, particle)) continue;
    const WordSense sense = sense_of_bare(word.substr(0, word.size() - particle.size()));
    if (sense != WordSense::none) return sense;
  }
  return WordSense::none;
}

// The longest word that begins at this token, in tokens; 0 for none. A longer word hides those
// within it: 不断 ("steadily") denies nothing.
std::size_t Lexicon::longest_unspaced(const FoldedText& text, std::size_t token,
                                      WordSense& sense) const {
  std::size_t longest = 0;
  const std::size_t begin = text.tokens[token].begin;
  for (std::size_t end = token; end < text.tokens.size(); ++end) {
    if (!is_unspaced(text, end) || text.tokens[end].end - begin > longest_word_) break;
    const auto found = words_.find(text.letters.substr(begin, text.tokens[end].end - begin));
    if (found == words_.end()) continue;
    longest = end + 1 - token;
    sense = found->second;
  }
  return longest;
}

std::vector<SenseOfWords> Lexicon::senses_in(const FoldedText& text, TokenSpan span) const {
  std::vector<SenseOfWords> senses;
  const auto& tokens = text.tokens;
  std::size_t i = span.begin;
  // A word without blanks around it may have begun some characters earlier.
  const std::size_t look_back = longest_word_ / 3;
  while (i > 0 && span.begin - i < look_back && i < tokens.size() && is_unspaced(text, i - 1)) --i;
  while (i < span.end) {
    std::size_t length = 1;
    WordSense sense = WordSense::none;
    if (is_unspaced(text, i)) {
      length = std::max<std::size_t>(1, longest_unspaced(text, i, sense));
    } else {
      sense = sense_of(text.word(tokens[i]));
      if (tokens[i].kind == TokenKind::number || tokens[i].kind == TokenKind::symbol)
        sense = WordSense::number;
    }
    if (sense == WordSense::unit) {
      const bool counted = i > 0 && (tokens[i - 1].kind == TokenKind::number ||
                                     sense_of(text.word(tokens[i - 1])) == WordSense::number);
      if (!counted) sense = WordSense::none;
    }
    if (sense != WordSense::none && i + length > span.begin)
      senses.push_back({{i, i + length}, sense});
    i += length;
  }
  return senses;
}

bool Lexicon::one_denies_the_other(std::string_view a, std::string_view b) const {
  if (a == b) return false;
  const std::string_view longer = a.size() > b.size() ? a : b;
  const std::string_view shorter = a.size() > b.size() ? b : a;
  if (std::any_of(prefixes_.begin(), prefixes_.end(),
                  [&](const std::string& prefix) { return is_prefixed(longer, shorter, prefix); }))
    return true;
  // What is left of the two after a common stem: one begins with the infix, the other does not.
  const auto differ = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  const auto stem = static_cast<std::size_t>(differ.first - shorter.begin());
  if (stem + 1 < shortest_stem) return false;
  // The stem's last letter may change or be shared: gidecek, gitmeyecek; tanımak, tanımamak.
  const auto begins_with_infix = [&](std::string_view word) {
    for (std::size_t at = stem; at <= stem + 1 && at < word.size(); ++at) {
      if (std::any_of(form_infixes_.begin(), form_infixes_.end(), [&](const std::string& infix) {
            return starts_with(word.substr(at), infix);
          }))
        return true;
    }
    return false;
  };
  return begins_with_infix(a) != begins_with_infix(b);
}

bool Lexicon::hides_a_denial(std::string_view word) const {
  return std::find(joined_.begin(), joined_.end(), word) != joined_.end();
}

bool Lexicon::is_common_noun(std::string_view word, std::string_view before) const {
  if (!nouns_are_capitalised_) return false;
  const auto ends_as = [&](const std::string& ending) { return ends_with(word, ending); };
  return std::find(articles_.begin(), articles_.end(), before) != articles_.end() ||
         std::any_of(noun_endings_.begin(), noun_endings_.end(), ends_as);
}

bool Lexicon::same_but_for_spelling(std::string_view a, std::string_view b) const {
  const auto respelled = [](std::string_view word, std::string_view other, std::string_view from,
                            std::string_view to) {
    for (std::size_t at = word.find(from); at != std::string_view::npos;
         at = word.find(from, at + 1)) {
      if (word.size() - from.size() + to.size() != other.size()) return false;
      if (starts_with(other, word.substr(0, at)) && starts_with(other.substr(at), to) &&
          ends_with(other, word.substr(at + from.size())))
        return true;
    }
    return false;
  };
  return std::any_of(spellings_.begin(), spellings_.end(), [&](const auto& pair) {
    return respelled(a, b, pair.first, pair.second) || respelled(a, b, pair.second, pair.first);
  });
}

}  // namespace loccit
