#include "documents/block_quotations.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "documents/code_points.h"
#include "documents/prose_quotes.h"
#include "documents/quotations.h"

namespace loccit {
namespace {

struct Group {
  std::size_t begin = 0, end = 0;  // parts
};

std::vector<Group> groups_of(const MarkedText& text) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < text.parts.size(); ++i) {
    const Part& part = text.parts[i];
    if (part.kind != PartKind::quotation) continue;
    const bool same =
        !groups.empty() && groups.back().end == i && text.parts[i - 1].group == part.group;
    if (same)
      groups.back().end = i + 1;
    else
      groups.push_back({i, i + 1});
  }
  return groups;
}

// "— Name, Work", "(Name 1998)", "Source: …": whose words the block was.
bool is_attribution(const Part& part) {
  if (part.attribution) return true;
  if (part.text.size() > 300) return false;
  static constexpr auto beginnings = std::to_array<std::string_view>(
      {"—", "–", "―", "--", "- ", "~ ", "(",
       "Source:", "Quelle:", "Source :", "Fuente:", "Fonte:", "Источник:", "["});
  return std::ranges::any_of(beginnings,
                             [&](std::string_view b) { return part.text.starts_with(b); });
}

bool is_mostly_links(const Part& part) {
  std::size_t linked = 0;
  for (const TextLink& link : part.links) linked += link.end - link.begin;
  return !part.links.empty() && linked * 2 >= part.text.size();
}

bool introduces(const Part& part) {
  const std::string_view text = trimmed(part.text);
  return part.kind != PartKind::heading && part.kind != PartKind::quotation &&
         (text.ends_with(':') || text.ends_with("：") || text.ends_with(','));
}

// Marks around the whole block are the typesetter's, not the words'; what follows the closing one
// says where they stand: “… to navigation.” 46 U. S. C. § 9912(b).
std::string without_outer_marks(std::string text) {
  if (text.find("\n\n") != std::string::npos) return text;
  const auto quotations = find_quotations(text);
  if (quotations.size() != 1 || quotations[0].outer_begin != 0) return text;
  const std::string_view rest = trimmed(std::string_view(text).substr(quotations[0].outer_end));
  const bool names_place = rest.size() * 2 < text.size() && !starts_with_lower(rest) &&
                           rest.find_first_of("0123456789") != std::string_view::npos;
  if (!rest.empty() && rest != "." && !names_place) return text;
  return text.substr(quotations[0].begin, quotations[0].end - quotations[0].begin);
}

// An address that is printed at the end, "pic.example/abc", is no word of what was said.
std::size_t end_of_words(const Part& part) {
  std::size_t end = part.text.size();
  for (auto link = part.links.rbegin(); link != part.links.rend() && link->end == end; ++link) {
    const std::string_view words =
        std::string_view(part.text).substr(link->begin, link->end - link->begin);
    const bool is_address = words.find(' ') == std::string_view::npos &&
                            words.find('/') != std::string_view::npos &&
                            words.find('.') != std::string_view::npos;
    if (!is_address) break;
    end = link->begin;
    while (end > 0 && part.text[end - 1] == ' ') --end;
  }
  return end > 0 ? end : part.text.size();
}

class Reader {
 public:
  Reader(const MarkedText& text, bool with_links) : text_(text), with_links_(with_links) {}

  struct Found {
    std::size_t part, at;
    std::string quote;
  };
  std::vector<Found> found;
  std::vector<std::pair<std::size_t, std::string>> by_attribute;

  void read(Group group) {
    const std::size_t all_end = group.end;
    while (group.end - group.begin > 1 && is_attribution(text_.parts[group.end - 1])) --group.end;
    const auto inside = marks_in(group);
    if (!inside.empty()) return give_to_marks_inside(group, inside);
    const std::string quote =
        without_outer_marks(words_from(group, {group.begin, 0}, {group.end, 0}));
    if (quote.empty()) return;
    for (std::size_t i = group.end; i < all_end; ++i) {
      if (give_to_part(i, quote)) return;
    }
    const auto give_to_next = [&](auto follows) {
      if (all_end >= text_.parts.size()) return false;
      const Part& next = text_.parts[all_end];
      return next.kind == PartKind::paragraph && follows(next) && give_to_part(all_end, quote);
    };
    if (give_to_next([](const Part& p) { return is_attribution(p) || p.text.empty(); })) return;
    if (group.begin > 0 && introduces(text_.parts[group.begin - 1]) &&
        give_to_last_mark(group.begin - 1, quote))
      return;
    if (give_to_next(is_mostly_links)) return;
    if (with_links_ && !text_.parts[group.begin].cite.empty())
      by_attribute.emplace_back(group.begin, quote);
  }

