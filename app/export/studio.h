// Frames without a window: for pictures in files that need no display.
#pragma once

#include <imgui.h>

#include <memory>
#include <string>
#include <vector>

#include "app/frame.h"

namespace homeroom::app {

// Has an ImGui context of its own, which is the current one during its calls only.
class Studio {
public:
    Studio(const Options& options, ImVec2 size);
    ~Studio();
    Studio(const Studio&) = delete;
    Studio& operator=(const Studio&) = delete;

    // To set what is shown before the picture.
    template <class Act>
    auto within(const Act& act) {
        ImGuiContext* before = ImGui::GetCurrentContext();
        ImGui::SetCurrentContext(context_);
        auto result = act(*frame_);
        ImGui::SetCurrentContext(before);
        return result;
    }
    Frame& frame() { return *frame_; }  // for what asks nothing of ImGui
    // The school after so many decisions, with the last motion at this place in it; the rest as in
    // Frame::svg.
    std::string svg(std::size_t position, double motion, const std::vector<std::string>& cards,
                    const std::string& prefix = {});

    // Within: one picture, so much later than the one before.
    void draw(double seconds = 0);

private:
    std::unique_ptr<Frame> frame_;
    ImGuiContext* context_;
};

}  // namespace homeroom::app
