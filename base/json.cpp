#include "base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace loccit {
namespace {

// Builds our value from nlohmann's events, and refuses what its own DOM would let pass: a name that
// occurs twice.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(const ReadLimits& limits)
      : max_depth_(limits.max_depth), room_left_(limits.max_output) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(std::int64_t{value}); }
  bool number_unsigned(number_unsigned_t value) override {
    return value <= INT64_MAX ? add(std::uint64_t{value}) : add(static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    levels_.back().pending = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: …": the code is of no use
    // to a reader.
    std::string_view words = error.what();
    if (const std::size_t bracket = words.find("] "); bracket != std::string_view::npos)
      words.remove_prefix(bracket + 2);
    problem_ = words;
    offset_ = position;
    return false;
  }

  Json take() { return std::move(root_); }
  const std::string& problem() const { return problem_; }
  std::size_t offset() const { return offset_; }

 private:
  struct Level {
    Json value;
    std::string pending;  // the member name that waits for its value
  };

  bool add(Json value) {
    const std::string* text = value.as_string();
    const std::size_t room = sizeof(Json) + (text == nullptr ? 0 : text->size());
    if (room > room_left_) {
      problem_ = "it holds more values than the limit on memory allows";
      return false;
    }
    room_left_ -= room;
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (auto* array = levels_.back().value.as_array()) {
      array->push_back(std::move(value));
    } else {
      levels_.back().value.as_object()->emplace_back(std::move(levels_.back().pending),
                                                     std::move(value));
    }
    return true;
  }
  bool open(Json value) {
    if (levels_.size() >= max_depth_) {
      problem_ = "nested deeper than " + std::to_string(max_depth_) + " levels";
      return false;
    }
    levels_.push_back({std::move(value), {}});
    return true;
  }
  bool close() {
    Json value = std::move(levels_.back().value);
    levels_.pop_back();
    return names_are_unique(value) && add(std::move(value));
  }
  bool names_are_unique(const Json& value) {
    const auto* object = value.as_object();
    if (object == nullptr) return true;
    std::vector<std::string_view> names;
    names.reserve(object->size());
    for (const auto& [name, member] : *object) names.push_back(name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return true;
    problem_ = "the name \"" + std::string(*twice) + "\" occurs twice in one object";
    return false;
  }

  std::size_t max_depth_;
  std::size_t room_left_;
  std::vector<Level> levels_;
  Json root_;
  std::string problem_;
  std::size_t offset_ = 0;
};

// Length of the well-formed UTF-8 sequence at `at` (Unicode §3.9, table 3-7), 0 where there is
// none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return byte(i) >= 0x80 && byte(i) <= 0xBF; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

void write_string(std::string_view text, std::string& out) {
  out.push_back('"');
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const std::size_t length = sequence_length(text, i);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      ++i;
      continue;
    }
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      static constexpr char digits[] = "0123456789abcdef";
      out += "\\u00";
      out.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
      out.push_back(digits[static_cast<unsigned char>(c) & 15U]);
    } else {
      out.append(text, i, length);
    }
    i += length;
  }
  out.push_back('"');
}

void write_double(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out += "null";  // RFC 8259 §6 has no word for it
    return;
  }
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string_view digits(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  out += digits;
  if (digits.find_first_of(".e") == std::string_view::npos)
    out += ".0";  // reads back as the same type
}

void write_value(const Json& value, JsonStyle style, std::size_t indent, std::string& out) {
  const auto line = [&](std::size_t level) {
    if (style == JsonStyle::compact) return;
    out.push_back('\n');
    out.append(level * 2, ' ');
  };
  if (value.is_null()) {
    out += "null";
  } else if (const bool* boolean = value.as_bool()) {
    out += *boolean ? "true" : "false";
  } else if (const auto* integer = value.as_integer()) {
    out += std::to_string(*integer);
  } else if (const auto* number = value.as_double()) {
    write_double(*number, out);
  } else if (const auto* string = value.as_string()) {
    write_string(*string, out);
  } else if (const auto* array = value.as_array()) {
    out.push_back('[');
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out.push_back(',');
      line(indent + 1);
      write_value((*array)[i], style, indent + 1, out);
    }
    if (!array->empty()) line(indent);
    out.push_back(']');
  } else if (const auto* object = value.as_object()) {
    out.push_back('{');
    for (std::size_t i = 0; i < object->size(); ++i) {
      if (i > 0) out.push_back(',');
      line(indent + 1);
      write_string((*object)[i].first, out);
      out += style == JsonStyle::pretty ? ": " : ":";
      write_value((*object)[i].second, style, indent + 1, out);
    }
    if (!object->empty()) line(indent);
    out.push_back('}');
  }
}

}  // namespace

const char* Json::type_name() const {
  static constexpr std::array<const char*, 7> names = {"null",   "boolean", "integer", "number",
                                                       "string", "array",   "object"};
  return names[value_.index()];
}

const Json* Json::find(std::string_view name) const {
  const Object* object = as_object();
  if (object == nullptr) return nullptr;
  const auto it = std::find_if(object->begin(), object->end(),
                               [&](const Member& m) { return m.first == name; });
  return it == object->end() ? nullptr : &it->second;
}

std::string Json::text_or_empty(std::string_view name) const {
  const Json* value = find(name);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : "";
}

Json Json::object(std::initializer_list<JsonMember> members) {
  Object object;
  object.reserve(members.size());
  for (const JsonMember& member : members)
    object.emplace_back(member.name, std::move(member.value));
  return Json(std::move(object));
}

void Json::set(std::string name, Json value) {
  if (is_null()) value_ = Object{};
  Object* object = as_object();
  if (object == nullptr) throw std::logic_error("Json::set on a value that is no object");
  const auto it = std::find_if(object->begin(), object->end(),
                               [&](const Member& m) { return m.first == name; });
  if (it == object->end()) {
    object->emplace_back(std::move(name), std::move(value));
  } else {
    it->second = std::move(value);
  }
}

void Json::push(Json value) {
  if (is_null()) value_ = Array{};
  Array* array = as_array();
  if (array == nullptr) throw std::logic_error("Json::push on a value that is no array");
  array->push_back(std::move(value));
}

Result<Json> parse_json(Bytes text, const ReadLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return fail(FailureKind::too_large, "JSON of " + std::to_string(text.size()) +
                                            " bytes is past the limit of " +
                                            std::to_string(limits.max_bytes));
  }
  Builder builder(limits);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
    return fail(FailureKind::malformed, builder.problem(), builder.offset());
  }
  return builder.take();
}

std::string write_json(const Json& value, JsonStyle style) {
  std::string out;
  write_value(value, style, 0, out);
  if (style == JsonStyle::pretty) out.push_back('\n');
  return out;
}

}  // namespace loccit
