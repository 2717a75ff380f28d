// librsvg's side of a drawing, and what its pixels need to become ImGui's.
#include "app/stage/drawing.h"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <string>

#include "app/stage/variant.h"

namespace homeroom::app {

// Reading takes milliseconds, so nothing is read that is never seen.
struct Drawing::Variant {
    std::string text;
    RsvgHandle* rsvg;

    explicit Variant(std::string from) : text(std::move(from)) {
        const auto* bytes = reinterpret_cast<const guint8*>(text.data());
        rsvg = rsvg_handle_new_from_data(bytes, text.size(), nullptr);
    }
    ~Variant() {
        if (rsvg != nullptr) g_object_unref(rsvg);
    }
    Variant(const Variant&) = delete;
    Variant& operator=(const Variant&) = delete;
};

Drawing::Drawing(std::string_view text) : text_(text) {}

Drawing::Drawing(Drawing&&) noexcept = default;

Drawing::~Drawing() = default;

namespace {

// Cairo's pixels are premultiplied, 0xAARRGGBB.
std::uint32_t straight(std::uint32_t premultiplied) {
    const std::uint32_t alpha = premultiplied >> 24;
    if (alpha == 0) return 0;
    if (alpha == 255)
        return (premultiplied & 0xff00ff00u) | (premultiplied & 0xffu) << 16 |
               (premultiplied >> 16 & 0xffu);
    auto channel = [&](unsigned shift) {
        return ((premultiplied >> shift & 0xffu) * 255 + alpha / 2) / alpha & 0xffu;
    };
    return alpha << 24 | channel(0) << 16 | channel(8) << 8 | channel(16);
}

void give_edges_their_colour(Raster& raster) {
    const std::vector<std::uint32_t> from = raster.pixels;
    const int w = raster.width, h = raster.height;
    auto at = [&](int x, int y) {
        return from[static_cast<std::size_t>(y) * static_cast<std::size_t>(w) +
                    static_cast<std::size_t>(x)];
    };
    for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            if (at(x, y) != 0) continue;
            for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                const int nx = x + dx, ny = y + dy;
                if (nx < 0 || ny < 0 || nx >= w || ny >= h || at(nx, ny) == 0) continue;
                raster.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(w) +
                              static_cast<std::size_t>(x)] = at(nx, ny) & 0x00ffffffu;
                break;
            }
        }
    }
}

}  // namespace

void make_straight(Raster& raster) {
    for (std::uint32_t& pixel : raster.pixels) pixel = straight(pixel);
    give_edges_their_colour(raster);
}

Drawing::Variant& Drawing::variant(const Dress& dress) {
    std::unique_ptr<Variant>& known = variants_[{dress.pose, dress.style}];
    if (!known) known = std::make_unique<Variant>(variant_of(text_, dress.pose, dress.style));
    return *known;
}

bool Drawing::has_second(const Dress& dress) {
    return variant(dress).text.find("second") != std::string::npos;
}

Raster Drawing::premultiplied(const Dress& dress, const Part& part, int width, int height) {
    Raster raster{width, height, {}};
    raster.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    RsvgHandle* rsvg = variant(dress).rsvg;
    if (rsvg == nullptr) return raster;
    // It only adds to what an earlier one said, but all of them say the same things.
    const std::string css = style_sheet(dress);
    const auto* rules = reinterpret_cast<const guint8*>(css.data());
    rsvg_handle_set_stylesheet(rsvg, rules, css.size(), nullptr);
    auto* bytes = reinterpret_cast<unsigned char*>(raster.pixels.data());
    cairo_surface_t* surface =
        cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_ARGB32, width, height, width * 4);
    cairo_t* cairo = cairo_create(surface);
    const double w = width / static_cast<double>(part.w), h = height / static_cast<double>(part.h);
    const RsvgRectangle all{-w * static_cast<double>(part.x), -h * static_cast<double>(part.y), w,
                            h};
    rsvg_handle_render_document(rsvg, cairo, &all, nullptr);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    cairo_surface_destroy(surface);
    return raster;
}

Raster Drawing::rasterise(const Dress& dress, const Part& part, int width, int height) {
    Raster raster = premultiplied(dress, part, width, height);
    make_straight(raster);
    return raster;
}

}  // namespace homeroom::app
