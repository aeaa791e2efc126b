#include "base/inflate_stream.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>

#include "base/compression_handles.h"

namespace loccit {

struct InflateStream::Decoder {
  virtual ~Decoder() = default;
  virtual Step step(Bytes in, char* out, std::size_t room) = 0;
  virtual void reset() = 0;
  virtual bool use_dictionary(Bytes) { return false; }
};

struct InflateStream::ZlibDecoder final : Decoder {
  InflateHandle stream;

  // zlib's "windowBits": 15 is the window, +16 asks for a gzip wrapper, negative for none.
  explicit ZlibDecoder(Coding coding) {
    auto fresh = std::make_unique<z_stream>();
    const int window = coding == Coding::gzip ? 15 + 16 : coding == Coding::zlib ? 15 : -15;
    if (inflateInit2(fresh.get(), window) != Z_OK) throw std::bad_alloc();
    stream.reset(fresh.release());
  }

  Step step(Bytes in, char* out, std::size_t room) override {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    const auto offered = static_cast<uInt>(std::min(in.size(), most));
    const auto space = static_cast<uInt>(std::min(room, most));
    stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream->avail_in = offered;
    stream->next_out = reinterpret_cast<Bytef*>(out);
    stream->avail_out = space;
    const int code = inflate(stream.get(), Z_NO_FLUSH);
    Step step{State::wants_more, offered - stream->avail_in, space - stream->avail_out, ""};
    if (code == Z_STREAM_END) {
      step.state = State::finished;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      step.state = State::broken;
      step.what = stream->msg != nullptr ? stream->msg : "damaged deflate data";
    }
    return step;
  }

  void reset() override { inflateReset(stream.get()); }
};

struct InflateStream::BrotliDecoder final : Decoder {
  BrotliHandle state;

  BrotliDecoder() { reset(); }

  Step step(Bytes in, char* out, std::size_t room) override {
    std::size_t in_left = in.size();
    std::size_t out_left = room;
    const auto* next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    auto* next_out = reinterpret_cast<std::uint8_t*>(out);
    const auto code = BrotliDecoderDecompressStream(state.get(), &in_left, &next_in, &out_left,
                                                    &next_out, nullptr);
    Step step{State::wants_more, in.size() - in_left, room - out_left, ""};
    if (code == BROTLI_DECODER_RESULT_SUCCESS) step.state = State::finished;
    if (code == BROTLI_DECODER_RESULT_ERROR) {
      step.state = State::broken;
      step.what = BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state.get()));
    }
    return step;
  }

  void reset() override {
    state.reset(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    if (!state) throw std::bad_alloc();
  }
};

struct InflateStream::ZstdDecoder final : Decoder {
  ZstdHandle stream{ZSTD_createDStream()};

  explicit ZstdDecoder(int max_window_log) {
    if (!stream) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, max_window_log);
  }

  Step step(Bytes in, char* out, std::size_t room) override {
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out, room, 0};
    const std::size_t code = ZSTD_decompressStream(stream.get(), &output, &input);
    Step step{State::wants_more, input.pos, output.pos, ""};
    if (ZSTD_isError(code) != 0U) {
      step.state = State::broken;
      step.what = ZSTD_getErrorName(code);
    } else if (code == 0) {
      step.state = State::finished;
    }
    return step;
  }

  void reset() override { ZSTD_DCtx_reset(stream.get(), ZSTD_reset_session_only); }

  bool use_dictionary(Bytes dictionary) override {
    return ZSTD_isError(
               ZSTD_DCtx_loadDictionary(stream.get(), dictionary.data(), dictionary.size())) == 0U;
  }
};

InflateStream::InflateStream(Coding coding, int max_window_log) {
  switch (coding) {
    case Coding::brotli:
      decoder_ = std::make_unique<BrotliDecoder>();
      break;
    case Coding::zstd:
      decoder_ = std::make_unique<ZstdDecoder>(max_window_log);
      break;
    default:
      decoder_ = std::make_unique<ZlibDecoder>(coding);
  }
}
InflateStream::~InflateStream() = default;
InflateStream::InflateStream(InflateStream&&) noexcept = default;
InflateStream& InflateStream::operator=(InflateStream&&) noexcept = default;

InflateStream::Step InflateStream::step(Bytes in, char* out, std::size_t room) {
  return decoder_->step(in, out, room);
}
void InflateStream::reset() { decoder_->reset(); }
bool InflateStream::use_dictionary(Bytes dictionary) {
  return decoder_->use_dictionary(dictionary);
}

}  // namespace loccit
