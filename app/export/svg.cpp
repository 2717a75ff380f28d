// Pictures as SVG.
#include "app/export/svg.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <tuple>

namespace homeroom::app {
namespace {

// A tenth of a pixel is finer than any screen shows; "12.50" would be longer than "12.5".
std::string number(float value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(value));
    std::string short_one = text;
    if (short_one.ends_with(".0")) short_one.resize(short_one.size() - 2);
    return short_one == "-0" ? "0" : short_one;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

// fill="#12ab9f", with fill-opacity where the colour is not opaque.
std::string paint(const char* what, ImU32 colour) {
    char text[64];
    const unsigned r = colour >> IM_COL32_R_SHIFT & 0xff, g = colour >> IM_COL32_G_SHIFT & 0xff,
                   b = colour >> IM_COL32_B_SHIFT & 0xff, a = colour >> IM_COL32_A_SHIFT & 0xff;
    std::snprintf(text, sizeof text, " %s=\"#%02x%02x%02x\"", what, r, g, b);
    std::string result = text;
    if (a == 255) return result;
    std::snprintf(text, sizeof text, " %s-opacity=\"%.2f\"", what, static_cast<double>(a) / 255);
    return result + text;
}

std::string path_of(const std::vector<ImVec2>& points, bool closed) {
    std::string path;
    for (std::size_t i = 0; i < points.size(); ++i) {
        path += i == 0 ? "M" : i == 1 ? "L" : " ";
        path += number(points[i].x) + " " + number(points[i].y);
    }
    return path + (closed ? "Z" : "");
}

// Circles are drawn as polygons whose corners are all as far from the middle, and from each other:
// those of a long box with round corners are nearly as far from its middle, too.
bool circle_of(const std::vector<ImVec2>& points, ImVec2& centre, float& radius) {
    if (points.size() < 10) return false;
    centre = {};
    for (const ImVec2& p : points) {
        centre.x += p.x / static_cast<float>(points.size());
        centre.y += p.y / static_cast<float>(points.size());
    }
    float least = 1e9f, most = 0, shortest = 1e9f, longest = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const ImVec2 p = points[i], next = points[(i + 1) % points.size()];
        const float away = std::hypot(p.x - centre.x, p.y - centre.y);
        const float edge = std::hypot(next.x - p.x, next.y - p.y);
        least = std::min(least, away);
        most = std::max(most, away);
        shortest = std::min(shortest, edge);
        longest = std::max(longest, edge);
    }
    radius = most;
    return most - least < 0.02f * most + 0.02f && longest < 1.5f * shortest;
}

bool is_rect(const std::vector<ImVec2>& p) {
    return p.size() == 4 && p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y &&
           p[3].x == p[0].x;
}

std::string size_of(const Box& box) {
    return "\" width=\"" + number(box.width()) + "\" height=\"" + number(box.height()) + "\"";
}

std::string shape_text(const Drawn& part) {
    ImVec2 centre;
    float radius = 0;
    if (part.kind == Drawn::Kind::stroke) {
        const bool closed = part.points.size() > 3 &&
                            std::hypot(part.points.front().x - part.points.back().x,
                                       part.points.front().y - part.points.back().y) < 0.1f;
        auto points = part.points;
        if (closed) points.pop_back();
        return "<path fill=\"none\"" + paint("stroke", part.colour) + " stroke-width=\"" +
               number(part.thickness) + "\" d=\"" + path_of(points, closed) + "\"/>\n";
    }
    if (is_rect(part.points))
        return "<rect" + paint("fill", part.colour) + " x=\"" + number(part.box.min.x) + "\" y=\"" +
               number(part.box.min.y) + size_of(part.box) + "/>\n";
    if (circle_of(part.points, centre, radius))
        return "<circle" + paint("fill", part.colour) + " cx=\"" + number(centre.x) + "\" cy=\"" +
               number(centre.y) + "\" r=\"" + number(radius) + "\"/>\n";
    return "<path" + paint("fill", part.colour) + " d=\"" + path_of(part.points, true) + "\"/>\n";
}

// ImGui measures a font by its line, CSS by its em, which is so much of Inter's line.
constexpr float em_share = 0.826f;

// With its width, so that another font on another machine takes the same room.
std::string text_text(const Drawn& part) {
    const std::string face = part.font == nullptr ? "" : part.font->GetDebugName();
    const bool heavy = face.find("Bold") != std::string::npos;
    const bool mono = face.find("Mono") != std::string::npos;
    std::string text = "<text" + paint("fill", part.colour);
    if (heavy || mono) text += std::string(" class=\"") + (heavy ? "b" : "m") + "\"";
    text += " x=\"" + number(part.origin.x) + "\" y=\"" + number(part.origin.y) +
            "\" font-size=\"" + number(part.size * em_share) + "\"";
    if (part.text.size() > 1)
        text += " textLength=\"" + number(part.width) + "\" lengthAdjust=\"spacingAndGlyphs\"";
    return text + ">" + escaped(part.text) + "</text>\n";
}

class Writer {
public:
    explicit Writer(const SvgOptions& options) : options_(options) {}

