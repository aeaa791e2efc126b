// Owners of cmark-gfm's objects. Only for .cpp files.
#pragma once

#include <memory>

#include <cmark-gfm.h>

namespace loccit {

struct CmarkParserFree {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct CmarkNodeFree {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct CmarkIterFree {
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};
using CmarkParser = std::unique_ptr<cmark_parser, CmarkParserFree>;
using CmarkNode = std::unique_ptr<cmark_node, CmarkNodeFree>;
using CmarkIter = std::unique_ptr<cmark_iter, CmarkIterFree>;

}  // namespace loccit
