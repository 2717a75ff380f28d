# stb_image_write: writes PNGs. Target: stb::image_write; include <stb/stb_image_write.h>.
find_path(STB_INCLUDE_DIR stb/stb_image_write.h)
if(NOT STB_INCLUDE_DIR)
    homeroom_missing("stb_image_write is missing: install libstb-dev.")
endif()
# The header holds its implementation too; one C file of its own keeps that out of our warnings.
set(stb_source ${PROJECT_BINARY_DIR}/third_party/stb_image_write.c)
file(CONFIGURE OUTPUT ${stb_source} CONTENT
    "#define STB_IMAGE_WRITE_IMPLEMENTATION\n#include <stb/stb_image_write.h>\n")
add_library(homeroom_stb STATIC ${stb_source})
target_include_directories(homeroom_stb SYSTEM PUBLIC ${STB_INCLUDE_DIR})
homeroom_not_ours(homeroom_stb)
add_library(stb::image_write ALIAS homeroom_stb)
