// Where on the pages sprites find room.
#include "app/stage/sprites.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/palette.h"

namespace homeroom::app {

namespace {

// Picked: any renderer takes such a texture, and a hundred large figures find room.
constexpr int page_side = 2048;
// The first page is smaller, so that the first picture does not wait for 16 MB to be cleared.
constexpr int first_page_side = 1024;
// Beyond this many pages everything is thrown away and rasterised anew as it is seen.
constexpr std::size_t pages_max = 4;
// Picked: 28 MB, and all poses and styles in a dozen usual sizes.
constexpr std::size_t undyed_pixels_max = 4'000'000;
// Between two sprites, so that none shows at the other's edge.
constexpr int gap = 1;

struct ArtFile {
    std::string_view file;
    float aspect;  // width by height
    Drawing::Part part;
    // Of furniture, in units of the drawing: its height, and how much of each edge is not
    // stretched.
    float height = 100, left = 0, top = 0, right = 0, bottom = 0;
    bool hollow = false;  // nothing is in the middle
};

const ArtFile& file_of(Art art) {
    static constexpr std::array<ArtFile, 48> files = {{
        {"student", 1.0f, {}},
        {"student", 1.0f, {0.10f, -0.03f, 0.80f, 0.80f}},
        {"teacher", 1.0f, {}},
        {"monitor", 1.0f, {}},
        {"head-teacher", 1.0f, {}},
        {"alarm-clock", 1.0f, {}},
        {"letter-box", 1.0f, {}},
        {"padlock", 1.0f, {}},
        {"gong", 1.0f, {}},
        {"plant", 1.0f, {}},
        {"desk", 2.5f, {}, 40, 22, 26, 40, 8},
        {"chair", 100.0f / 46, {}},
        {"book", 100.0f / 44, {}},
        {"clipboard", 1.0f, {}, 66, 10, 10, 18, 18},
        {"clip", 2.5f, {}},
        {"whiteboard", 1.0f, {}, 60, 14, 14, 14, 14},
        {"tray", 120.0f / 14, {}},
        {"rack", 1.0f, {}, 60, 14, 14, 14, 14},
        {"peg", 1.0f, {}},
        {"bench", 100.0f / 26, {}, 26, 24, 19, 24, 7},
        {"door", 0.5f, {}},
        {"pane", 110.0f / 90, {}},
        {"envelope", 58.0f / 40, {}},
        {"hatch", 60.0f / 44, {}},
        {"flip-card", 1.0f, {}, 40, 14, 0, 14, 0},
        {"floor-seam", 15.0f, {}, 4},
        {"floor-joint", 14.0f / 34, {}, 34},
        {"panel", 1.0f, {}, 40, 10, 10, 10, 10},
        {"rail", 7.5f, {}, 8},
        {"skirting", 60.0f / 11, {}, 11},
        {"wall-end", 1.0f / 6, {}, 60, 0, 20, 0, 20},
        {"window", 1.0f, {}, 60, 20, 20, 14, 14, true},
        {"sill", 80.0f / 14, {}, 14, 14, 0, 14, 0},
        {"curtain", 0.4f, {}},
        {"rug", 1.0f, {}, 60, 14, 14, 14, 14},
        {"mat", 1.0f, {}, 60, 14, 14, 14, 14},
        {"room-walls", 1.0f, {}, 60, 14, 14, 14, 14, true},
        {"plate", 1.5f, {}, 40, 14, 0, 14, 0},
        {"leaf", 3.0f, {}, 20, 10, 0, 10, 0},
        {"eraser", 0.24f, {}, 100, 0, 20, 0, 20},
        {"sheet", 0.6f, {}},
        {"lesson-plan", 0.78f, {}},
        {"slip", 40.0f / 24, {}, 24, 8, 8, 8, 8},
        {"thought", 1.5f, {}, 40, 20, 0, 20, 0},
        {"absent", 0.6f, {}},
        {"slate", 1.0f, {}, 40, 8, 8, 8, 8},
        {"slot", 58.0f / 40, {}},
        {"cord", 1.0f, {}, 60, 14, 14, 14, 14, true},
    }};
    return files[static_cast<std::size_t>(art)];
}

std::size_t drawing_of(std::string_view file) {
    const auto files = drawing_files();
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const DrawingFile& one) { return one.name == file; });
    return static_cast<std::size_t>(found - files.begin());
}

