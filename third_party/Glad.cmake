# glad: the OpenGL 3.3 core loader, generated at build time. Target: glad::glad.
find_program(GLAD_PROGRAM glad)
if(NOT GLAD_PROGRAM)
    homeroom_missing("The generator glad is missing: install python3-glad.")
endif()
set(glad_dir ${PROJECT_BINARY_DIR}/third_party/glad)
# --reproducible uses the specification that the package ships; without it glad tries to download one.
add_custom_command(
    OUTPUT ${glad_dir}/src/gl.c ${glad_dir}/include/glad/gl.h ${glad_dir}/include/KHR/khrplatform.h
    COMMAND ${GLAD_PROGRAM} --quiet --reproducible --api gl:core=3.3 --extensions=
            --out-path ${glad_dir} c
    COMMENT "Generating the OpenGL loader"
    VERBATIM)
add_library(homeroom_glad STATIC ${glad_dir}/src/gl.c)
file(MAKE_DIRECTORY ${glad_dir}/include)
target_include_directories(homeroom_glad SYSTEM PUBLIC ${glad_dir}/include)
homeroom_not_ours(homeroom_glad)
add_library(glad::glad ALIAS homeroom_glad)
