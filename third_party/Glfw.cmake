# GLFW 3: the window and its input. Target: glfw.
find_package(glfw3 3.3 QUIET)
if(NOT TARGET glfw)
    homeroom_missing("GLFW >= 3.3 is missing: install libglfw3-dev.")
endif()
