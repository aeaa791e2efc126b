# What `cmake --install` and CPack bring: the program, its man pages and completions, the library interface, the systemd units.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Other programs link to one shared library, whose only door is library/loccit/loccit.h; everything else stays inside of it.
add_library(loccit_library SHARED ${PROJECT_SOURCE_DIR}/library/loccit.cpp)
add_library(loccit::loccit ALIAS loccit_library)
set_target_properties(loccit_library PROPERTIES OUTPUT_NAME loccit EXPORT_NAME loccit VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR} CXX_VISIBILITY_PRESET hidden)
target_include_directories(loccit_library PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/library>
                           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(loccit_library INTERFACE cxx_std_17)
target_link_libraries(loccit_library PRIVATE loccit_compiler loccit_base loccit_documents loccit_verifier loccit_manifests)
target_link_options(loccit_library PRIVATE -Wl,--exclude-libs,ALL)

# Man pages and completions are made by the program, from the table of its commands.
set(pages ${PROJECT_BINARY_DIR}/pages)
add_custom_command(OUTPUT ${pages}/made
  COMMAND ${CMAKE_COMMAND} -DLOCCIT=$<TARGET_FILE:loccit> -DOUT=${pages} -P ${PROJECT_SOURCE_DIR}/cmake/write_pages.cmake
  DEPENDS loccit ${PROJECT_SOURCE_DIR}/cmake/write_pages.cmake VERBATIM)
add_custom_target(loccit_pages ALL DEPENDS ${pages}/made)

install(TARGETS loccit)
install(TARGETS loccit_library EXPORT loccit)
install(FILES ${PROJECT_SOURCE_DIR}/library/loccit/loccit.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/loccit)
install(EXPORT loccit NAMESPACE loccit:: FILE loccit-config.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/loccit)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/loccit-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/loccit-config-version.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/loccit)
install(DIRECTORY ${pages}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${pages}/bash/loccit DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${pages}/zsh/_loccit DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${pages}/fish/loccit.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${PROJECT_SOURCE_DIR}/ci/systemd/loccit-check@.service ${PROJECT_SOURCE_DIR}/ci/systemd/loccit-check@.timer
        DESTINATION lib/systemd/system)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME loccit)
set(CPACK_PACKAGE_VENDOR loccit)
set(CPACK_PACKAGE_CONTACT "the loccit authors <loccit@loccit.example>")  # a reserved name, as LOCCIT_HOMEPAGE
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGE_HOMEPAGE_URL ${LOCCIT_HOMEPAGE})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # the libraries; what is run as a child stands here
set(CPACK_DEBIAN_PACKAGE_DEPENDS "poppler-utils, qpdf, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "poppler-data")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
include(CPack)
