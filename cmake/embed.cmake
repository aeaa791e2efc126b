# Files that travel inside the program: loccit_embed(<target> <function> FILES…) gives the target a function
# `std::span<const loccit::EmbeddedFile> loccit::<function>()` (base/embedded_file.h) with their bytes, by file name.
function(loccit_embed target function)
  set(output ${PROJECT_BINARY_DIR}/embedded/${function}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFUNCTION=${function} -DOUTPUT=${output} "-DFILES=${ARGN}"
            -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
