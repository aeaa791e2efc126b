#include "registry/sql_rows.h"

#include <bit>
#include <stdexcept>

namespace loccit {
namespace {

constexpr std::size_t most_at_once = 128;

std::size_t piece_of(std::size_t rows) { return std::min(std::bit_floor(rows), most_at_once); }

std::string with(std::string_view statement, std::string_view mark, std::string_view instead) {
  const std::size_t at = statement.find(mark);
  if (at == std::string_view::npos)
    throw std::logic_error("a statement for rows without a place for them");
  std::string out(statement.substr(0, at));
  out += instead;
  return out += statement.substr(at + mark.size());
}

void append(std::vector<SqlRow>& all, std::vector<SqlRow>&& more) {
  all.insert(all.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
}

}  // namespace

void SqlRows::add(std::vector<SqlValue> row) {
  if (row.size() != types_.size()) throw std::logic_error("a row of another width");
  rows_.push_back(std::move(row));
}

std::vector<SqlRow> SqlRows::run(Sql& sql, std::string_view statement) const {
  std::vector<SqlRow> all;
  for (std::size_t from = 0; from < rows_.size();) {
    const std::size_t until = from + piece_of(rows_.size() - from);
    std::string marks;
    std::vector<SqlValue> values;
    for (std::size_t row = from; row < until; ++row) {
      marks += marks.empty() ? "(" : ", (";
      for (std::size_t column = 0; column < types_.size(); ++column) {
        values.push_back(rows_[row][column]);
        const std::string number = "$" + std::to_string(values.size());
        // The first row's types are those of all: PostgreSQL would take a bare parameter for text.
        marks += column == 0 ? "" : ", ";
        marks += row == from ? "CAST(" + number + " AS " + types_[column] + ")" : number;
      }
      marks += ')';
    }
    append(all, sql.query(with(statement, "@ROWS@", marks), values));
    from = until;
  }
  return all;
}

std::vector<SqlRow> query_keys(Sql& sql, std::string_view statement,
                               const std::vector<SqlValue>& keys) {
  std::vector<SqlRow> all;
  for (std::size_t from = 0; from < keys.size();) {
    const std::size_t until = from + piece_of(keys.size() - from);
    std::string marks;
    for (std::size_t i = from; i < until; ++i)
      marks += (i == from ? "$" : ", $") + std::to_string(i - from + 1);
    append(all, sql.query(with(statement, "@KEYS@", marks),
                          {keys.begin() + static_cast<std::ptrdiff_t>(from),
                           keys.begin() + static_cast<std::ptrdiff_t>(until)}));
    from = until;
  }
  return all;
}

}  // namespace loccit
