# The verifier's word lists as C++ source: cmake -DOUT=… -DLEXICONS=… -DSIGNS=… -P lexicons.cmake, at build time.
function(files_table name out)
  set(table "")
  foreach(file IN LISTS ARGN)
    get_filename_component(stem ${file} NAME_WE)
    file(READ ${file} words)
    string(APPEND table "    {\"${stem}\", R\"words(${words})words\"},\n")
  endforeach()
  set(${out} "const std::vector<LexiconFile>& ${name}() {\n  static const std::vector<LexiconFile> files = {\n${table}  };\n  return files;\n}\n\n" PARENT_SCOPE)
endfunction()

files_table(lexicon_files lexicons ${LEXICONS})
files_table(sign_files signs ${SIGNS})
file(WRITE ${OUT} "// Made by cmake/lexicons.cmake.\n#include \"verifier/lexicon_data.h\"\n\nnamespace loccit {\n\n${lexicons}${signs}}  // namespace loccit\n")
