// What an element of a citing page is, by its tag, class and style: unread, furniture, a quotation.
#pragma once

#include "documents/markup_stream.h"

namespace loccit {

// Whether an element and all in it are no words of the page.
bool is_unread(MarkupTag tag, const MarkupToken& token);

// Navigation and other furniture around the text: no words of it, and its links are nobody's
// sources.
bool is_furniture(MarkupTag tag, const MarkupToken& token, bool in_article);

bool is_code(MarkupTag tag);

// How word processors write a block quotation as HTML: by the style's name, or indented on both
// sides.
bool is_quotation_paragraph(const MarkupToken& token);

// LibreOffice makes each paragraph of a quotation a <blockquote> of its own, with its indentation.
bool is_indented(const MarkupToken& token);

}  // namespace loccit
