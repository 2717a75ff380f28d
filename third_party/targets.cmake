# What our targets share: the warnings, the include path, and how a folder becomes a target.

option(HOMEROOM_JOIN "Compile several files as one: less to do in all, more after a change" OFF)

add_library(homeroom_warnings INTERFACE)
target_compile_options(homeroom_warnings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wold-style-cast
        -Wnon-virtual-dtor>)
if(NOT HOMEROOM_JOIN)  # there another file's constant is no shadow
    target_compile_options(homeroom_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wshadow>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12 sees overlapping copies inside std::string where there are none (its bug 105329).
    target_compile_options(homeroom_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()
# Under a sanitizer the compiler's data-flow warnings judge instrumented code, often wrongly.
if(NOT HOMEROOM_SANITIZE)
    target_compile_options(homeroom_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Werror>)
endif()

# homeroom_not_ours(name): third-party sources are optimised in every build, and not instrumented for
# AddressSanitizer: the window's tests spend most of their time in them.
function(homeroom_not_ours name)
    target_compile_options(${name} PRIVATE -O2 -g0)
    if(HOMEROOM_SANITIZE STREQUAL "address")
        target_compile_options(${name} PRIVATE -fno-sanitize=all)
    endif()
endfunction()

# homeroom_missing(sentence) stops; the leading space keeps CMake from breaking the sentence into lines.
function(homeroom_missing sentence)
    message(FATAL_ERROR " ${sentence}")
endfunction()

# homeroom_shorten(name header...) makes building the target shorter in two ways. It reads these headers,
# and the standard ones that most files include, once for the target instead of once for each file: a
# third of the time. And where HOMEROOM_JOIN is on it compiles six files as one, which spares as much
# again; so names in anonymous namespaces must differ within a target. Not for the runtime: where a
# compiler sees how a thread finds its own cell (native_os.cpp) it may keep the address while a coroutine
# moves to another thread.
option(HOMEROOM_PRECOMPILE "Read common headers of others once per target" ON)
function(homeroom_shorten name)
    if(HOMEROOM_PRECOMPILE)
        target_precompile_headers(${name} PRIVATE <algorithm> <array> <atomic> <chrono> <cstdint>
            <functional> <map> <memory> <optional> <span> <string> <vector> ${ARGN})
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            # What it inlines from such a header it no longer takes for a system's, and finds faults in.
            target_compile_options(${name} PRIVATE
                $<$<COMPILE_LANGUAGE:CXX>:-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread>)
        endif()
    endif()
    set_target_properties(${name} PROPERTIES UNITY_BUILD ${HOMEROOM_JOIN} UNITY_BUILD_BATCH_SIZE 6)
endfunction()

# homeroom_library(name SOURCES file... LINKS target...)
# A folder that has only headers so far becomes an INTERFACE library, so its users need not care.
function(homeroom_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    if(arg_SOURCES)
        add_library(${name} STATIC ${arg_SOURCES})
        target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE homeroom_warnings)
        target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    else()
        message(STATUS "${name}: no sources, headers only")
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE ${arg_LINKS})
        target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    endif()
endfunction()

# homeroom_executable(name SOURCES file... LINKS target...)
# Without sources there is no target; callers ask `if(TARGET name)`.
function(homeroom_executable name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    if(NOT arg_SOURCES)
        message(STATUS "${name}: no sources, skipped")
        return()
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LINKS} homeroom_warnings)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
endfunction()