// On the way: sizes half as large again as the one before.
int loose_height(float pixels) {
    int height = 12;
    while (static_cast<float>(height) < pixels) height += height / 2;
    return height;
}

// The largest of the sizes, each a twelfth larger than the one before, that is not above this one.
int stepped_height(float pixels) {
    float height = 8;
    while (height * 13 / 12 <= pixels) height *= 13.0f / 12;
    return static_cast<int>(std::min(height, pixels));
}

}  // namespace

Sprites::Sprites(TextureUploader upload) : upload_(std::move(upload)) {
    for (const DrawingFile& file : drawing_files()) drawings_.emplace_back(file.text);
}

std::size_t Sprites::Hash::operator()(const Key& key) const {
    std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, a word at a time
    for (std::uint64_t part :
         {std::uint64_t{static_cast<std::uint8_t>(key.art)}, std::uint64_t{key.dress.pose},
          std::uint64_t{key.dress.style}, std::uint64_t{key.dress.cloth},
          std::uint64_t{key.dress.second}, std::uint64_t{key.dress.hair},
          std::uint64_t{key.dress.skin}, static_cast<std::uint64_t>(key.height),
          static_cast<std::uint64_t>(key.width)}) {
        hash = (hash ^ part) * 0x100000001b3u;
    }
    return static_cast<std::size_t>(hash ^ hash >> 32);
}

Raster Sprites::raster(Art art, const Dress& dress, int height, int width) {
    const ArtFile& file = file_of(art);
    const std::size_t number = drawing_of(file.file);
    if (width == 0)
        width =
            std::max(1, static_cast<int>(std::lround(file.aspect * static_cast<float>(height))));
    Drawing& drawing = drawings_[number];
    const bool many = art == Art::student || art == Art::student_head;
    if (!many) {
        ++rasterised_;
        return drawing.rasterise(dress, file.part, width, height);
    }
    const Key key{art, {dress.pose, dress.style, 0, 0, 0, 0}, height, width};
    auto found = undyed_.find(key);
    if (found == undyed_.end()) {
        if (undyed_pixels_ > undyed_pixels_max) {
            undyed_.clear();
            undyed_pixels_ = 0;
        }
        ++rasterised_;
        found = undyed_.try_emplace(key, drawing, dress, file.part, width, height).first;
        undyed_pixels_ += found->second.pixels();
    }
    return found->second.dyed(dress);
}

bool Sprites::put(Page& page, const Raster& raster, Place& place) {
    Shelf* shelf = nullptr;
    for (Shelf& one : page.shelves) {
        const bool fits = one.height >= raster.height && one.height <= raster.height * 5 / 4 &&
                          one.used + raster.width + gap <= page.side;
        if (fits && (!shelf || one.height < shelf->height)) shelf = &one;
    }
    if (!shelf) {
        if (page.used + raster.height + gap > page.side || raster.width > page.side) return false;
        page.shelves.push_back({page.used, raster.height, 0});
        page.used += raster.height + gap;
        shelf = &page.shelves.back();
    }
    place.x = shelf->used;
    place.y = shelf->y;
    shelf->used += raster.width + gap;
    for (int y = 0; y < raster.height; ++y) {
        const auto from = static_cast<std::ptrdiff_t>(y) * raster.width;
        const auto to = static_cast<std::ptrdiff_t>(place.y + y) * page.side + place.x;
        std::copy_n(raster.pixels.begin() + from, raster.width, page.pixels.begin() + to);
    }
    const int x1 = place.x + raster.width, y1 = place.y + raster.height;
    page.dirty_x0 = page.dirty ? std::min(page.dirty_x0, place.x) : place.x;
    page.dirty_y0 = page.dirty ? std::min(page.dirty_y0, place.y) : place.y;
    page.dirty_x1 = page.dirty ? std::max(page.dirty_x1, x1) : x1;
    page.dirty_y1 = page.dirty ? std::max(page.dirty_y1, y1) : y1;
    page.dirty = true;
    return true;
}