 private:
  struct At {
    std::size_t part, at;
  };

  std::vector<At> marks_in(const Group& group) const {
    std::vector<At> marks;
    for (std::size_t i = group.begin; i < group.end; ++i) {
      for (const CitedPlace& place : cited_places(text_.parts[i], false))
        marks.push_back({i, place.end});
    }
    return marks;
  }

  std::string words_from(const Group& group, At begin, At end) const {
    std::string words;
    for (std::size_t i = begin.part; i < std::min(end.part + 1, group.end); ++i) {
      const std::string_view text =
          std::string_view(text_.parts[i].text).substr(0, end_of_words(text_.parts[i]));
      const std::size_t from = i == begin.part ? std::min(begin.at, text.size()) : 0;
      const std::size_t to = i == end.part ? std::min(end.at, text.size()) : text.size();
      const std::string_view piece = trimmed(text.substr(from, to - from));
      if (piece.empty()) continue;
      if (!words.empty()) words += "\n\n";
      words += piece;
    }
    return words;
  }

  // One mark has the whole block; of several each has the words since the one before, the last the
  // rest too.
  void give_to_marks_inside(const Group& group, const std::vector<At>& marks) {
    At from{group.begin, 0};
    for (std::size_t m = 0; m < marks.size(); ++m) {
      const bool last = m + 1 == marks.size();
      std::string words = words_from(group, from, last ? At{group.end, 0} : marks[m]);
      if (!words.empty())
        found.push_back({marks[m].part, marks[m].at, without_outer_marks(std::move(words))});
      from = marks[m];
    }
  }

  bool give_to_part(std::size_t i, const std::string& quote) {
    const auto places = cited_places(text_.parts[i], with_links_);
    if (places.empty()) return false;
    const auto note =
        std::ranges::find_if(places, [](const CitedPlace& p) { return !p.is_link(); });
    found.push_back({i, (note == places.end() ? places.front() : *note).end, quote});
    return true;
  }

  // The sentence that introduces the block says whose it is.
  bool give_to_last_mark(std::size_t i, const std::string& quote) {
    auto places = cited_places(text_.parts[i], with_links_);
    const std::size_t begin = begin_of_last_sentence(text_.parts[i]);
    std::erase_if(places, [&](const CitedPlace& place) { return begin > 0 && place.end <= begin; });
    if (places.empty()) return false;
    const auto note = std::find_if(places.rbegin(), places.rend(),
                                   [](const CitedPlace& p) { return !p.is_link(); });
    found.push_back({i, (note == places.rend() ? places.back() : *note).end, quote});
    return true;
  }

  const MarkedText& text_;
  bool with_links_;
};

}  // namespace

std::optional<std::string> BlockQuotations::quote_at(std::size_t part, std::size_t at) const {
  const auto found = marks_.find(part);
  if (found == marks_.end()) return std::nullopt;
  const auto mark = std::ranges::find(found->second, at, &Mark::at);
  if (mark == found->second.end()) return std::nullopt;
  return mark->quote;
}

std::optional<std::string> BlockQuotations::cited_by_attribute(std::size_t part) const {
  const auto found = by_attribute_.find(part);
  if (found == by_attribute_.end()) return std::nullopt;
  return found->second;
}

BlockQuotations block_quotations(const MarkedText& text, bool with_links) {
  Reader reader(text, with_links);
  for (const Group& group : groups_of(text)) reader.read(group);
  BlockQuotations blocks;
  for (auto& found : reader.found)
    blocks.marks_[found.part].push_back({found.at, std::move(found.quote)});
  for (auto& [part, quote] : reader.by_attribute)
    blocks.by_attribute_.emplace(part, std::move(quote));
  return blocks;
}

}  // namespace loccit