    void add(const DrawnWindow& window) {
        std::string group;
        std::size_t clip = 0;  // 0: none
        for (const Drawn& part : window.parts) {
            Box clipped{{std::max(part.clip.min.x, options_.crop.min.x),
                         std::max(part.clip.min.y, options_.crop.min.y)},
                        {std::min(part.clip.max.x, options_.crop.max.x),
                         std::min(part.clip.max.y, options_.crop.max.y)}};
            if (!clipped.overlaps(part.box)) continue;
            const bool inside =
                part.box.min.x >= clipped.min.x - 1 && part.box.min.y >= clipped.min.y - 1 &&
                part.box.max.x <= clipped.max.x + 1 && part.box.max.y <= clipped.max.y + 1;
            const std::size_t wanted = inside ? 0 : clip_number(clipped);
            if (wanted != clip) {
                if (clip != 0) group += "</g>\n";
                if (wanted != 0)
                    group += "<g clip-path=\"url(#" + options_.prefix + "c" +
                             std::to_string(wanted) + ")\">\n";
                clip = wanted;
            }
            group += part.kind == Drawn::Kind::text    ? text_text(part)
                     : part.kind == Drawn::Kind::image ? image_text(part)
                                                       : shape_text(part);
        }
        if (clip != 0) group += "</g>\n";
        if (!group.empty())
            body_ +=
                "<g id=\"" + options_.prefix + escaped(window.name) + "\">\n" + group + "</g>\n";
    }

    std::string whole() const {
        const Box& crop = options_.crop;
        std::string text =
            "<svg xmlns=\"http:"
            "//www.w3.org/2000/svg\""
            " xmlns:xlink=\"http:"
            "//www.w3.org/1999/xlink\" viewBox=\"" +
            number(crop.min.x) + " " + number(crop.min.y) + " " + number(crop.width()) + " " +
            number(crop.height()) + size_of(crop) + ">\n<title>" + escaped(options_.title) +
            "</title>\n";
        text +=
            "<style>text{font-family:Inter,'WenQuanYi Micro Hei','DejaVu Sans',sans-serif;"
            "white-space:pre}.b{font-weight:600}.m{font-family:'DejaVu Sans Mono',monospace}"
            "</style>\n";
        text += "<defs>\n" + definitions_ + "</defs>\n<rect" + paint("fill", options_.background) +
                " x=\"" + number(crop.min.x) + "\" y=\"" + number(crop.min.y) + size_of(crop) +
                "/>\n";
        return text + body_ + "</svg>\n";
    }

private:
    std::size_t clip_number(const Box& box) {
        const auto key = std::tuple(box.min.x, box.min.y, box.max.x, box.max.y);
        const auto [found, fresh] = clips_.emplace(key, clips_.size() + 1);
        if (fresh)
            definitions_ += "<clipPath id=\"" + options_.prefix + "c" +
                            std::to_string(found->second) + "\"><rect x=\"" + number(box.min.x) +
                            "\" y=\"" + number(box.min.y) + size_of(box) + "/></clipPath>\n";
        return found->second;
    }

    // Each part of an image is written once, and used where it is seen.
    std::string image_text(const Drawn& part) {
        if (!options_.png) return {};
        const bool mirrored = part.uv_min.x > part.uv_max.x;
        const auto key = std::tuple(part.texture, part.colour & ~IM_COL32_A_MASK,
                                    std::min(part.uv_min.x, part.uv_max.x), part.uv_min.y,
                                    std::max(part.uv_min.x, part.uv_max.x), part.uv_max.y);
        const auto [found, fresh] = images_.emplace(key, images_.size() + 1);
        const std::string name = options_.prefix + "i" + std::to_string(found->second);
        if (fresh) {
            const std::string png = options_.png(part);
            if (png.empty()) {
                images_.erase(found);
                return {};
            }
            definitions_ += "<image id=\"" + name +
                            "\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\" "
                            "xlink:href=\"data:image/png;base64," +
                            base64(png) + "\"/>\n";
        }
        std::string text = "<use xlink:href=\"#" + name + "\"";
        const unsigned alpha = part.colour >> IM_COL32_A_SHIFT & 0xff;
        if (alpha < 255) text += " opacity=\"" + number(static_cast<float>(alpha) / 255) + "\"";
        // A little more than it is: pieces that touch would show what lies behind them.
        constexpr float more = 0.3f;
        const float width = part.box.width() + more, height = part.box.height() + more;
        return text + " transform=\"translate(" +
               number(mirrored ? part.box.max.x : part.box.min.x) + " " + number(part.box.min.y) +
               ") scale(" + number(mirrored ? -width : width) + " " + number(height) + ")\"/>\n";
    }

    const SvgOptions& options_;
    std::string body_, definitions_;
    std::map<std::tuple<float, float, float, float>, std::size_t> clips_;
    std::map<std::tuple<ImTextureID, ImU32, float, float, float, float>, std::size_t> images_;
};

}  // namespace

std::string base64(std::string_view bytes) {
    constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three =
                three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : digits[three >> (18 - 6 * k) & 63];
    }
    return text;
}

std::string svg_text(const std::vector<DrawnWindow>& windows, const SvgOptions& options) {
    Writer writer(options);
    for (const DrawnWindow& window : windows) {
        const auto& wanted = options.windows;
        const bool meant = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
            return window.name == name || window.name.starts_with(name + "/");
        });
        if (wanted.empty() || meant) writer.add(window);
    }
    return writer.whole();
}

}  // namespace homeroom::app
