# The fonts of the user interface, from distribution packages. Target: homeroom_fonts, which defines
# the paths HOMEROOM_FONT_REGULAR, _BOLD, _MONO, _SYMBOLS and _CHINESE.
#
# Inter is made for screens but lacks symbols such as the play arrow; DejaVu Sans has them, and also
# stands in for Inter where that is not packaged as single-weight files.
set(font_places /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/inter
    /usr/share/fonts/truetype/dejavu /usr/share/fonts/TTF /usr/share/fonts/truetype/wqy
    /usr/share/fonts/wqy-microhei /usr/share/fonts/wenquanyi/wqy-microhei)

function(homeroom_find_font variable)
    find_file(${variable} NAMES ${ARGN} PATHS ${font_places} NO_DEFAULT_PATH)
    if(NOT ${variable})
        homeroom_missing("No font for the user interface: install fonts-inter and fonts-dejavu-core.")
    endif()
    target_compile_definitions(homeroom_fonts INTERFACE ${variable}="${${variable}}")
endfunction()

add_library(homeroom_fonts INTERFACE)
# Without it the window speaks English only.
find_file(HOMEROOM_FONT_CHINESE NAMES wqy-microhei.ttc PATHS ${font_places} NO_DEFAULT_PATH)
if(NOT HOMEROOM_FONT_CHINESE)
    message(STATUS "No Chinese font (fonts-wqy-microhei): English only.")
    set(HOMEROOM_FONT_CHINESE "")
endif()
target_compile_definitions(homeroom_fonts INTERFACE HOMEROOM_FONT_CHINESE="${HOMEROOM_FONT_CHINESE}")
homeroom_find_font(HOMEROOM_FONT_REGULAR Inter-Regular.otf Inter-Regular.ttf DejaVuSans.ttf)
homeroom_find_font(HOMEROOM_FONT_BOLD Inter-SemiBold.otf Inter-SemiBold.ttf DejaVuSans-Bold.ttf)
homeroom_find_font(HOMEROOM_FONT_MONO DejaVuSansMono.ttf)
homeroom_find_font(HOMEROOM_FONT_SYMBOLS DejaVuSans.ttf)
