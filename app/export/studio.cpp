// Frames without a window.
#include "app/export/studio.h"

#include <algorithm>

namespace homeroom::app {
namespace {

// Makes a context the current one for as long as it lives.
class Within {
public:
    explicit Within(ImGuiContext* context) : before_(ImGui::GetCurrentContext()) {
        ImGui::SetCurrentContext(context);
    }
    ~Within() { ImGui::SetCurrentContext(before_); }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

private:
    ImGuiContext* before_;
};

}  // namespace

Studio::Studio(const Options& options, ImVec2 size) {
    ImGuiContext* before = ImGui::GetCurrentContext();
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.DisplaySize = size;
    io.DisplayFramebufferScale = {2, 2};  // figures stay crisp when a picture is enlarged
    // Nobody draws the images here; numbers that are not the atlas's will do.
    frame_ = std::make_unique<Frame>(options, [](const Texture& texture) {
        return reinterpret_cast<ImTextureID>(std::intptr_t{2} + texture.slot);
    });
    frame_->ui().draw_plain_edges(true);
    ImGui::SetCurrentContext(before);
}

Studio::~Studio() {
    Within within(context_);
    frame_.reset();
    ImGui::DestroyContext(context_);
}

void Studio::draw(double seconds) {
    ImGuiIO& io = ImGui::GetIO();
    if (frame_->fit_fonts(io.DisplaySize)) {
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
        io.Fonts->SetTexID(reinterpret_cast<ImTextureID>(std::intptr_t{1}));
    }
    io.DeltaTime = std::max(static_cast<float>(seconds), 1e-5f);
    ImGui::NewFrame();
    frame_->draw();
    ImGui::Render();
}

std::string Studio::svg(std::size_t position, double motion, const std::vector<std::string>& cards,
                        const std::string& prefix) {
    Within within(context_);
    // The first pictures settle sizes that ImGui learns only by drawing.
    for (int i = 0; i < 4; ++i) {
        frame_->player().wait_for(position);
        frame_->player().show(position, motion);
        draw();
    }
    return frame_->svg(cards, prefix);
}

}  // namespace homeroom::app
