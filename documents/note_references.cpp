#include "documents/note_references.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr auto same_as_before = std::to_array<std::string_view>(
    {"ibidem",   "ibid",           "ib.",         "idem",     "id.",
     "ebenda",   "ebd.",           "ebd",         "там же",   "ivi",
     "ibíd",     "tamże",          "a.a.o",       "同上",     "同前",
     "同書",     "المرجع نفسه",    "المصدر نفسه", "as above", "same as above",
     "wie oben", "comme ci-dessus"});
constexpr auto introductions = std::to_array<std::string_view>(
    {"see also ", "see ", "cf. ", "cf ", "compare ", "vgl. ", "siehe ", "s. ", "voir ", "v. ",
     "véase ", "ver ", "cfr. ", "quoted in ", "but see ", "contra "});
// Before the number of the note that is meant.
constexpr auto note_words = std::to_array<std::string_view>(
    {"footnotes", "footnote", "notes", "note", "fn.", "fn", "nn.", "nn", "n.", "n", "anm.",
     "anmerkung", "fußnote", "nota", "nt.", "прим.", "сноска", "endnote", "ref."});
// Without one of these, "note 3" may be a note of the cited work.
constexpr auto pointing_words = std::to_array<std::string_view>(
    {"supra", "above", "infra", "below", "oben", "unten", "ci-dessus", "ci-dessous", "précit",
     "préc.", "arriba", "citad", "cit.", "(n ", "выше", "sopra", "a.a.o"});
constexpr auto works_named_before = std::to_array<std::string_view>(
    {"op. cit", "op.cit", "loc. cit", "loc.cit", "opus cit", "ob. cit"});

std::string_view without_introduction(std::string_view lower) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view introduction : introductions) {
      if (lower.starts_with(introduction)) {
        lower = trimmed(lower.substr(introduction.size()));
        again = true;
        break;
      }
    }
  }
  return lower;
}

bool means_the_note_before(std::string_view lower) {
  const std::string_view rest = without_introduction(lower);
  return std::ranges::any_of(same_as_before, [&](std::string_view word) {
    return rest.starts_with(word) && !is_letter(code_point_at(rest, word.size()));
  });
}

std::optional<std::string> label_after(std::string_view lower, std::size_t at) {
  while (at < lower.size() && (lower[at] == ' ' || lower[at] == '[' || lower[at] == '.')) ++at;
  std::size_t end = at;
  while (end < lower.size() && is_digit(static_cast<unsigned char>(lower[end]))) ++end;
  if (end == at || end - at > 5) return std::nullopt;
  return std::string(lower.substr(at, end - at));
}

struct PointedAt {
  std::string label;  // of the note that is meant
  std::size_t at = 0;
};

// "supra note 3", "(n 3)", "above, footnote 12".
std::optional<PointedAt> label_pointed_at(std::string_view lower) {
  const bool points = std::ranges::any_of(pointing_words, [&](std::string_view word) {
    return lower.find(word) != std::string_view::npos;
  });
  if (!points) return std::nullopt;
  for (std::size_t at = 0; at < lower.size(); ++at) {
    if (is_letter(code_point_before(lower, at)) || static_cast<unsigned char>(lower[at]) >> 6 == 2)
      continue;
    for (const std::string_view word : note_words) {
      if (!lower.substr(at).starts_with(word)) continue;
      if (is_letter(code_point_at(lower, at + word.size()))) continue;
      if (auto label = label_after(lower, at + word.size())) return PointedAt{*label, at};
    }
  }
  return std::nullopt;
}

// The name that a work is cited again by: the first capitalised word of four letters or more.
std::string name_in(std::string_view note) {
  for (const std::string_view word : letter_runs(note, 12)) {
    if (word.size() >= 4 && is_upper(code_point_at(word, 0))) return lower_case(word);
  }
  return {};
}

bool names_a_work_again(std::string_view lower) {
  return std::ranges::any_of(works_named_before, [&](std::string_view words) {
    return lower.find(words) != std::string_view::npos;
  });
}

enum class Order { theirs_first, own_first };

