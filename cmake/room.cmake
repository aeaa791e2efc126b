# A room is a folder: one static library loccit_<room> of all its .cpp files, linked only to the rooms it may use.
# tests/include_order_test.py checks the same order on the #include lines.
function(loccit_room room)
  cmake_parse_arguments(ROOM "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${room}/*.cpp)
  if(NOT sources)
    add_library(loccit_${room} INTERFACE)
    set(scope INTERFACE)
  else()
    add_library(loccit_${room} STATIC ${sources})
    set(scope PUBLIC)
  endif()
  target_include_directories(loccit_${room} ${scope} ${PROJECT_SOURCE_DIR})
  list(TRANSFORM ROOM_USES PREPEND loccit_)
  target_link_libraries(loccit_${room} ${scope} loccit_compiler ${ROOM_USES} ${ROOM_LIBRARIES})
endfunction()

function(loccit_program name)
  cmake_parse_arguments(PROGRAM "" "FROM" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${PROGRAM_FROM}/*.cpp)
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  list(TRANSFORM PROGRAM_USES PREPEND loccit_)
  target_link_libraries(${name} PRIVATE loccit_compiler ${PROGRAM_USES} ${PROGRAM_LIBRARIES})
endfunction()

# The tests of a room: one executable of tests/<room>/*.cpp, each test its own ctest.
function(loccit_room_tests room)
  cmake_parse_arguments(TESTS "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${room}/*.cpp)
  if(NOT sources)
    return()
  endif()
  list(TRANSFORM TESTS_USES PREPEND loccit_)
  add_executable(${room}_tests ${sources})
  target_link_libraries(${room}_tests PRIVATE loccit_compiler loccit_${room} loccit_test_support ${TESTS_USES}
                        GTest::gtest GTest::gtest_main)
  target_compile_definitions(${room}_tests PRIVATE LOCCIT_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  # Those that share a PostgreSQL server are one test: to start it for each would cost seconds every time.
  gtest_discover_tests(${room}_tests DISCOVERY_MODE PRE_TEST TEST_PREFIX "${room}." TEST_FILTER "-PostgreSQL*"
                       PROPERTIES LABELS unit TIMEOUT 300)
endfunction()

# The verifier's word lists (verifier/lexicons, verifier/signs) become one generated source of its library.
function(loccit_verifier_lexicons)
  file(GLOB lexicons CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/verifier/lexicons/*.txt)
  file(GLOB signs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/verifier/signs/*.txt)
  set(maker ${PROJECT_SOURCE_DIR}/cmake/lexicons.cmake)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/lexicon_data.cpp)
  add_custom_command(OUTPUT ${out} COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DLEXICONS=${lexicons}" "-DSIGNS=${signs}" -P ${maker}
                     DEPENDS ${lexicons} ${signs} ${maker} VERBATIM)
  target_sources(loccit_verifier PRIVATE ${out})
endfunction()
