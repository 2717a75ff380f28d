// A window of the system, shown or not, into which frames are drawn.
#include "app/platform/surface.h"

#include "app/frame.h"
#include "app/palette.h"
#include "app/platform/painter.h"

// The loader first: it must come before any other OpenGL header.
#include <glad/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <stb/stb_image_write.h>

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <vector>

namespace homeroom::app {
namespace {

bool complain(const char* what) {
    std::fprintf(stderr, "homeroom: %s; try --headless or --steps, which need no window\n", what);
    return false;
}

// GLFW's own messages would come before our one line, which says more.
void on_glfw_error(int, const char*) {}

GLFWwindow* open_window(int width, int height, bool shown) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_VISIBLE, shown ? GLFW_TRUE : GLFW_FALSE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, shown ? GLFW_TRUE : GLFW_FALSE);
    // Nothing lies behind anything, so no depth. With one, llvmpipe takes rectangles for triangles.
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_SAMPLES, 0);  // ImGui smooths its own edges
    return glfwCreateWindow(width, height, "Homeroom", nullptr, nullptr);
}

// What a window shows is in general gone when the next picture is drawn. Mesa's renderers without a
// GPU copy it to the display, and keep it.
bool keeps_back_buffer() {
    const GLubyte* bytes = glGetString(GL_RENDERER);
    if (bytes == nullptr) return false;
    const std::string_view name(reinterpret_cast<const char*>(bytes));
    return name.starts_with("llvmpipe") || name.starts_with("softpipe");
}

}  // namespace

Surface::Surface(int width, int height, Shown shown) {
    glfwSetErrorCallback(on_glfw_error);
    if (!glfwInit()) {
        complain("there is no display to open a window on");
        return;
    }
    window_ = open_window(width, height, shown == Shown::yes);
    if (window_ == nullptr) {
        complain("the display offers no OpenGL 3.3");
        return;
    }
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(shown == Shown::yes ? 1 : 0);
    if (gladLoadGL(glfwGetProcAddress) == 0) {
        complain("the display offers no OpenGL 3.3");
        return;
    }
    if (shown == Shown::yes)
        glfwSetWindowSizeLimits(window_, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;  // nothing is remembered on disk
    glfwSetWindowUserPointer(window_, this);
    glfwSetDropCallback(window_, [](GLFWwindow* window, int count, const char** files) {
        if (count > 0) static_cast<Surface*>(glfwGetWindowUserPointer(window))->dropped_ = files[0];
    });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* window) {
        static_cast<Surface*>(glfwGetWindowUserPointer(window))->exposed_ = true;
    });
    glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* window, int, int) {
        static_cast<Surface*>(glfwGetWindowUserPointer(window))->damage_.forget();
    });
    keeps_back_buffer_ = keeps_back_buffer();
    ImGui_ImplGlfw_InitForOpenGL(window_, true);
    ImGui_ImplOpenGL3_Init("#version 330 core");
    painter_ = std::make_unique<Painter>();
    ready_ = true;
}

