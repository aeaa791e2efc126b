# How every file of ours is compiled. One place owns the warnings, each with its reason.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(LOCCIT_WERROR "Warnings are errors (for our own CI, not for users)" OFF)
set(LOCCIT_HOMEPAGE "https://loccit.example/" CACHE STRING
    "Where readers of reports find out about loccit; a reserved name until whoever publishes it sets theirs")
option(LOCCIT_FUZZ "Build the fuzz targets (clang only)" OFF)

# Looked for, not demanded: a bare clone still builds.
find_program(CCACHE ccache)
if(CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)  # a third of the time that ld takes
endif()

add_library(loccit_compiler INTERFACE)
target_compile_options(loccit_compiler INTERFACE
  -Wall -Wextra -Wpedantic
  -Wshadow               # a hidden name is a misread name
  -Wconversion           # offsets and sizes come from hostile files: no silent narrowing
  -Wsign-conversion
  -Wnon-virtual-dtor
  -Woverloaded-virtual
  -Wno-missing-field-initializers  # {.name = value} names what differs from the defaults, and that is its use
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
  $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
  $<$<CXX_COMPILER_ID:GNU>:-Wsuggest-override>
  # g++ 12 at -O2 takes std::variant's unused members for uninitialized; at -Og, where warnings are errors, it does not.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<BOOL:${LOCCIT_WERROR}>>>:-Wno-maybe-uninitialized>
  $<$<BOOL:${LOCCIT_WERROR}>:-Werror>)
target_compile_definitions(loccit_compiler INTERFACE LOCCIT_VERSION="${PROJECT_VERSION}")

# C and C++ libraries from Debian packages (ci/debian-packages), by room. docs/dependencies.md says what each is for.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(LibArchive REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(Poco REQUIRED COMPONENTS Foundation Net NetSSL Util JSON Data DataSQLite)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(UCHARDET REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(POSTGRESQL REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_library(CMARK_GFM_LIBRARY cmark-gfm REQUIRED)
find_library(CMARK_GFM_EXTENSIONS_LIBRARY cmark-gfm-extensions REQUIRED)

set(BASE_LIBRARIES CURL::libcurl OpenSSL::Crypto ICU::uc ICU::i18n ZLIB::ZLIB PkgConfig::UCHARDET PkgConfig::ZSTD
    PkgConfig::BROTLI ${CLD2_LIBRARY} LibArchive::LibArchive tl::expected nlohmann_json::nlohmann_json Threads::Threads)
set(DOCUMENTS_LIBRARIES LibXml2::LibXml2 ICU::uc ICU::i18n ${CMARK_GFM_EXTENSIONS_LIBRARY} ${CMARK_GFM_LIBRARY})
set(FETCHER_LIBRARIES CURL::libcurl OpenSSL::SSL OpenSSL::Crypto)
set(ARCHIVE_LIBRARIES LibXml2::LibXml2 CURL::libcurl OpenSSL::Crypto ZLIB::ZLIB PkgConfig::DEFLATE PkgConfig::ZSTD PkgConfig::SQLITE)
set(VERIFIER_LIBRARIES ICU::uc ICU::i18n)
set(MANIFESTS_LIBRARIES OpenSSL::Crypto CURL::libcurl LibArchive::LibArchive ZLIB::ZLIB)
set(REGISTRY_LIBRARIES Poco::DataSQLite PkgConfig::POSTGRESQL Poco::Data)
set(WEB_LIBRARIES Poco::Net Poco::NetSSL)
set(CLI_LIBRARIES Poco::Net Poco::NetSSL)
