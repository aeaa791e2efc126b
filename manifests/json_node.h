// JSON read against an expected shape: the first thing that is wrong is kept, with its path, and
// reading goes on with harmless defaults, so that a reader of a format is a plain list of its
// fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace loccit {

// A view of a value and of where it stands ("citations[3].sources[0]"). Valid while the value and
// `problem` live.
class JsonNode {
 public:
  JsonNode(const Json& value, std::optional<Failure>& problem)
      : value_(&value), problem_(&problem) {}

  JsonNode member(std::string_view name) const;                   // required
  std::optional<JsonNode> optional(std::string_view name) const;  // nullopt where absent or null
  std::vector<JsonNode> items() const;

  std::string text() const;
  std::string text_or_empty(
      std::string_view name) const;  // an optional member; absent and null are ""
  bool truth_or_false(std::string_view name) const;
  std::int64_t whole() const;
  std::size_t count() const;  // a whole number that is not negative
  std::size_t count_or_zero(std::string_view name) const;
  double number() const;
  std::vector<std::string> texts() const;

  bool is_object() const { return value_->as_object() != nullptr; }
  void must_be_object() const;
  void must_have_schema(std::string_view name) const;  // an object with this member "schema"
  void complain(std::string what) const;  // "path: what", unless something went wrong before

 private:
  JsonNode(const Json* value, std::string path, std::optional<Failure>* problem)
      : value_(value), path_(std::move(path)), problem_(problem) {}
  void wrong_type(const char* expected) const;

  const Json* value_;
  std::string path_;
  std::optional<Failure>* problem_;
};

}  // namespace loccit
