# Dear ImGui >= 1.90. Targets: imgui::core (widgets, draw lists) and imgui::backends (GLFW, OpenGL 3).
#
# In this order: a directory given by the user; a system package; the distribution's source package,
# pinned, from a cache outside the build folder; a git repository given by the user, pinned.
# 1.90.1 because Debian 13 and Ubuntu 24.04 package that version: one interface for everybody.
set(IMGUI_DIR "" CACHE PATH "A directory with the sources of Dear ImGui >= 1.90")
option(HOMEROOM_FETCH "Clone Dear ImGui from HOMEROOM_FETCH_URL when nothing else provides it" OFF)
set(HOMEROOM_FETCH_URL "" CACHE STRING "A git repository of Dear ImGui")

set(imgui_tarball_name imgui_1.90.1+ds.orig.tar.xz)
set(imgui_tarball_sha256 ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c)
set(imgui_commit d6cb3c923d28dcebb2d8d9605ccc7229ccef19eb)  # v1.90.1

# Sets imgui_sources to the unpacked source package, or to nothing when it cannot be had.
function(homeroom_unpack_imgui)
    set(unpacked ${PROJECT_BINARY_DIR}/third_party/imgui)
    if(DEFINED ENV{XDG_CACHE_HOME})
        set(cache $ENV{XDG_CACHE_HOME}/homeroom)
    elseif(DEFINED ENV{HOME})
        set(cache $ENV{HOME}/.cache/homeroom)
    else()
        set(cache ${PROJECT_BINARY_DIR}/third_party)
    endif()
    set(tarball ${cache}/${imgui_tarball_name})
    if(EXISTS ${tarball})
        file(SHA256 ${tarball} sha256)
        if(NOT sha256 STREQUAL imgui_tarball_sha256)
            message(STATUS "Dear ImGui: ${tarball} is damaged and is fetched again")
            file(REMOVE ${tarball})
        endif()
    endif()
    if(NOT EXISTS ${tarball})
        message(STATUS "Dear ImGui: fetching the distribution's source package")
        # It leaves either the file with the right SHA256 or none.
        execute_process(COMMAND bash ${PROJECT_SOURCE_DIR}/third_party/fetch_imgui.sh
            ${tarball} ${imgui_tarball_sha256})
    endif()
    if(EXISTS ${tarball})
        if(NOT EXISTS ${unpacked}/imgui.cpp)
            file(REMOVE_RECURSE ${unpacked} ${unpacked}.tmp)
            file(ARCHIVE_EXTRACT INPUT ${tarball} DESTINATION ${unpacked}.tmp)
            file(GLOB top ${unpacked}.tmp/*)  # the one folder that the package holds
            file(RENAME ${top} ${unpacked})
            file(REMOVE_RECURSE ${unpacked}.tmp)
        endif()
        set(imgui_sources ${unpacked} PARENT_SCOPE)
    endif()
endfunction()

set(imgui_sources ${IMGUI_DIR})
if(imgui_sources AND NOT EXISTS ${imgui_sources}/imgui.cpp)
    homeroom_missing("IMGUI_DIR is '${IMGUI_DIR}', where there is no imgui.cpp.")
endif()
if(NOT imgui_sources)
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
        pkg_check_modules(SYSTEM_IMGUI QUIET IMPORTED_TARGET imgui>=1.90)
    endif()
    if(NOT SYSTEM_IMGUI_FOUND)
        homeroom_unpack_imgui()
    endif()
endif()
if(NOT imgui_sources AND NOT SYSTEM_IMGUI_FOUND AND HOMEROOM_FETCH)
    if(NOT HOMEROOM_FETCH_URL)
        homeroom_missing("HOMEROOM_FETCH needs -DHOMEROOM_FETCH_URL=<git repository of Dear ImGui>.")
    endif()
    include(FetchContent)
    FetchContent_Declare(imgui_git GIT_REPOSITORY ${HOMEROOM_FETCH_URL} GIT_TAG ${imgui_commit})
    FetchContent_MakeAvailable(imgui_git)
    set(imgui_sources ${imgui_git_SOURCE_DIR})
endif()

if(imgui_sources)
    message(STATUS "Dear ImGui: ${imgui_sources}")
    add_library(homeroom_imgui STATIC
        ${imgui_sources}/imgui.cpp
        ${imgui_sources}/imgui_draw.cpp
        ${imgui_sources}/imgui_tables.cpp
        ${imgui_sources}/imgui_widgets.cpp)
    target_include_directories(homeroom_imgui SYSTEM PUBLIC ${imgui_sources})
    # Ten thousand students exceed what 16-bit indices can address in one draw list.
    target_compile_definitions(homeroom_imgui PUBLIC "ImDrawIdx=unsigned int")
    add_library(homeroom_imgui_backends STATIC
        ${imgui_sources}/backends/imgui_impl_glfw.cpp
        ${imgui_sources}/backends/imgui_impl_opengl3.cpp)
    target_link_libraries(homeroom_imgui_backends PUBLIC homeroom_imgui glfw ${CMAKE_DL_LIBS})
    homeroom_not_ours(homeroom_imgui)
    homeroom_not_ours(homeroom_imgui_backends)
elseif(SYSTEM_IMGUI_FOUND)
    # The package's library holds the backends too, and fixes ImDrawIdx to 16 bits.
    message(STATUS "Dear ImGui: system package ${SYSTEM_IMGUI_VERSION}")
    add_library(homeroom_imgui INTERFACE)
    target_link_libraries(homeroom_imgui INTERFACE PkgConfig::SYSTEM_IMGUI)
    add_library(homeroom_imgui_backends INTERFACE)
    target_link_libraries(homeroom_imgui_backends INTERFACE homeroom_imgui glfw ${CMAKE_DL_LIBS})
else()
    homeroom_missing("Dear ImGui >= 1.90 is missing: install libimgui-dev >= 1.90, or pass -DIMGUI_DIR=<its sources>, or -DHOMEROOM_FETCH=ON -DHOMEROOM_FETCH_URL=<its git repository>.")
endif()
add_library(imgui::core ALIAS homeroom_imgui)
add_library(imgui::backends ALIAS homeroom_imgui_backends)
