// One picture: scenes, motion between them, then furniture, people and effects from back to front.
#include "app/stage/stage.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/stage/crowd_image.h"
#include "app/stage/effects.h"
#include "app/stage/motion.h"
#include "app/stage/people.h"
#include "app/stage/room.h"
#include "app/stage/scene.h"
#include "app/stage/tables.h"
#include "app/stage/whiteboard.h"

namespace homeroom::app {

namespace {

// When playing fast, a position closes half of its gap in about this time.
constexpr double half_gap_seconds = 0.05;

// More people than this, and they go into the image even if each of them is large enough to be
// drawn by itself.
constexpr std::size_t drawn_singly_max = 48;

template <class Id>
StagePick pick_of(StagePick::Kind kind, Id id) {
    return {kind, static_cast<std::uint32_t>(id)};
}

}  // namespace

struct Stage::State {
    explicit State(TextureUploader to) : upload(std::move(to)), sprites(upload), image(sprites) {}

    TextureUploader upload;
    Sprites sprites;
    CrowdImage image;
    ImTextureID texture{};
    Picture smooth;  // what was drawn last
    Scene scene;     // whose picture that was
    bool fresh = true;
    double last_seconds = 0;

    Picture next(const StageView& view, const Rect& area, double seconds, const Cue& cue);
    void draw_all(const Pen& pen, const StageView& view, const Cue& cue, float t);
    void draw_tables(const Pen& pen, const StageView& view);
    void draw_cards(const Pen& pen, const StageView& view);
    bool crowd_goes_into_image() const;
    StagePick pick(const sim::School& school, ImVec2 mouse) const;
    Rect box_of(StagePick what) const;
    void mark(const Pen& pen, const StageView& view) const;
};

Picture Stage::State::next(const StageView& view, const Rect& area, double seconds,
                           const Cue& cue) {
    scene = app::scene(*view.after, area, view.ui_scale);
    const bool between = view.before && !view.playing_fast && view.progress < 1;
    Picture target = between ? blend(app::scene(*view.before, area, view.ui_scale), scene,
                                     *view.after, cue, view.progress)
                             : at_rest(scene);
    if (view.playing_fast && !fresh) {
        const double passed = std::clamp(seconds - last_seconds, 0.0, 0.25);
        const auto share = static_cast<float>(1 - std::exp2(-passed / half_gap_seconds));
        approach(smooth, target, share);
    } else {
        smooth = std::move(target);
    }
    fresh = false;
    last_seconds = seconds;
    return smooth;
}

bool Stage::State::crowd_goes_into_image() const {
    if (scene.plan.detail != Detail::figures) return true;
    std::size_t people = scene.bench.shown + scene.sleepers.shown + scene.graduates.shown;
    for (const Crowd& line : scene.lines) people += line.shown;
    return upload && people > drawn_singly_max;
}

void Stage::State::draw_tables(const Pen& pen, const StageView& view) {
    const sim::School& school = *view.after;
    for (std::size_t i = 0; i < scene.plan.marks.size(); ++i) {
        const sim::Table* table = i < school.tables.size() ? &school.tables[i] : nullptr;
        const bool stays = scene.plan.folded.empty();
        const bool here = stays && table && table->mood != sim::Table::Mood::errand;
        if (stays && !here) draw_empty_place(pen, table, scene.plan.marks[i]);
    }
    // Tables on their way pass in front of the others.
    for (bool moving : {false, true}) {
        for (const sim::Table& table : school.tables) {
            const std::size_t i = sim::index(table.id);
            const TablePlace& place = smooth.tables[i];
            if (place.where == TablePlace::Where::hidden) continue;
            if ((place.cell != scene.plan.tables[i].cell) != moving) continue;
            draw_table_back(pen, table, place);
            draw_seated(pen, school, smooth, table.student);
            draw_table_front(pen, table, place,
                             view.selected == pick_of(StagePick::table, table.id));
        }
    }
    if (!scene.plan.more_tables.empty()) {
        pen.text(scene.plan.more_tables, "+" + grouped(scene.plan.hidden_tables),
                 pen.theme.text_dim, Align::centre, true);
    }
}

void Stage::State::draw_cards(const Pen& pen, const StageView& view) {
    const sim::School& school = *view.after;
    for (const sim::Clipboard& clipboard : school.clipboards) {
        const Rect& box = smooth.cards[sim::index(clipboard.id)];
        const CardFace face =
            card_face(box, scene.plan, static_cast<std::uint32_t>(clipboard.names.size()),
                      school.students.size());
        draw_card(pen, clipboard, face, view.playing_fast || view.progress >= 1,
                  view.selected == pick_of(StagePick::clipboard, clipboard.id));
    }
}

void Stage::State::draw_all(const Pen& pen, const StageView& view, const Cue& cue, float t) {
    const sim::School& school = *view.after;
    draw_room(pen);
    draw_rack(pen, school);
    draw_whiteboard(pen, school, scene);
    draw_alarm(pen, school, scene.sleepers, cue.is(EventKind::timer_fired) && t < 1);
    draw_bench(pen, school, scene.bench);
    draw_graduates(pen, scene.graduates);
    draw_corridor(pen, school);
    draw_teachers_corner(pen, school);
    draw_monitor(pen, school, ring_of(cue, t));
    draw_tables(pen, view);
    if (!view.playing_fast) draw_glow(pen, smooth, cue, t);
    draw_teachers(pen, school, smooth);
    draw_cards(pen, view);
    draw_students(pen, school, smooth, Layer::names, nullptr);

    CrowdSink sink;
    CrowdSink* into = crowd_goes_into_image() ? &sink : nullptr;
    const Rect& area = scene.plan.area;
    if (into && upload) {
        const ImVec2 ratio = ImGui::GetIO().DisplayFramebufferScale;
        sink.pixels = ratio.x > 0 ? ratio.x : 1;
        sink.image = &image;
        sink.origin = {std::floor(area.x0), std::floor(area.y0)};
        image.begin(static_cast<int>(std::ceil(area.w() * sink.pixels)) + 1,
                    static_cast<int>(std::ceil(area.h() * sink.pixels)) + 1);
    }
    draw_students(pen, school, smooth, Layer::crowds, into);
    draw_students(pen, school, smooth, Layer::moving, into);
    draw_thoughts(pen, school, smooth);
    if (sink.image) {
        if (image.finish() || texture == ImTextureID{}) {
            texture = upload({0, image.pixels(), image.width(), image.height(), 0, image.height()});
        }
        const auto w = static_cast<float>(image.width()), h = static_cast<float>(image.height());
        for (const CrowdImage::Part& part : image.parts()) {
            const auto x0 = static_cast<float>(part.x), x1 = static_cast<float>(part.x + part.w);
            const auto y0 = static_cast<float>(part.y), y1 = static_cast<float>(part.y + part.h);
            pen.list->AddImage(texture,
                               {sink.origin.x + x0 / sink.pixels, sink.origin.y + y0 / sink.pixels},
                               {sink.origin.x + x1 / sink.pixels, sink.origin.y + y1 / sink.pixels},
                               {x0 / w, y0 / h}, {x1 / w, y1 / h});
        }
    }
    if (!view.playing_fast) draw_effects(pen, school, smooth, cue, t);
    mark(pen, view);
}

// Where something was drawn; empty if it was not. Who is only counted is where the count is.
Rect Stage::State::box_of(StagePick what) const {
    const Plan& plan = scene.plan;
    switch (what.kind) {
        case StagePick::nothing:
            break;
        case StagePick::student: {
            if (what.id == 0 || what.id > smooth.students.size()) break;
            const StudentSpot& spot = smooth.students[what.id - 1].spot;
            if (spot.at.x <= 0) break;
            const float h = std::max(spot.height, 14 * plan.unit) / 2;
            const float right = spot.pose == Pose::name && spot.shown ? h * 3.4f : h * 0.9f;
            return {spot.at.x - h * 0.9f, spot.at.y - h, spot.at.x + right, spot.at.y + h};
        }
        case StagePick::table:
            if (what.id < smooth.tables.size()) return smooth.tables[what.id].cell;
            break;
        case StagePick::clipboard:
            if (what.id < smooth.cards.size()) return smooth.cards[what.id];
            break;
        case StagePick::thing:
            for (const Station& station : plan.stations) {
                if (station.id == what.id) return station.sign;
            }
            return plan.more_things;
        case StagePick::bench:
            return plan.bench;
        case StagePick::monitor:
            return plan.monitor;
        case StagePick::teacher:
            if (what.id < smooth.teachers.size()) return smooth.teachers[what.id];
            break;
    }
    return {};
}

// Students, tables and clipboards show by themselves that they are selected; all others get a frame
// here. What a link means gets one in any case, with a halo that breathes.
void Stage::State::mark(const Pen& pen, const StageView& view) const {
    if (view.selected.kind == StagePick::student)
        mark_selected(pen, smooth, sim::StudentId{view.selected.id});
    const bool marks_itself = view.selected.kind == StagePick::student ||
                              view.selected.kind == StagePick::table ||
                              view.selected.kind == StagePick::clipboard;
    if (const Rect box = box_of(view.selected); !marks_itself && !box.empty())
        pen.select(box, pen.u(6));
    const Rect box = box_of(view.pointed);
    if (box.empty()) return;
    const float breath = pen.u(4) + pen.u(2) * static_cast<float>(std::sin(pen.seconds * 5));
    pen.frame(box.inset(-breath), with_alpha(pen.theme.accent, 0.35f), pen.u(9), pen.u(6));
    pen.frame(box.inset(-pen.u(2)), pen.theme.accent, pen.u(6), pen.u(2.5f));
}

StagePick Stage::State::pick(const sim::School& school, ImVec2 mouse) const {
    const Plan& plan = scene.plan;
    if (!plan.area.contains(mouse)) return {};
    // The nearest of those whose figure or name is under the mouse.
    StagePick found;
    float nearest = 1e9f;
    for (std::size_t i = 0; i < smooth.students.size(); ++i) {
        const StudentSpot& spot = smooth.students[i].spot;
        if (!spot.shown) continue;
        const float dx = mouse.x - spot.at.x, dy = mouse.y - spot.at.y;
        const float right = spot.pose == Pose::name ? spot.height * 2.2f : spot.height * 0.42f;
        if (std::abs(dy) > spot.height / 2 || dx < -spot.height * 0.42f || dx > right) continue;
        const float distance = dx * dx + dy * dy;
        if (distance < nearest) {
            nearest = distance;
            found = {StagePick::student, static_cast<std::uint32_t>(i + 1)};
        }
    }
    if (found.kind != StagePick::nothing) return found;
    for (std::size_t i = 0; i < smooth.cards.size(); ++i) {
        if (smooth.cards[i].contains(mouse)) {
            return {StagePick::clipboard, static_cast<std::uint32_t>(i)};
        }
    }
    for (std::size_t i = 0; i < smooth.teachers.size(); ++i) {
        if (kernel_is_seen(school) && smooth.teachers[i].contains(mouse)) {
            return {StagePick::teacher, static_cast<std::uint32_t>(i)};
        }
    }
    for (const Station& station : plan.stations) {
        if (station.sign.contains(mouse) || station.line.contains(mouse)) {
            return {StagePick::thing, station.id};
        }
    }
    for (std::size_t i = 0; i < smooth.tables.size(); ++i) {
        if (smooth.tables[i].where != TablePlace::Where::hidden &&
            smooth.tables[i].cell.contains(mouse)) {
            return {StagePick::table, static_cast<std::uint32_t>(i)};
        }
    }
    if (plan.bench.contains(mouse)) return {StagePick::bench, 0};
    if (plan.monitor.contains(mouse) && school.monitor.present) return {StagePick::monitor, 0};
    return {};
}

Stage::Stage(TextureUploader upload) : state_(std::make_unique<State>(std::move(upload))) {}

Stage::~Stage() = default;

StagePick Stage::draw(ImDrawList* list, ImVec2 min, ImVec2 max, const StageView& view,
                      double seconds) {
    const Rect area{min.x, min.y, max.x, max.y};
    if (!view.after || area.w() < 8 || area.h() < 8) return {};
    Cue cue;
    if (view.timeline && view.decision < view.timeline->decisions()) {
        cue = {view.timeline->step(view.timeline->step_of_decision(view.decision)), true};
    }
    const float t = view.playing_fast ? 1 : std::clamp(view.progress, 0.0f, 1.0f);
    state_->next(view, area, seconds, cue);
    ImFont* font = view.font ? view.font : ImGui::GetFont();
    const Pen pen{list,
                  theme(view.dark),
                  state_->scene.plan,
                  view.words,
                  font,
                  view.bold ? view.bold : font,
                  seconds,
                  state_->sprites,
                  view.playing_fast};
    list->PushClipRect(min, max, true);
    state_->sprites.begin();
    state_->draw_all(pen, view, cue, t);
    state_->sprites.finish();
    list->PopClipRect();
    return state_->pick(*view.after, ImGui::GetMousePos());
}

void Stage::snap() { state_->fresh = true; }

bool Stage::where(StagePick what, ImVec2& centre) const {
    const Picture& picture = state_->smooth;
    const Plan& plan = state_->scene.plan;
    const auto take = [&](const Rect& box) {
        centre = box.centre();
        return !box.empty();
    };
    switch (what.kind) {
        case StagePick::nothing:
            return false;
        case StagePick::student:
            if (what.id == 0 || what.id > picture.students.size()) return false;
            centre = picture.students[what.id - 1].spot.at;
            return picture.students[what.id - 1].spot.shown;
        case StagePick::table:
            if (what.id >= picture.tables.size()) return false;
            // Beside the seat, where neither student nor clipboard lies on top.
            return take(picture.tables[what.id].label);
        case StagePick::clipboard:
            if (what.id >= picture.cards.size()) return false;
            centre = {picture.cards[what.id].centre().x, picture.cards[what.id].y0 + 4};
            return true;
        case StagePick::thing:
            for (const Station& station : plan.stations) {
                if (station.id == what.id) return take(station.sign);
            }
            return false;
        case StagePick::bench:
            centre = {plan.bench.centre().x, plan.bench.y0 + plan.line / 2};
            return true;
        case StagePick::monitor:
            return take(plan.monitor);
        case StagePick::teacher:
            return what.id < picture.teachers.size() && take(picture.teachers[what.id]);
    }
    return false;
}

}  // namespace homeroom::app
