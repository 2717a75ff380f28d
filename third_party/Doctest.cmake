# doctest: the test framework, one header. Target: homeroom_doctest; include <doctest/doctest.h>.
find_path(DOCTEST_INCLUDE_DIR doctest/doctest.h)
if(NOT DOCTEST_INCLUDE_DIR)
    homeroom_missing("doctest is missing: install doctest-dev.")
endif()
add_library(homeroom_doctest INTERFACE)
target_include_directories(homeroom_doctest SYSTEM INTERFACE ${DOCTEST_INCLUDE_DIR})