bool Sprites::put(const Raster& raster, Place& place) {
    place.width = raster.width;
    place.height = raster.height;
    for (place.page = 0; place.page < pages_.size(); ++place.page) {
        if (put(pages_[place.page], raster, place)) return true;
    }
    Page& page = pages_.emplace_back();
    const int longer = std::max(raster.width, raster.height) + gap;
    page.side = pages_.size() == 1 && longer <= first_page_side ? first_page_side : page_side;
    page.pixels.resize(static_cast<std::size_t>(page.side) * static_cast<std::size_t>(page.side));
    page.texture = upload_({static_cast<std::uint32_t>(pages_.size()), page.pixels.data(),
                            page.side, page.side, 0, 0, 0, 0});
    return put(page, raster, place);
}

const Sprites::Place& Sprites::place(const Key& key) {
    const auto [found, is_new] = known_.try_emplace(key);
    if (is_new && upload_) put(raster(key.art, key.dress, key.height, key.width), found->second);
    return found->second;
}

void Sprites::draw(ImDrawList* list, Art art, const Dress& dress, ImVec2 centre, float height,
                   Fit fit, bool mirrored, ImU32 tint) {
    if (height < 1) return;
    const float density = std::max(ImGui::GetIO().DisplayFramebufferScale.y, 0.1f);
    const float pixels = std::min(height * density, static_cast<float>(page_side / 2));
    const bool exact = fit == Fit::stepped || (fit == Fit::exact && !camera_moves_);
    const int rows = fit == Fit::stepped ? stepped_height(pixels)
                     : exact             ? static_cast<int>(std::lround(pixels))
                                         : std::min(loose_height(pixels), page_side);
    const Place& at = place({art, dress, rows});
    // Whole pixels, one for one.
    const float h = exact ? static_cast<float>(rows) / density : height;
    const float w =
        exact && at.width > 0 ? static_cast<float>(at.width) / density : h * file_of(art).aspect;
    ImVec2 min(centre.x - w / 2, centre.y - h / 2);
    if (exact) {
        min.x = std::round(min.x * density) / density;
        min.y = std::round(min.y * density) / density;
    }
    const auto side =
        static_cast<float>(at.page < pages_.size() ? pages_[at.page].side : page_side);
    float u0 = static_cast<float>(at.x) / side, u1 = static_cast<float>(at.x + at.width) / side;
    if (mirrored) std::swap(u0, u1);
    const ImTextureID texture = at.page < pages_.size() ? pages_[at.page].texture : ImTextureID{};
    list->AddImage(texture, min, {min.x + w, min.y + h}, {u0, static_cast<float>(at.y) / side},
                   {u1, static_cast<float>(at.y + at.height) / side}, tint);
}

