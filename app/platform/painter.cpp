// Two small programs of shaders, and the calls that use them.
#include "app/platform/painter.h"

#include <glad/gl.h>

#include <cstddef>

namespace homeroom::app {
namespace {

constexpr const char* corner_shader = R"(#version 330 core
layout(location = 0) in vec2 at;
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 colour;
uniform vec4 projection;
noperspective out vec2 image_at;
noperspective out vec4 tint;
void main() {
    image_at = uv;
    tint = colour;
    gl_Position = vec4(at * projection.xy + projection.zw, 0, 1);
})";

constexpr const char* coloured_pixel = R"(#version 330 core
noperspective in vec4 tint;
out vec4 pixel;
void main() { pixel = tint; })";

constexpr const char* textured_pixel = R"(#version 330 core
noperspective in vec2 image_at;
noperspective in vec4 tint;
uniform sampler2D image;
out vec4 pixel;
void main() { pixel = tint * texture(image, image_at); })";

unsigned compile(unsigned kind, const char* text) {
    const unsigned shader = glCreateShader(kind);
    glShaderSource(shader, 1, &text, nullptr);
    glCompileShader(shader);
    return shader;
}

const void* offset(std::size_t bytes) { return reinterpret_cast<const void*>(bytes); }

}  // namespace

Painter::Program Painter::link(const char* fragment) {
    Program program;
    program.id = glCreateProgram();
    const unsigned shaders[] = {compile(GL_VERTEX_SHADER, corner_shader),
                                compile(GL_FRAGMENT_SHADER, fragment)};
    for (const unsigned shader : shaders) glAttachShader(program.id, shader);
    glLinkProgram(program.id);
    for (const unsigned shader : shaders) glDeleteShader(shader);
    program.projection = glGetUniformLocation(program.id, "projection");
    return program;
}

Painter::Painter() : coloured_(link(coloured_pixel)), textured_(link(textured_pixel)) {
    glGenVertexArrays(1, &arrays_);
    glGenBuffers(1, &corners_);
    glGenBuffers(1, &indices_);
    glBindVertexArray(arrays_);
    glBindBuffer(GL_ARRAY_BUFFER, corners_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    for (unsigned i = 0; i < 3; ++i) glEnableVertexAttribArray(i);
    constexpr GLsizei stride = sizeof(ImDrawVert);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride,
                          offset(offsetof(ImDrawVert, col)));
    glBindVertexArray(0);
}

Painter::~Painter() {
    glDeleteBuffers(1, &corners_);
    glDeleteBuffers(1, &indices_);
    glDeleteVertexArrays(1, &arrays_);
    glDeleteProgram(coloured_.id);
    glDeleteProgram(textured_.id);
}

void Painter::paint(const ImDrawData& data, Damage& damage, int height) {
    const std::vector<Stroke>& strokes = damage.strokes(data);
    const std::vector<std::uint32_t>& indices = damage.indices();
    const std::vector<ImDrawVert>& ground = damage.ground();
    glBindVertexArray(arrays_);
    glBindBuffer(GL_ARRAY_BUFFER, corners_);
    const auto ground_bytes = static_cast<GLsizeiptr>(ground.size() * sizeof(ImDrawVert));
    GLsizeiptr bytes = ground_bytes;
    for (const ImDrawList* list : data.CmdLists) bytes += list->VtxBuffer.size_in_bytes();
    glBufferData(GL_ARRAY_BUFFER, bytes, nullptr, GL_STREAM_DRAW);
    bytes = 0;
    for (const ImDrawList* list : data.CmdLists) {
        glBufferSubData(GL_ARRAY_BUFFER, bytes, list->VtxBuffer.size_in_bytes(),
                        list->VtxBuffer.Data);
        bytes += list->VtxBuffer.size_in_bytes();
    }
    glBufferSubData(GL_ARRAY_BUFFER, bytes, ground_bytes, ground.data());
    glBufferData(GL_ELEMENT_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(indices.size() * sizeof(std::uint32_t)), indices.data(),
                 GL_STREAM_DRAW);
    const ImVec2 zero = data.DisplayPos, size = data.DisplaySize;
    const float x = 2 / size.x, y = -2 / size.y;
    for (const Program& program : {coloured_, textured_}) {
        glUseProgram(program.id);
        glUniform4f(program.projection, x, y, -1 - zero.x * x, 1 - zero.y * y);
    }
    glActiveTexture(GL_TEXTURE0);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    for (const Stroke& stroke : strokes) {
        // A renderer on the CPU draws the first half while this thread prepares the second one.
        if (&stroke == strokes.data() + strokes.size() / 2) glFlush();
        glUseProgram(stroke.ink == Ink::image ? textured_.id : coloured_.id);
        if (stroke.ink == Ink::plain) {
            glDisable(GL_BLEND);
        } else {
            glEnable(GL_BLEND);
        }
        if (stroke.ink == Ink::image)
            glBindTexture(GL_TEXTURE_2D,
                          static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(stroke.texture)));
        const PixelBox& clip = stroke.clip;
        glScissor(clip.x0, height - clip.y1, clip.x1 - clip.x0, clip.y1 - clip.y0);
        glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(stroke.count), GL_UNSIGNED_INT,
                       offset(stroke.first * sizeof(std::uint32_t)));
    }
    glBindVertexArray(0);
}

}  // namespace homeroom::app
