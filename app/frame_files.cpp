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
        view_.saved.clear();
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

void Frame::tell_stopped(const std::string& file) {
    view_.saved = sim::phrase("Stopped: {f} was not written to its end.", {{'f', file}});
}

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
    options.background = view_.theme().window;
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
    options.png = [this](const Drawn& image) { return png_of(image); };
    return svg_text(DrawingReader(atlas).read(*ImGui::GetDrawData()), options);
}

// Where the images are that were uploaded: nobody can read them back from every renderer.
TextureUploader Frame::keeping_pixels(TextureUploader upload) {
    if (!upload) return {};
    return [this, upload = std::move(upload)](const Texture& texture) {
        const ImTextureID id = upload(texture);
        kept_[id] = texture;
        return id;
    };
}

// Tinted as the renderer would.
std::string Frame::png_of(const Drawn& image) const {
    const std::uint32_t* pixels = nullptr;
    int width = 0, height = 0;
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    if (image.texture == atlas.TexID) {
        unsigned char* bytes = nullptr;
        atlas.GetTexDataAsRGBA32(&bytes, &width, &height);
        pixels = reinterpret_cast<const std::uint32_t*>(bytes);
    } else if (const auto found = kept_.find(image.texture); found != kept_.end()) {
        pixels = found->second.pixels;
        width = found->second.width;
        height = found->second.height;
    }
    auto at = [](float uv, int size) {
        return std::clamp(static_cast<int>(std::lround(uv * static_cast<float>(size))), 0, size);
    };
    const int x = at(std::min(image.uv_min.x, image.uv_max.x), width);
    const int y = at(image.uv_min.y, height);
    const int w = at(std::max(image.uv_min.x, image.uv_max.x), width) - x;
    const int h = at(image.uv_max.y, height) - y;
    if (pixels == nullptr || w <= 0 || h <= 0) return {};
    std::vector<std::uint32_t> part;
    for (std::ptrdiff_t row = y; row < y + h; ++row)
        part.insert(part.end(), pixels + row * width + x, pixels + row * width + x + w);
    auto channel = [](std::uint32_t colour, int shift) { return colour >> shift & 0xffu; };
    for (std::uint32_t& pixel : part) {
        std::uint32_t tinted = pixel & IM_COL32_A_MASK;
        for (const int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT})
            tinted |= channel(pixel, shift) * channel(image.colour, shift) / 255 << shift;
        pixel = tinted;
    }
    return png_bytes(part.data(), w, h, w);
}

}  // namespace homeroom::app