Surface::~Surface() {
    if (ready_) {
        for (const Uploaded& one : textures_) glDeleteTextures(1, &one.texture);
        if (picture_ != 0) glDeleteFramebuffers(1, &picture_);
        if (canvas_ != 0) glDeleteTextures(1, &canvas_);
        painter_.reset();
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
    if (window_ != nullptr) glfwDestroyWindow(window_);
    glfwTerminate();
}

bool Surface::closed() const { return glfwWindowShouldClose(window_) != 0; }

void Surface::set_title(const std::string& title) { glfwSetWindowTitle(window_, title.c_str()); }

void Surface::set_fullscreen(bool on) {
    if (on == fullscreen_) return;
    fullscreen_ = on;
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    if (on && monitor != nullptr) {
        glfwGetWindowPos(window_, &windowed_[0], &windowed_[1]);
        glfwGetWindowSize(window_, &windowed_[2], &windowed_[3]);
        const GLFWvidmode* mode = glfwGetVideoMode(monitor);
        glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    } else if (!on) {
        glfwSetWindowMonitor(window_, nullptr, windowed_[0], windowed_[1], windowed_[2],
                             windowed_[3], 0);
    }
}

void Surface::wait_for_input(double seconds_max) {
    if (seconds_max > 0) {
        glfwWaitEventsTimeout(seconds_max);
    } else {
        glfwPollEvents();
    }
}

void Surface::fit_picture(int width, int height) {
    if (width == width_ && height == height_) return;
    width_ = width;
    height_ = height;
    damage_.forget();
    if (keeps_back_buffer_) return;
    if (picture_ == 0) {
        glGenFramebuffers(1, &picture_);
        glGenTextures(1, &canvas_);
    }
    glBindTexture(GL_TEXTURE_2D, canvas_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glBindFramebuffer(GL_FRAMEBUFFER, picture_);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, canvas_, 0);
}

void Surface::draw(Frame& frame, double seconds) {
    int width = 0, height = 0, pixels_x = 0, pixels_y = 0;
    glfwGetWindowSize(window_, &width, &height);
    glfwGetFramebufferSize(window_, &pixels_x, &pixels_y);
    if (pixels_x == 0 || pixels_y == 0) return;  // minimised
    if (frame.fit_fonts({static_cast<float>(width), static_cast<float>(height)})) {
        // The first time the texture is made with everything else.
        if (prepared_) {
            ImGui_ImplOpenGL3_DestroyFontsTexture();
            ImGui_ImplOpenGL3_CreateFontsTexture();
        }
        damage_.forget();
    }
    ImGui_ImplOpenGL3_NewFrame();
    prepared_ = true;
    ImGui_ImplGlfw_NewFrame();
    // A pause of the program is none of the film.
    float elapsed =
        seconds < 0 ? std::min(ImGui::GetIO().DeltaTime, 0.1f) : static_cast<float>(seconds);
    ImGui::GetIO().DeltaTime = std::max(elapsed, 1e-5f);
    ImGui::NewFrame();
    frame.draw();
    ImGui::Render();
    frame.finish();
    fit_picture(pixels_x, pixels_y);
    ground_ = frame.view().theme().window;
    draw_what_differs();
}

void Surface::draw_what_differs() {
    const auto marks = [this](ImTextureID id) -> const TextureMarks* {
        for (const Uploaded& one : textures_)
            if (one.texture == static_cast<unsigned>(reinterpret_cast<std::intptr_t>(id)))
                return &one.marks;
        return nullptr;
    };
    ImDrawData& lists = *ImGui::GetDrawData();
    if (damage_.compare(lists, ground_, marks).empty()) return;
    changed_ = true;
    glBindFramebuffer(GL_FRAMEBUFFER, picture_);
    glViewport(0, 0, width_, height_);
    painter_->paint(lists, damage_, height_);
    glDisable(GL_SCISSOR_TEST);
}

void Surface::draw_anew() {
    damage_.forget();
    draw_what_differs();
}

void Surface::show() {
    shown_at_ = glfwGetTime();
    if (!changed_ && !exposed_) return;
    changed_ = exposed_ = false;
    if (picture_ != 0) {
        glBindFramebuffer(GL_READ_FRAMEBUFFER, picture_);
        glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
        glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT,
                          GL_NEAREST);
    }
    glfwSwapBuffers(window_);
    shown_at_ = glfwGetTime();
}

double Surface::seconds_since_shown() const { return glfwGetTime() - shown_at_; }

Pixels Surface::pixels() {
    Pixels picture{width_, height_, {}};
    const auto stride = static_cast<std::ptrdiff_t>(picture.width) * 3;
    std::vector<std::uint8_t>& rgb = picture.rgb;
    rgb.resize(static_cast<std::size_t>(stride * picture.height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, picture_);
    glReadBuffer(picture_ == 0 ? GL_BACK : GL_COLOR_ATTACHMENT0);
    glReadPixels(0, 0, picture.width, picture.height, GL_RGB, GL_UNSIGNED_BYTE, rgb.data());
    // OpenGL begins with the lowest row.
    for (int low = picture.height - 1, high = 0; high < low; ++high, --low)
        std::swap_ranges(rgb.begin() + high * stride, rgb.begin() + (high + 1) * stride,
                         rgb.begin() + low * stride);
    return picture;
}

void Surface::wait_until_drawn() { glFinish(); }

bool Surface::write_png(const std::string& file) {
    const Pixels picture = pixels();
    stbi_flip_vertically_on_write(0);
    stbi_write_png_compression_level = 9;
    return stbi_write_png(file.c_str(), picture.width, picture.height, 3, picture.rgb.data(),
                          picture.width * 3) != 0;
}

ImTextureID Surface::upload(const Texture& texture) {
    if (texture.slot >= textures_.size()) textures_.resize(texture.slot + 1);
    Uploaded& known = textures_[texture.slot];
    if (known.texture == 0) {
        glGenTextures(1, &known.texture);
        glBindTexture(GL_TEXTURE_2D, known.texture);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    }
    known.marks.note(texture);
    glBindTexture(GL_TEXTURE_2D, known.texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    const int w = texture.width, h = texture.height;
    if (w != known.width || h != known.height) {
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, w, h, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                     texture.pixels);
        known.width = w;
        known.height = h;
    } else {
        glPixelStorei(GL_UNPACK_ROW_LENGTH, w);
        glTexSubImage2D(GL_TEXTURE_2D, 0, texture.first_column, texture.first_row, texture.columns,
                        texture.rows, GL_RGBA, GL_UNSIGNED_BYTE,
                        texture.pixels + static_cast<std::ptrdiff_t>(texture.first_row) * w +
                            texture.first_column);
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    }
    return reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(known.texture));
}

}  // namespace homeroom::app
