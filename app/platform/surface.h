// A window of the system, shown or not, into which frames are drawn.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/damage.h"
#include "app/export/gif.h"
#include "app/stage/texture.h"

struct GLFWwindow;

namespace homeroom::app {

class Frame;
class Painter;

class Surface {
public:
    enum class Shown { no, yes };

    // Says on stderr, in one line, what is missing when there is no display or no OpenGL 3.3.
    Surface(int width, int height, Shown shown);
    ~Surface();
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;

    bool ready() const { return ready_; }
    bool closed() const;
    void set_title(const std::string& title);
    void set_fullscreen(bool on);
    void wait_for_input(double seconds_max);  // not above 0: takes what is there
    double seconds_since_shown() const;

    // One picture; `seconds` since the last one, or less than 0: by the clock. Of it only what
    // differs from the one before is drawn.
    void draw(Frame& frame, double seconds = -1);
    // Nothing is done when the picture is the one that is shown.
    void show();
    // A file that was dragged onto the window since the last call; "": none.
    std::string dropped() { return std::exchange(dropped_, {}); }
    // The picture drawn last once more, all of it.
    void draw_anew();
    // Of the picture drawn last; not yet shown.
    bool write_png(const std::string& file);
    Pixels pixels();
    void wait_until_drawn();

    ImTextureID upload(const Texture& texture);

private:
    void fit_picture(int width, int height);
    void draw_what_differs();

    GLFWwindow* window_ = nullptr;
    bool ready_ = false;
    bool prepared_ = false;  // ImGui's renderer has made its shaders and textures
    // Where the next picture is drawn over this one: into the window itself, or else into a
    // framebuffer with a texture, which is copied to it.
    bool keeps_back_buffer_ = false;
    unsigned picture_ = 0, canvas_ = 0;  // 0: the window
    int width_ = 0, height_ = 0;         // of it, in pixels
    ImU32 ground_ = 0;                   // what lies under everything
    Damage damage_;
    std::unique_ptr<Painter> painter_;
    // Something new is there to be shown, or the system wants to see the window again.
    bool changed_ = false, exposed_ = false;
    std::string dropped_;
    double shown_at_ = 0;
    bool fullscreen_ = false;
    int windowed_[4] = {0, 0, 0, 0};  // place and size to come back to
    struct Uploaded {
        unsigned texture = 0;
        int width = 0, height = 0;
        TextureMarks marks;
    };
    std::vector<Uploaded> textures_;  // by slot
};

}  // namespace homeroom::app