void Sprites::draw_stretched(ImDrawList* list, Art art, const Dress& dress, ImVec2 min, ImVec2 max,
                             float unit, ImU32 middle) {
    const ArtFile& file = file_of(art);
    const float density = std::max(ImGui::GetIO().DisplayFramebufferScale.y, 0.1f);
    const auto whole = [&](float at) { return std::round(at * density); };  // in pixels
    const float x0 = whole(min.x), y0 = whole(min.y), x3 = whole(max.x), y3 = whole(max.y);
    // Something must be left between the edges.
    const float fits = std::min((x3 - x0) / (file.left + file.right + 1),
                                (y3 - y0) / (file.top + file.bottom + 1));
    const float wanted =
        std::min({unit * density, fits, page_side / 2 / file.height}) * file.height;
    // A strip that lies or stands is as thick as its box, if its ends leave room for that.
    const bool lies = file.top + file.bottom == 0, stands = !lies && file.left + file.right == 0;
    const float thick = lies ? y3 - y0 : stands ? (x3 - x0) / file.aspect : 0;
    const bool exact = thick > 0 && !camera_moves_ && thick <= fits * file.height;
    const int rows = exact ? static_cast<int>(std::lround(thick)) : stepped_height(wanted);
    if (rows < (lies ? 2 : 4)) return;
    const Place& at = place({art, dress, rows});
    if (at.page >= pages_.size()) {
        list->AddImage({}, min, max);
        return;
    }
    const float scale = static_cast<float>(rows) / file.height;
    const float left = std::round(file.left * scale), right = std::round(file.right * scale),
                top = std::round(file.top * scale), bottom = std::round(file.bottom * scale);
    // Where the columns and rows of pieces begin, on the screen and on the page. A piece that is
    // stretched is taken a little narrower, so that it does not show what lies beside it; one that
    // is not, is taken pixel for pixel.
    const float xs[] = {x0, x0 + left, x3 - right, x3}, ys[] = {y0, y0 + top, y3 - bottom, y3};
    const auto u0 = static_cast<float>(at.x), v0 = static_cast<float>(at.y);
    const float us[] = {u0, u0 + left, u0 + static_cast<float>(at.width) - right,
                        u0 + static_cast<float>(at.width)};
    const float vs[] = {v0, v0 + top, v0 + static_cast<float>(at.height) - bottom,
                        v0 + static_cast<float>(at.height)};
    constexpr float inside = 0.5f;
    const auto side = static_cast<float>(pages_[at.page].side);
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column) {
            const ImVec2 a(xs[column] / density, ys[row] / density),
                b(xs[column + 1] / density, ys[row + 1] / density);
            if (b.x <= a.x || b.y <= a.y) continue;
            if (row == 1 && column == 1 && file.hollow) continue;
            if (row == 1 && column == 1 && middle != 0) {
                list->AddRectFilled(a, b, middle);
                continue;
            }
            const auto differs = [](float from, float to, float on, float end) {
                return to - from != end - on ? inside : 0.0f;
            };
            const float narrower = differs(us[column], us[column + 1], xs[column], xs[column + 1]);
            const float lower = differs(vs[row], vs[row + 1], ys[row], ys[row + 1]);
            list->AddImage(pages_[at.page].texture, a, b,
                           {(us[column] + narrower) / side, (vs[row] + lower) / side},
                           {(us[column + 1] - narrower) / side, (vs[row + 1] - lower) / side});
        }
    }
}

void Sprites::draw_filling(ImDrawList* list, Art art, const Dress& dress, ImVec2 min, ImVec2 max) {
    const float density = std::max(ImGui::GetIO().DisplayFramebufferScale.y, 0.1f);
    const auto size = [&](float from, float to) {
        const float pixels = std::clamp((to - from) * density, 1.0f, page_side / 2.0f);
        return camera_moves_ ? std::min(loose_height(pixels), page_side / 2)
                             : static_cast<int>(std::lround(pixels));
    };
    const Place& at = place({art, dress, size(min.y, max.y), size(min.x, max.x)});
    const auto side =
        static_cast<float>(at.page < pages_.size() ? pages_[at.page].side : page_side);
    const auto x = static_cast<float>(at.x), y = static_cast<float>(at.y);
    list->AddImage(
        at.page < pages_.size() ? pages_[at.page].texture : ImTextureID{}, min, max,
        {x / side, y / side},
        {(x + static_cast<float>(at.width)) / side, (y + static_cast<float>(at.height)) / side});
}

void Sprites::begin(bool camera_moves) {
    camera_moves_ = camera_moves;
    if (pages_.size() <= pages_max || pages_.back().used == 0) return;
    known_.clear();
    // The textures stay; what is on them is drawn anew.
    for (Page& page : pages_) {
        page.shelves.clear();
        page.used = 0;
    }
}

void Sprites::finish() {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        Page& page = pages_[i];
        if (!page.dirty) continue;
        page.texture = upload_({static_cast<std::uint32_t>(i + 1), page.pixels.data(), page.side,
                                page.side, page.dirty_y0, page.dirty_y1 - page.dirty_y0,
                                page.dirty_x0, page.dirty_x1 - page.dirty_x0});
        page.dirty = false;
    }
}

}  // namespace homeroom::app
