// Films of the window, picture by picture.
#include "app/platform/film.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <utility>

namespace homeroom::app {
namespace {

// Pictures wider than this are halved in a GIF; picked.
constexpr int gif_width_max = 1400;
constexpr std::size_t samples_max = 8, settling = 3;

Pixels fitting(Pixels picture) {
    return picture.width > gif_width_max ? halved(picture) : std::move(picture);
}

}  // namespace

FilmJob::FilmJob(Shot::Kind kind, std::string file, std::vector<FilmMoment> film)
    : kind_(kind), file_(std::move(file)), film_(std::move(film)) {
    if (film_.empty()) {
        good_ = false;
        return;
    }
    settling_ = settling;
    first_.assign(settling, film_.front());
    if (kind_ != Shot::Kind::gif) return;
    const std::size_t stride = std::max<std::size_t>(1, film_.size() / samples_max);
    for (std::size_t i = 0; i < film_.size(); i += stride) first_.push_back(film_[i]);
}

FilmJob::~FilmJob() {
    if (context_ == nullptr) return;
    ImGuiContext* before = ImGui::GetCurrentContext();
    ImGui::SetCurrentContext(context_);
    // The window's backends are lent.
    ImGui::GetIO().BackendPlatformUserData = ImGui::GetIO().BackendRendererUserData = nullptr;
    ImGui::SetCurrentContext(before);
    ImGui::DestroyContext(context_);
}

void FilmJob::draw(Surface& surface, Frame& frame, const FilmMoment& moment) {
    ImGuiContext* window = ImGui::GetCurrentContext();
    const ImGuiIO& lent = ImGui::GetIO();
    if (context_ == nullptr) {
        context_ = ImGui::CreateContext(lent.Fonts);
        ImGui::SetCurrentContext(context_);
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.ConfigFlags |= ImGuiConfigFlags_NoMouse | ImGuiConfigFlags_NoMouseCursorChange;
        io.BackendFlags = lent.BackendFlags;
        io.BackendPlatformUserData = lent.BackendPlatformUserData;
        io.BackendRendererUserData = lent.BackendRendererUserData;
    }
    ImGui::SetCurrentContext(context_);
    frame.film_next(moment);
    surface.draw(frame, 0);
    ImGui::SetCurrentContext(window);
}

void FilmJob::take(Surface& surface) {
    if (kind_ == Shot::Kind::gif) {
        writer_->add(fitting(surface.pixels()),
                     static_cast<int>(std::lround(100 / FilmLog::pictures_per_second)));
        return;
    }
    char number[16];
    std::snprintf(number, sizeof number, "-%04zu.png", next_ - first_.size() + 1);
    good_ = surface.write_png(file_ + number);
}

bool FilmJob::draw_next(Surface& surface, Frame& frame) {
    const bool before = next_ < first_.size();
    const std::size_t number = before ? next_ : next_ - first_.size();
    if (!good_ || (!before && number >= film_.size())) return false;
    draw(surface, frame, before ? first_[number] : film_[number]);
    if (!before) take(surface);
    if (before && number >= settling_) samples_.push_back(fitting(surface.pixels()));
    ++next_;
    if (next_ == first_.size() && kind_ == Shot::Kind::gif) {
        palette_ = std::make_unique<GifPalette>(samples_);
        const Pixels& one = samples_.front();
        writer_ = std::make_unique<GifWriter>(file_, one.width, one.height, *palette_);
        samples_.clear();
    }
    if (next_ < first_.size() + film_.size()) return good_;
    if (writer_) good_ = writer_->close();
    return false;
}

bool FilmJob::go_on(Surface& surface, Frame& frame, double seconds) {
    const auto begun = std::chrono::steady_clock::now();
    while (draw_next(surface, frame)) {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun;
        if (passed.count() >= seconds) return true;
    }
    return false;
}

void FilmJob::stop() {
    good_ = false;
    if (!writer_) return;
    writer_->close();
    writer_.reset();
    std::remove(file_.c_str());
}

float FilmJob::share() const {
    const auto all = static_cast<float>(std::max<std::size_t>(first_.size() + film_.size(), 1));
    return static_cast<float>(next_) / all;
}

}  // namespace homeroom::app
