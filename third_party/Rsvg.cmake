# librsvg: rasterises our SVG drawings. Target: homeroom_rsvg; include <librsvg/rsvg.h>.
#
# Chosen over NanoSVG (knows no style sheets, which dress our figures) and LunaSVG (not packaged).
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    # 2.48 is the first that takes style sheets from the program.
    pkg_check_modules(HOMEROOM_RSVG QUIET IMPORTED_TARGET librsvg-2.0>=2.48)
endif()
if(NOT HOMEROOM_RSVG_FOUND)
    homeroom_missing("librsvg >= 2.48 is missing: install librsvg2-dev and pkg-config.")
endif()
add_library(homeroom_rsvg INTERFACE)
target_link_libraries(homeroom_rsvg INTERFACE PkgConfig::HOMEROOM_RSVG)
