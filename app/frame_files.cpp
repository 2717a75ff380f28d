// What a frame writes into files: the run, and pictures of it.
#include <algorithm>
#include <cmath>

#include "app/export/drawn.h"
#include "app/export/hand_out.h"
#include "app/export/png.h"
#include "app/export/svg.h"
#include "app/frame.h"
#include "app/headless.h"
#include "sim/language.h"

namespace homeroom::app {
namespace {

std::string told(const std::string& file, bool written) {
    return sim::phrase(written ? "Written: {f}, in the folder where the program was started."
                               : "Cannot write {f} in the folder where the program was started.",
                       {{'f', file}});
}

}  // namespace

// What is written is what is known by now: a class that goes on has no end yet.
void Frame::save() {
    if (!commands_.empty()) view_.saved.clear();
    if (view_.save == nullptr) return;
    const std::string ending = std::exchange(view_.save, nullptr);
    const std::string stem =
        "homeroom-" + player_.run().lesson + "-" + std::to_string(player_.run().seed);
    const std::string name = stem + "." + ending;
    if (ending.ends_with("svg")) {
        // The sheet that asked for it is gone from the second picture on.
        svg_file_ = name;
        svg_due_ = 2;
        ui_.draw_plain_edges(true);
    } else if (ending == "png") {
        shot_ = Shot{Shot::Kind::picture, name, {}};
    } else if (ending == "gif") {
        shot_ = Shot{Shot::Kind::gif, name, log_.last(view_.save_seconds)};
    } else if (ending == "pictures") {
        shot_ = Shot{Shot::Kind::pictures, stem, log_.last(view_.save_seconds)};
    } else if (ending == "html") {
        if (!teaching_) return;
        const std::string file = "homeroom-" + teaching_->name() + ".html";
        view_.saved = told(
            file, write_file(file, hand_out_html(teaching_->name(), view_.words, view_.language)));
    } else {
        const sim::Export what{player_.run(), player_.timeline(), ~std::size_t{0}, view_.words};
        view_.saved = told(name, write_file(name, export_text(name, what)));
    }
}

void Frame::tell_written(const std::string& file, bool good) { view_.saved = told(file, good); }

void Frame::finish() {
    if (svg_due_ == 0 || --svg_due_ > 0) return;
    ui_.draw_plain_edges(false);
    std::vector<std::string> cards;
    if (svg_file_.ends_with(".school.svg")) cards = {"caption", "scene"};
    if (svg_file_.ends_with(".timeline.svg")) cards = {"strip"};
    view_.saved = told(svg_file_, write_file(svg_file_, svg(cards)));
}

std::string Frame::svg(const std::vector<std::string>& cards, const std::string& prefix) const {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    SvgOptions options;
    options.background = theme(view_.dark).window;
    options.title = title();
    options.windows = cards;
    options.prefix = prefix;
    options.crop = {{0, 0}, ImGui::GetIO().DisplaySize};
    if (!cards.empty()) {
        const Box& first = cards.front() == "strip" ? layout_.strip : layout_.caption;
        const Box& last = cards.front() == "strip" ? layout_.strip : layout_.scene;
        const float edge = ui_.px(4);
        options.crop = {{first.min.x - edge, first.min.y - edge},
                        {last.max.x + edge, last.max.y + edge}};
    }
    options.png = [this](ImTextureID texture, ImVec2 uv_min, ImVec2 uv_max) {
        return png_of(texture, uv_min, uv_max);
    };
    return svg_text(DrawingReader(atlas).read(*ImGui::GetDrawData()), options);
}

// The image of the crowds is kept: nobody can read it back from every renderer.
TextureUploader Frame::keeping_pixels(TextureUploader upload) {
    if (!upload) return {};
    return [this, upload = std::move(upload)](const std::uint32_t* rgba, int width, int height) {
        pixels_.assign(rgba,
                       rgba + static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
        pixels_width_ = width;
        pixels_height_ = height;
        return pixels_texture_ = upload(rgba, width, height);
    };
}

std::string Frame::png_of(ImTextureID texture, ImVec2 uv_min, ImVec2 uv_max) const {
    const std::uint32_t* pixels = pixels_.data();
    int width = pixels_width_, height = pixels_height_;
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    if (texture == atlas.TexID) {
        unsigned char* bytes = nullptr;
        atlas.GetTexDataAsRGBA32(&bytes, &width, &height);
        pixels = reinterpret_cast<const std::uint32_t*>(bytes);
    } else if (pixels_.empty() || texture != pixels_texture_) {
        return {};
    }
    auto at = [](float uv, int size) {
        return std::clamp(static_cast<int>(std::lround(uv * static_cast<float>(size))), 0, size);
    };
    const int x = at(uv_min.x, width), y = at(uv_min.y, height);
    const int w = at(uv_max.x, width) - x, h = at(uv_max.y, height) - y;
    if (w <= 0 || h <= 0) return {};
    return png_bytes(pixels + static_cast<std::ptrdiff_t>(y) * width + x, w, h, width);
}

}  // namespace homeroom::app