void take_over(Source& source, const Source& meant, Order order = Order::theirs_first) {
  source.refers_to = meant.id;
  std::vector<std::string> urls = order == Order::theirs_first ? meant.urls : source.urls;
  for (const std::string& url : order == Order::theirs_first ? source.urls : meant.urls) {
    if (std::ranges::find(urls, url) == urls.end()) urls.push_back(url);
  }
  source.urls = std::move(urls);
  if (!source.urls.empty())
    source.kind = SourceKind::web;
  else if (source.kind == SourceKind::comment || source.kind == SourceKind::print)
    source.kind = meant.kind;
}

// "A/HRC/40/52, para. 7; see also note 2 above": the note has a source of its own before.
Order order_in(const Source& source, std::size_t pointed_at) {
  const std::string_view before = std::string_view(source.note).substr(0, pointed_at);
  const bool own_before =
      before.find(';') != std::string_view::npos || before.find("://") != std::string_view::npos;
  return own_before ? Order::own_first : Order::theirs_first;
}

// Only this much of a note is searched for a reference: such notes are short.
constexpr std::size_t searched = 300;

}  // namespace

std::vector<std::string> unique_ids(std::vector<std::string> labels) {
  for (std::string& label : labels) {
    if (label.empty() || label.starts_with("link-")) label.insert(0, "note");  // those are links
  }
  std::unordered_map<std::string, std::size_t> seen, taken;
  for (const std::string& label : labels) ++taken[label];
  std::vector<std::string> ids;
  ids.reserve(labels.size());
  for (const std::string& label : labels) {
    std::size_t& count = seen[label];
    ++count;
    std::string id = count == 1 ? label : label + "-" + std::to_string(count);
    // A label may look like the id of another ("1-2" beside two notes "1").
    while (count > 1 && taken.contains(id)) id = label + "-" + std::to_string(++count);
    if (count > 1) taken.emplace(id, 1);
    ids.push_back(std::move(id));
  }
  return ids;
}

void resolve_references(std::vector<Source>& sources, const std::vector<Note>& notes) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto& cited = notes[i].cites;  // from the last on, so that the first one's URLs lead
    for (auto c = cited.rbegin(); c != cited.rend(); ++c) take_over(sources[i], sources[*c]);
  }
  std::map<std::pair<int, std::string>, std::size_t> last_with_label;
  std::unordered_map<std::string, std::size_t> last_with_name;
  std::unordered_map<int, std::size_t> last_of_series;
  std::vector<std::pair<std::size_t, PointedAt>> ahead;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Source& source = sources[i];
    const int series = notes[i].series;
    const auto before = last_of_series.find(series);
    const std::string lower = lower_case(trimmed(source.note).substr(0, searched));
    // "Idem, Rules (2021), https://…": the same author, in another work.
    const bool other_work = !source.urls.empty() && lower.starts_with("idem");
    if (before != last_of_series.end() && !other_work && means_the_note_before(lower)) {
      take_over(source, sources[before->second]);
    } else if (const auto pointed = label_pointed_at(lower);
               pointed && pointed->label != source.label) {
      const auto found = last_with_label.find({series, pointed->label});
      if (found != last_with_label.end()) {
        take_over(source, sources[found->second], order_in(source, pointed->at));
      } else {
        ahead.emplace_back(i, *pointed);
      }
    } else if (names_a_work_again(lower)) {
      const auto found = last_with_name.find(name_in(source.note));
      if (found != last_with_name.end()) take_over(source, sources[found->second]);
    }
    last_of_series[series] = i;
    last_with_label[{series, source.label}] = i;
    if (const std::string author = name_in(source.note);
        !author.empty() && !names_a_work_again(lower)) {
      last_with_name[author] = i;
    }
  }
  for (const auto& [i, pointed] : ahead) {  // "infra note 9"
    const auto found = last_with_label.find({notes[i].series, pointed.label});
    if (found != last_with_label.end() && found->second > i)
      take_over(sources[i], sources[found->second], order_in(sources[i], pointed.at));
  }
}

}  // namespace loccit
