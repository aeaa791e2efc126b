// What kind of thing a note cites, told from its words; the words are those of citing in the
// languages we know.
#pragma once

#include <string_view>

#include "documents/document.h"

namespace loccit {

// `note` is the unwrapped text. A URL makes it web; else a social-media account, something
// unpublished, something printed, or a comment that cites nothing.
SourceKind source_kind(std::string_view note, bool has_url);

// "(Unofficial translation)", "traduction libre", "eigene Übersetzung", "my translation", …
bool declares_translation(std::string_view text);

}  // namespace loccit
