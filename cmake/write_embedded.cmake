# Run by loccit_embed() at build time. Every byte is written as an escape, so nothing in a file can end its literal.
set(entries "")
foreach(file IN LISTS FILES)
  file(READ ${file} bytes HEX)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" literal "${bytes}")
  get_filename_component(name ${file} NAME)
  string(APPEND entries "    {\"${name}\", std::string_view(\"${literal}\", ${size})},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"base/embedded_file.h\"

namespace loccit {

std::span<const EmbeddedFile> ${FUNCTION}() {
  static constexpr EmbeddedFile files[] = {
${entries}  };
  return files;
}

}  // namespace loccit
")
