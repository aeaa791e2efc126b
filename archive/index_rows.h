// How the index writes what it holds into columns, and reads it back. Ids and digests in their
// usual spelling take half the room as bytes; every other spelling stays as it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "archive/index.h"
#include "archive/sqlite_handles.h"

namespace loccit {

// What things are looked up by: 64 bits of a SHA-256. A hit is to be compared in full.
std::int64_t key_of(std::string_view text);
// One URL, however it is spelled; what does not parse is looked up as it stands.
std::string look_up_form(std::string_view url);
// A digest's label in the one form that equal digests have.
std::string folded_label(std::string_view label);

void bind_id(sqlite::Statement& statement, std::string_view id);  // "" is NULL
std::string id_in(const sqlite::Statement& statement, int column);
void bind_digest(sqlite::Statement& statement, std::string_view label);  // a folded one

// SQLite's integers have a sign.
inline std::int64_t signed_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }
inline std::uint64_t unsigned_of(std::int64_t value) { return static_cast<std::uint64_t>(value); }
inline std::int64_t micros(Timestamp time) { return time.time_since_epoch().count(); }

// Beginnings of queries, and the rows that they give.
extern const char* const capture_columns;
CaptureEntry capture_in(const sqlite::Statement& row);
extern const char* const original_columns;
OriginalEntry original_in(const sqlite::Statement& row);

}  // namespace loccit
