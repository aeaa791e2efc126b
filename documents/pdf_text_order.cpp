#include "documents/pdf_text_order.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "documents/pdf_columns.h"

namespace loccit {
namespace {

constexpr double slack = 0.3;             // of a line's height: boxes of lines overlap
constexpr std::size_t most_blocks = 400;  // on a page whose order is looked at
constexpr int most_depth = 12;

// Lines of one block that follow one another.
struct BlockOfLines {
  std::vector<PdfLine> lines;
  PdfBox box;
  double line_height = 0;
};

double middle(const PdfBox& box) { return (box.top + box.bottom) / 2; }

void enclose(PdfBox& box, const PdfBox& other) {
  box = {std::min(box.left, other.left), std::min(box.top, other.top),
         std::max(box.right, other.right), std::max(box.bottom, other.bottom)};
}

std::vector<BlockOfLines> blocks_of(std::vector<PdfLine>& lines) {
  std::vector<BlockOfLines> blocks;
  for (PdfLine& line : lines) {
    if (blocks.empty() || blocks.back().lines.back().block != line.block)
      blocks.push_back({{}, line.box, line.box.height()});
    enclose(blocks.back().box, line.box);
    blocks.back().lines.push_back(std::move(line));
  }
  return blocks;
}

bool share_a_column(const PdfBox& a, const PdfBox& b) {
  const double overlap = std::min(a.right, b.right) - std::max(a.left, b.left);
  return overlap * 2 > std::min(a.right - a.left, b.right - b.left);
}

bool is_above(const BlockOfLines& a, const BlockOfLines& b) {
  return a.box.bottom <= b.box.top + slack * std::min(a.line_height, b.line_height);
}

// A block comes after one that stands below it in the same column.
bool is_out_of_order(const std::vector<BlockOfLines>& blocks) {
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    for (std::size_t before = 0; before < i; ++before) {
      if (share_a_column(blocks[i].box, blocks[before].box) && is_above(blocks[i], blocks[before]))
        return true;
    }
  }
  return false;
}

using Blocks = std::vector<BlockOfLines*>;

// Parts blocks where nothing stands across: `begin` and `end` are a block's edges along the way.
template <class Begin, class End>
std::vector<Blocks> parted(Blocks blocks, Begin begin, End end) {
  std::ranges::stable_sort(blocks, {}, [&](const BlockOfLines* b) { return begin(*b); });
  std::vector<Blocks> parts;
  double reach = 0;
  for (BlockOfLines* block : blocks) {
    if (parts.empty() || begin(*block) >= reach) {
      parts.emplace_back();
      reach = end(*block);
    }
    parts.back().push_back(block);
    reach = std::max(reach, end(*block));
  }
  return parts;
}

// Rows of blocks, in each row its columns, and so on.
void cut(Blocks blocks, int depth, Blocks& ordered) {
  if (blocks.size() == 1 || depth == most_depth) {
    std::ranges::sort(blocks);  // as poppler has them
    std::ranges::copy(blocks, std::back_inserter(ordered));
    return;
  }
  auto parts = parted(
      blocks, [](const BlockOfLines& b) { return b.box.top + slack * b.line_height; },
      [](const BlockOfLines& b) { return b.box.bottom - slack * b.line_height; });
  if (parts.size() == 1)
    parts = parted(
        blocks, [](const BlockOfLines& b) { return b.box.left; },
        [](const BlockOfLines& b) { return b.box.right - 1; });
  if (parts.size() == 1) return cut(std::move(parts.front()), most_depth, ordered);
  for (Blocks& part : parts) cut(std::move(part), depth + 1, ordered);
}

bool has_columns(const ReadingOrder& order) {
  return std::ranges::any_of(order.lines, &PlacedLine::begins_column);
}

std::vector<PdfLine> in_order(std::vector<PdfLine> lines, double page_width) {
  std::vector<const PdfLine*> all;
  for (const PdfLine& line : lines) all.push_back(&line);
  if (const ReadingOrder order = in_reading_order(std::move(all), page_width); has_columns(order)) {
    std::vector<PdfLine> placed;
    for (const PlacedLine& line : order.lines) placed.push_back(*line.line);
    return placed;
  }
  std::vector<BlockOfLines> blocks = blocks_of(lines);
  Blocks ordered;
  for (BlockOfLines& block : blocks) ordered.push_back(&block);
  if (blocks.size() <= most_blocks && is_out_of_order(blocks))
    cut(std::exchange(ordered, {}), 0, ordered);
  lines.clear();
  for (BlockOfLines* block : ordered) std::ranges::move(block->lines, std::back_inserter(lines));
  return lines;
}

}  // namespace

void put_in_text_order(PdfPage& page, std::vector<bool>& running, bool right_to_left) {
  std::vector<PdfLine> heads, body, feet;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    PdfLine& line = page.lines[i];
    std::vector<PdfLine>& place = !running[i]                          ? body
                                  : middle(line.box) < page.height / 2 ? heads
                                                                       : feet;
    place.push_back(std::move(line));
  }
  page.lines = std::move(body);
  if (right_to_left) mirror(page);
  page.lines = in_order(std::move(page.lines), page.width);
  if (right_to_left) mirror(page);
  running.assign(heads.size(), true);
  running.resize(heads.size() + page.lines.size(), false);
  running.resize(running.size() + feet.size(), true);
  page.lines.insert(page.lines.begin(), std::make_move_iterator(heads.begin()),
                    std::make_move_iterator(heads.end()));
  std::ranges::move(feet, std::back_inserter(page.lines));
}

}  // namespace loccit
