// JSON as plain data (RFC 8259): read strictly, written in one canonical order, so equal values
// give equal bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

struct JsonMember;

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  // in the order read or built; names are unique

  Json() = default;  // null
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(static_cast<std::int64_t>(value)) {}
  Json(std::int64_t value) : value_(value) {}
  Json(std::uint64_t value) : value_(static_cast<std::int64_t>(value)) {}
  Json(double value) : value_(value) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}
  static Json object() { return Json(Object{}); }
  static Json object(std::initializer_list<JsonMember> members);  // moved out of the list
  static Json array() { return Json(Array{}); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&value_); }
  const double* as_double() const { return std::get_if<double>(&value_); }  // not for integers
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  Array* as_array() { return std::get_if<Array>(&value_); }
  Object* as_object() { return std::get_if<Object>(&value_); }
  const char* type_name()
      const;  // "null", "boolean", "integer", "number", "string", "array", "object"

  const Json* find(
      std::string_view name) const;  // a member, or nullptr (also where this is no object)
  std::string text_or_empty(std::string_view name) const;  // a member that is a string, or ""
  void set(std::string name, Json value);  // replaces or appends; this must be an object or null
  void push(Json value);                   // this must be an array or null

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

struct JsonMember {
  std::string name;
  mutable Json value;  // the elements of an initializer_list are const, and copies cost
};

// Strict: one value, valid UTF-8, no duplicate names (parsers differ on which wins), depth, size
// and the memory for the values bounded by `limits`. The failure's message names the line and
// column.
Result<Json> parse_json(Bytes text, const ReadLimits& limits = {});

enum class JsonStyle { compact, pretty };
// Strings are valid UTF-8 or are repaired with U+FFFD. Pretty ends with a newline, compact does
// not.
std::string write_json(const Json& value, JsonStyle style = JsonStyle::compact);

}  // namespace loccit
