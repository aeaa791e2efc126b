#include "documents/rst_inline.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr std::size_t longest_label = 82;  // with its brackets
constexpr std::size_t longest_url = 4000;

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80;
}

bool is_http(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

class Inline {
 public:
  Inline(const RstParagraph& paragraph, RstTargets& targets, TextPlace& place,
         MarkedTextBuilder& builder)
      : paragraph_(paragraph),
        text_(paragraph.text()),
        targets_(targets),
        place_(place),
        builder_(builder) {}

  void read() {
    while (at_ < text_.size()) {
      if (!read_markup()) read_words();
    }
  }

 private:
  Location here() { return place_.at(paragraph_.offset_of(at_)); }
  std::string_view rest() const { return text_.substr(at_); }
  bool begins_markup() const {
    if (at_ == 0) return true;
    static constexpr std::string_view openers = " \n'\"([{<-/:";
    const char before = text_[at_ - 1];
    return openers.find(before) != std::string_view::npos ||
           static_cast<unsigned char>(before) >= 0x80;
  }

  void add(std::string_view words) { builder_.add_text(words, here()); }

  bool read_markup() {
    switch (text_[at_]) {
      case '\\':
        at_ = std::min(at_ + 2, text_.size());
        if (text_[at_ - 1] != ' ' && text_[at_ - 1] != '\n') add(text_.substr(at_ - 1, 1));
        return true;
      case '`':
        return rest().starts_with("``") ? read_literal() : read_quoted({});
      case ':':
        return begins_markup() && read_role();
      case '*':
        return read_emphasis();
      case '|':
        return begins_markup() && read_substitution();
      case '[':
        return read_mark();
      case '_':
        if (!rest().starts_with("_`") || !begins_markup()) return false;
        ++at_;
        return read_quoted({});
      case 'h':
        return begins_markup() && read_url();
      default:
        return false;
    }
  }

  // Up to the next sign that may begin markup; a word that ends in "_" may be a reference.
  void read_words() {
    static constexpr std::string_view signs = "\\`:*|[h";
    const auto begin = at_++;
    while (at_ < text_.size() && signs.find(text_[at_]) == std::string_view::npos) {
      if (text_[at_] == '_' && is_word(text_[at_ - 1]) && read_reference(begin)) return;
      if (rest().starts_with("_`")) break;
      ++at_;
    }
    builder_.add_text(text_.substr(begin, at_ - begin), place_.at(paragraph_.offset_of(begin)));
  }

  // "name_" and "name__": the words from `begin` on are added, too.
  bool read_reference(std::size_t begin) {
    const auto after = text_.find_first_not_of('_', at_);
    if (after != std::string_view::npos && is_word(text_[after])) return false;
    auto name = at_;
    static constexpr std::string_view inner = "-_.:+";
    while (name > begin &&
           (is_word(text_[name - 1]) || inner.find(text_[name - 1]) != std::string_view::npos)) {
      --name;
    }
    const auto words = text_.substr(name, at_ - name);
    const bool is_anonymous = rest().starts_with("__");
    const auto url = is_anonymous ? targets_.next_anonymous() : targets_.url_of(words);
    if (!url) return false;
    builder_.add_text(text_.substr(begin, name - begin), place_.at(paragraph_.offset_of(begin)));
    add_link(words, *url, place_.at(paragraph_.offset_of(name)));
    at_ += is_anonymous ? 2U : 1U;
    return true;
  }

  void add_link(std::string_view words, const std::string& url, const Location& at) {
    const bool is_link = is_http(url);
    if (is_link) builder_.begin_link(url, LinkOrigin::absolute, at);
    builder_.add_text(words, at);
    if (is_link) builder_.end_link();
  }

  bool read_literal() {
    const auto end = text_.find("``", at_ + 2);
    if (end == std::string_view::npos) return false;
    at_ += 2;
    builder_.begin_code();
    add(text_.substr(at_, end - at_));
    builder_.end_code();
    at_ = end + 2;
    return true;
  }

  // `words`, `words <url>`_, `words`__, and with a role before or after it
  bool read_quoted(std::string_view role) {
    const auto begin = at_ + 1;
    auto end = begin;
    while (end < text_.size() && text_[end] != '`') end += text_[end] == '\\' ? 2U : 1U;
    if (end >= text_.size() || end == begin) return false;
    const auto at = here();
    auto words = text_.substr(begin, end - begin);
    std::string_view target;
    const auto open = words.rfind('<');
    if (words.ends_with('>') && open != std::string_view::npos) {
      target = words.substr(open + 1, words.size() - open - 2);
      words = trimmed(words.substr(0, open));
    }
    at_ = end + 1;
    const bool is_anonymous = rest().starts_with("__");
    const bool is_reference = rest().starts_with("_");
    at_ += is_anonymous ? 2U : is_reference ? 1U : 0U;
    if (!role.empty()) {
      add_role(role, words, target, at);
    } else if (is_reference) {
      const auto url = url_of(words, target, is_anonymous);
      add_link(words.empty() ? target : words, url.value_or(""), at);
    } else {
      builder_.add_text(text_.substr(begin, end - begin), at);
    }
    return true;
  }

  std::optional<std::string> url_of(std::string_view words, std::string_view target,
                                    bool is_anonymous) {
    if (target.empty()) return is_anonymous ? targets_.next_anonymous() : targets_.url_of(words);
    if (target.ends_with('_') && !is_http(target))
      return targets_.url_of(target.substr(0, target.size() - 1));
    std::string url;
    for (const char c : target) {
      if (c != '\\' && c != ' ' && c != '\n') url += c;
    }
    return url;
  }

  // ":rfc:`2119`": the roles that cite; others only dress their words.
  void add_role(std::string_view role, std::string_view words, std::string_view target,
                const Location& at) {
    const auto number = std::string(trimmed(target.empty() ? words : target));
    if (role == "rfc") {
      return add_link(target.empty() ? "RFC " + number : std::string(words),
                      "https://datatracker.ietf.org/doc/html/rfc" + number, at);
    }
    if (role == "pep") {
      return add_link(target.empty() ? "PEP " + number : std::string(words),
                      "https://peps.python.org/pep-" +
                          std::string(4 - std::min<std::size_t>(4, number.size()), '0') + number,
                      at);
    }
    if (role == "doi") return add_link(words, "https://doi.org/" + number, at);
    if (role == "sup" || role == "superscript") {
      builder_.begin_raised();
      builder_.add_text(words, at);
      builder_.end_raised();
      return;
    }
    builder_.add_text(words.empty() ? target : words, at);
  }

  bool read_role() {
    auto end = at_ + 1;
    while (end < text_.size() && (is_word(text_[end]) || text_[end] == '-' || text_[end] == ':' ||
                                  text_[end] == '.' || text_[end] == '+')) {
      ++end;
    }
    if (end >= text_.size() || text_[end] != '`' || end < at_ + 3 || text_[end - 1] != ':')
      return false;
    const auto role = text_.substr(at_ + 1, end - at_ - 2);
    const auto start = std::exchange(at_, end);
    if (read_quoted(role)) return true;
    at_ = start;
    return false;
  }

  // Emphasis says nothing to a reader of citations; its stars are no words.
  bool read_emphasis() {
    const std::size_t size = rest().starts_with("**") ? 2 : 1;
    const char before = at_ == 0 ? ' ' : text_[at_ - 1];
    const char after = at_ + size < text_.size() ? text_[at_ + size] : ' ';
    const bool opens = begins_markup() && after != ' ' && after != '\n';
    const bool closes = before != ' ' && before != '\n' && !is_word(after);
    if (!opens && !closes) return false;
    at_ += size;
    return true;
  }

  bool read_substitution() {
    const auto end = text_.find('|', at_ + 1);
    if (end == std::string_view::npos || end == at_ + 1 || text_[at_ + 1] == ' ') return false;
    const auto name = text_.substr(at_ + 1, end - at_ - 1);
    const auto words = targets_.substitution(name);
    if (!words) return false;
    const auto at = here();
    at_ = end + 1;
    const bool is_reference = rest().starts_with("_");
    at_ += is_reference ? 1U : 0U;
    add_link(*words, is_reference ? targets_.url_of(name).value_or("") : std::string(), at);
    return true;
  }

  bool read_mark() {
    const auto size = text_.substr(at_, longest_label).find("]_");
    if (size == std::string_view::npos) return false;
    const auto close = at_ + size;
    const auto written = text_.substr(at_ + 1, close - at_ - 1);
    if (written.empty() || written.find_first_of(" \n[]") != std::string_view::npos) return false;
    if (close + 2 < text_.size() && is_word(text_[close + 2])) return false;
    const auto label = targets_.printed_label_of_mark(written);
    if (!label) return false;
    builder_.add_call(lower_case(*label), *label, here());
    at_ = close + 2;
    return true;
  }

  bool read_url() {
    if (!is_http(rest())) return false;
    auto end = at_;
    static constexpr std::string_view ends = " \n<>\"`|\\";
    const auto last_end = std::min(text_.size(), at_ + longest_url);
    while (end < last_end && ends.find(text_[end]) == std::string_view::npos) ++end;
    auto url = text_.substr(at_, end - at_);
    static constexpr std::string_view glued = ".,;:!?'*_";
    while (url.size() > 8) {
      const char last = url.back();
      const bool unopened =
          last == ')' && std::ranges::count(url, '(') < std::ranges::count(url, ')');
      if (glued.find(last) == std::string_view::npos && !unopened && last != ']') break;
      url.remove_suffix(1);
    }
    if (url.size() <= 8) return false;
    add_link(url, std::string(url), here());
    at_ += url.size();
    return true;
  }

  const RstParagraph& paragraph_;
  std::string_view text_;
  RstTargets& targets_;
  TextPlace& place_;
  MarkedTextBuilder& builder_;
  std::size_t at_ = 0;
};

}  // namespace

void RstParagraph::add(std::string_view line, std::size_t offset) {
  if (!text_.empty()) text_ += '\n';
  pieces_.push_back({text_.size(), offset});
  text_ += line;
}

std::size_t RstParagraph::offset_of(std::size_t at) const {
  const auto after = std::ranges::upper_bound(pieces_, at, {}, &Piece::at);
  if (after == pieces_.begin()) return 0;
  const auto& piece = *std::prev(after);
  return piece.offset + (at - piece.at);
}

void add_rst_inline(const RstParagraph& paragraph, RstTargets& targets, TextPlace& place,
                    MarkedTextBuilder& builder) {
  Inline(paragraph, targets, place, builder).read();
}

}  // namespace loccit
