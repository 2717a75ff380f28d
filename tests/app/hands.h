// A window's contents without a window: draws frames, and does with mouse and keys what a user
// would.
#pragma once

#include <doctest/doctest.h>
#include <imgui.h>

#include <memory>
#include <string>

#include "app/frame.h"

namespace homeroom::app {

inline Options lesson(const char* name) {
    Options options;
    options.run.lesson = name;
    return options;
}

class Hands {
public:
    explicit Hands(const Options& options = Options{}, ImVec2 window = {1280, 720}) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.LogFilename = nullptr;
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        frame = std::make_unique<Frame>(options);
        resize(window);
        pictures(3);  // windows have no size before the second picture
    }
    ~Hands() {
        frame.reset();
        ImGui::DestroyContext();
        sim::speak(sim::Language::english);
    }
    Hands(const Hands&) = delete;
    Hands& operator=(const Hands&) = delete;

    void resize(ImVec2 window) { ImGui::GetIO().DisplaySize = window; }

    void pictures(int count, float seconds = 1.0f / 60) {
        while (count-- > 0) {
            ImGuiIO& io = ImGui::GetIO();
            if (frame->fit_fonts(io.DisplaySize)) {
                unsigned char* pixels = nullptr;
                int width = 0, height = 0;
                io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
                io.Fonts->SetTexID(reinterpret_cast<ImTextureID>(1));
            }
            io.DeltaTime = seconds;
            ImGui::NewFrame();
            frame->draw();
            ImGui::Render();
            frame->finish();
        }
    }

    // Where a control is; fails the test when it is not to be seen.
    Box box(const std::string& control) {
        auto it = frame->ui().controls().find(control);
        CAPTURE(control);
        REQUIRE(it != frame->ui().controls().end());
        return it->second;
    }
    bool sees(const std::string& control) { return frame->ui().controls().count(control) != 0; }

    void move(ImVec2 to) {
        ImGui::GetIO().AddMousePosEvent(to.x, to.y);
        pictures(2);  // what is hovered is known from the picture before
    }
    void click_at(ImVec2 at) {
        move(at);
        ImGui::GetIO().AddMouseButtonEvent(0, true);
        pictures(1);
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        pictures(2);
    }
    void click(const std::string& control) { click_at(box(control).centre()); }
    void click(const std::string& control, float share) {
        Box where = box(control);
        click_at({where.min.x + where.width() * share, where.centre().y});
    }
    void drag(ImVec2 from, ImVec2 to) {
        move(from);
        ImGui::GetIO().AddMouseButtonEvent(0, true);
        pictures(1);
        move(to);
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        pictures(2);
    }
    void wheel(ImVec2 at, float notches) {
        move(at);
        ImGui::GetIO().AddMouseWheelEvent(0, notches);
        pictures(2);
    }
    void press(ImGuiKey key, ImGuiKey modifier = ImGuiKey_None) {
        ImGuiIO& io = ImGui::GetIO();
        if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, true);
        io.AddKeyEvent(key, true);
        pictures(2);
        io.AddKeyEvent(key, false);
        if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, false);
        pictures(2);
    }
    void type(const char* text) {
        ImGui::GetIO().AddInputCharactersUTF8(text);
        pictures(3);
    }

    Player& player() { return frame->player(); }
    View& view() { return frame->view(); }

    std::unique_ptr<Frame> frame;
};

}  // namespace homeroom::app
