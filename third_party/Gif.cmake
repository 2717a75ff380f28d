# giflib: writes GIFs. Target: GIF::GIF; include <gif_lib.h>.
find_package(GIF QUIET)
if(NOT GIF_FOUND)
    homeroom_missing("giflib is missing: install libgif-dev.")
endif()
