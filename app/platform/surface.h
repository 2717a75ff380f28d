// A window of the system, shown or not, into which frames are drawn.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/stage/texture.h"

#include "app/export/gif.h"

struct GLFWwindow;

namespace homeroom::app {

class Frame;

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

    // One picture; `seconds` since the last one, or less than 0: by the clock.
    void draw(Frame& frame, double seconds = -1);
    void show();
    // A file that was dragged onto the window since the last call; "": none.
    std::string dropped() { return std::exchange(dropped_, {}); }
    // Of the picture drawn last; not yet shown.
    bool write_png(const std::string& file);
    Pixels pixels();
    void wait_until_drawn();

    ImTextureID upload(const Texture& texture);

private:
    GLFWwindow* window_ = nullptr;
    bool ready_ = false;
    std::string dropped_;
    double shown_at_ = 0;
    bool fullscreen_ = false;
    int windowed_[4] = {0, 0, 0, 0};  // place and size to come back to
    struct Uploaded {
        unsigned texture = 0;
        int width = 0, height = 0;
    };
    std::vector<Uploaded> textures_;  // by slot
};

}  // namespace homeroom::app
