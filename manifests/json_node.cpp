#include "manifests/json_node.h"

namespace loccit {
namespace {

const Json nothing;

}  // namespace

JsonNode JsonNode::member(std::string_view name) const {
  const Json* found = value_->find(name);
  JsonNode node(found != nullptr ? found : &nothing,
                path_.empty() ? std::string(name) : path_ + "." + std::string(name), problem_);
  if (found == nullptr) {
    must_be_object();
    node.complain("is missing");
  }
  return node;
}

std::optional<JsonNode> JsonNode::optional(std::string_view name) const {
  const Json* found = value_->find(name);
  if (found == nullptr || found->is_null()) return std::nullopt;
  return member(name);
}

std::vector<JsonNode> JsonNode::items() const {
  const Json::Array* array = value_->as_array();
  if (array == nullptr) {
    wrong_type("an array");
    return {};
  }
  std::vector<JsonNode> nodes;
  nodes.reserve(array->size());
  for (std::size_t i = 0; i < array->size(); ++i) {
    nodes.push_back(JsonNode(&(*array)[i], path_ + "[" + std::to_string(i) + "]", problem_));
  }
  return nodes;
}

std::string JsonNode::text() const {
  if (const std::string* string = value_->as_string()) return *string;
  wrong_type("a string");
  return {};
}

std::string JsonNode::text_or_empty(std::string_view name) const {
  const auto node = optional(name);
  return node ? node->text() : std::string();
}

bool JsonNode::truth_or_false(std::string_view name) const {
  const auto node = optional(name);
  if (!node) return false;
  if (const bool* value = node->value_->as_bool()) return *value;
  node->wrong_type("true or false");
  return false;
}

std::int64_t JsonNode::whole() const {
  if (const std::int64_t* value = value_->as_integer()) return *value;
  wrong_type("a whole number");
  return 0;
}

std::size_t JsonNode::count() const {
  const std::int64_t value = whole();
  if (value >= 0) return static_cast<std::size_t>(value);
  complain("must not be negative");
  return 0;
}

std::size_t JsonNode::count_or_zero(std::string_view name) const {
  const auto node = optional(name);
  return node ? node->count() : 0;
}

double JsonNode::number() const {
  if (const double* value = value_->as_double()) return *value;
  if (const std::int64_t* value = value_->as_integer()) return static_cast<double>(*value);
  wrong_type("a number");
  return 0;
}

std::vector<std::string> JsonNode::texts() const {
  std::vector<std::string> texts;
  for (const JsonNode& item : items()) texts.push_back(item.text());
  return texts;
}

void JsonNode::must_be_object() const {
  if (!is_object()) wrong_type("an object");
}

void JsonNode::must_have_schema(std::string_view name) const {
  must_be_object();
  const JsonNode declared = member("schema");
  if (const std::string found = declared.text(); found != name)
    declared.complain("expected \"" + std::string(name) + "\", found \"" + found + "\"");
}

void JsonNode::complain(std::string what) const {
  if (problem_->has_value()) return;
  *problem_ = Failure{FailureKind::malformed,
                      (path_.empty() ? "the JSON: " : path_ + ": ") + std::move(what)};
}

void JsonNode::wrong_type(const char* expected) const {
  complain(std::string("expected ") + expected + ", found " + value_->type_name());
}

}  // namespace loccit
