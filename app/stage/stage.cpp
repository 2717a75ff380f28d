// One picture: scenes, motion between them, then furniture, people and effects from back to front.
#include "app/stage/stage.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/stage/copies.h"
#include "app/stage/crowd_image.h"
#include "app/stage/effects.h"
#include "app/stage/motion.h"
#include "app/stage/near.h"
#include "app/stage/people.h"
#include "app/stage/pointing.h"
#include "app/stage/room.h"
#include "app/stage/scene.h"
#include "app/stage/school.h"
#include "app/stage/site.h"
#include "app/stage/states.h"
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
    Picture spare;   // for its memory
    Census census;
    Scene scene;    // whose picture that was
    Camera camera;  // from where
    bool fresh = true;
    // A scene is made anew only when something of this has changed: of many students it takes as
    // long as drawing them.
    struct Key {
        const sim::School* school = nullptr;
        std::uint64_t steps = 0;
        homeroom::Nanoseconds time = -1;
        std::size_t students = 0, classes = 0;
        bool hall = false;
        float opened = 1;  // of a room that opens or vanishes
        Rect area;
        float scale = 0;
        Camera camera;
        Hidden hidden;
        friend bool operator==(const Key&, const Key&) = default;
    };
    Key made_for, earlier_for;
    Scene earlier;         // before the decision
    bool resting = false;  // `smooth` is that of `scene`, and nothing in it moves
    double last_seconds = 0;

    void next(const StageView& view, const Rect& area, double seconds, const Cue& cue);
    void draw_all(const Pen& pen, const StageView& view, const Cue& cue, float t);
    void draw_background(const Pen& pen, const StageView& view, const Cue& cue, float t);
    void draw_tables(const Pen& pen, const RoomScene& room, const StageView& view);
    void draw_cards(const Pen& pen, const RoomScene& room, const StageView& view);
    void draw_crowds(const Pen& pen, const sim::School& school, const StageView& view);
    bool crowd_goes_into_image() const;
    void mark(const Pen& pen, const StageView& view) const;
    // The one that decides, or the one that is looked at.
    const RoomScene& room_of(const Cue& cue) const {
        return cue.valid ? scene.room_of(cue.step.room) : scene.rooms[room_in_the_middle(scene)];
    }
};

namespace {

Pen in_room(const Pen& pen, const Plan& plan) {
    return {pen.list, pen.theme,   plan,        pen.words,  pen.font,
            pen.bold, pen.seconds, pen.sprites, pen.hurried};
}

}  // namespace

void Stage::State::next(const StageView& view, const Rect& area, double seconds, const Cue& cue) {
    const bool between = view.before && !view.playing_fast && view.progress < 1;
    Sight sight{view.camera, view.classes, view.hall};
    sight.census = &census;
    if (between && rooms_differ(*view.before, *view.after)) {
        sight.rooms_from = view.before;
        sight.rooms_to = view.after;
        sight.share = ease(view.progress);
    }
    const auto renew = [&](Scene& one, Key& key, const sim::School& school) {
        const Key now{
            &school,    school.steps, school.time, school.students.size(), view.classes.size(),
            view.hall,  sight.share,  area,        view.ui_scale,          view.camera,
            view.hidden};
        if (!fresh && key == now) return false;
        key = now;
        sight.spare = &one;
        one = app::scene(school, area, view.ui_scale, sight);
        return true;
    };
    // Before this decision stands what stood after the last one.
    if (between && !fresh && made_for.school != nullptr && view.before->steps == made_for.steps &&
        view.before->time == made_for.time && view.after->steps > made_for.steps) {
        std::swap(earlier, scene);
        earlier_for = std::exchange(made_for, Key{});
        earlier_for.school = view.before;
    }
    const bool renewed = renew(scene, made_for, *view.after);
    if (between) renew(earlier, earlier_for, *view.before);
    if (!renewed && !between && resting) return;
    resting = !between && !view.playing_fast;
    Picture target = between
                         ? blend(earlier, scene, *view.after, cue, view.progress, std::move(spare))
                         : at_rest(scene, std::move(spare));
    // Who moves the camera moves everything, at once.
    if (view.playing_fast && !fresh && camera == view.camera) {
        const double passed = std::clamp(seconds - last_seconds, 0.0, 0.25);
        const auto share = static_cast<float>(1 - std::exp2(-passed / half_gap_seconds));
        approach(smooth, target, share);
    } else {
        std::swap(smooth, target);
    }
    spare = std::move(target);
    camera = view.camera;
    hide(smooth, view.hidden);
    note_seen(smooth);
    fresh = false;
    last_seconds = seconds;
}

bool Stage::State::crowd_goes_into_image() const {
    std::size_t people = 0;
    for (const RoomScene& room : scene.rooms) {
        if (room.plan.small || !room.in_sight) continue;
        if (room.plan.detail != Detail::figures) return true;
        people += room.bench.shown + room.sleepers.shown + room.graduates.shown;
        for (const Crowd& line : room.lines) people += line.shown;
    }
    return upload && people > drawn_singly_max;
}

void Stage::State::draw_tables(const Pen& pen, const RoomScene& room, const StageView& view) {
    const sim::School& school = *view.after;
    const Plan& plan = room.plan;
    std::vector<const sim::Table*> own;
    for (const sim::Table& table : school.tables) {
        if (room.key.has(table)) own.push_back(&table);
    }
    for (std::size_t i = 0; i < plan.marks.size() && !plan.small; ++i) {
        const sim::Table* table = i < own.size() ? own[i] : nullptr;
        const bool stays = plan.folded.empty();
        const bool here = stays && table && table->mood != sim::Table::Mood::errand;
        if (stays && !here) draw_empty_place(pen, table, plan.marks[i]);
    }
    // Tables on their way pass in front of the others.
    for (bool moving : {false, true}) {
        for (const sim::Table* table : own) {
            const std::size_t i = sim::index(table->id);
            const TablePlace& place = smooth.tables[i];
            if (place.where == TablePlace::Where::hidden) continue;
            if ((place.cell != scene.tables[i].cell) != moving) continue;
            if (!overlap(place.cell, scene.area)) continue;
            draw_table_back(pen, *table, place);
            draw_seated(pen, school, smooth, table->student);
            draw_table_front(pen, *table, place,
                             view.selected == pick_of(StagePick::table, table->id));
            draw_notes(pen, school, *table, place);
            const Rect& desk = place.desk;
            const bool rests =
                table->mood == sim::Table::Mood::resting || table->mood == sim::Table::Mood::closed;
            if (view.knows_plans && !view.classes.empty() && !plan.small && place.notes.empty() &&
                !rests)
                draw_chalk(pen, school, *table,
                           {desk.x0 + desk.w() * 0.16f, desk.y0 + desk.h() * 0.48f,
                            desk.x0 + desk.w() * 0.62f, desk.y0 + desk.h() * 0.86f});
        }
    }
    if (!plan.more_tables.empty()) {
        pen.text(plan.more_tables, "+" + grouped(plan.hidden_tables), pen.theme.text_dim,
                 Align::centre, true);
    }
}

void Stage::State::draw_cards(const Pen& pen, const RoomScene& room, const StageView& view) {
    const sim::School& school = *view.after;
    for (std::size_t i : room.plan.own_pegs) {
        const sim::Clipboard& clipboard = school.clipboards[i];
        const Rect& box = smooth.cards[i];
        if (box.empty() || !overlap(box, scene.area)) continue;
        const CardFace face =
            card_face(box, pen.plan, static_cast<std::uint32_t>(clipboard.names.size()),
                      school.students.size());
        draw_card(pen, clipboard, face, view.playing_fast || view.progress >= 1,
                  view.selected == pick_of(StagePick::clipboard, clipboard.id));
    }
}

// Everything that stands still.
void Stage::State::draw_background(const Pen& pen, const StageView& view, const Cue& cue, float t) {
    const sim::School& school = *view.after;
    if (scene.has_hall()) {
        draw_building(pen, scene);
        if (overlap(scene.building.hall, scene.area)) draw_hall(pen, school, scene);
    }
    for (const RoomScene& room : scene.rooms) {
        if (!room.in_sight) continue;
        const Pen here = in_room(pen, room.plan);
        if (room.plan.small) {
            draw_small_room(here, room);
        } else {
            const bool speaks = cue.valid && &scene.room_of(cue.step.room) == &room;
            draw_room(here);
            draw_rack(here, school);
            if (!view.hidden.has(Part::board)) draw_whiteboard(here, school, room);
            if (!view.hidden.has(Part::asleep))
                draw_alarm(here, school, room.sleepers,
                           speaks && cue.is(EventKind::timer_fired) && t < 1);
            draw_bench(here, room.bench);
            draw_graduates(here, room.graduates);
            draw_corridor(here, room.counts[static_cast<std::size_t>(Standing::errand)]);
            if (room.key.alone) draw_teachers_corner(here, school);
            if (!view.hidden.has(Part::staff))
                draw_monitor(here, school, speaks ? ring_of(cue, t) : 0);
            if (!room.plan.states.empty()) draw_states(here, room.plan.states, room.counts);
        }
        if (scene.has_hall()) draw_walls(here, school, room, view.classes);
        if (!view.classes.empty()) draw_pages(here, school, room, cue, t);
        draw_tables(here, room, view);
        if (!room.plan.site.empty()) draw_site(here, school, room);
        if (!view.classes.empty()) draw_changes_of_class(here, school, room, cue, t);
    }
}

void Stage::State::draw_crowds(const Pen& pen, const sim::School& school, const StageView& view) {
    CrowdSink sink;
    CrowdSink* into = crowd_goes_into_image() ? &sink : nullptr;
    const Rect& area = scene.area;
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
    if (!view.hidden.has(Part::board)) draw_thoughts(pen, school, smooth);
    if (!sink.image) return;
    if (image.finish() || texture == ImTextureID{})
        texture = upload({0, image.pixels(), image.width(), image.height(), image.first_row(),
                          image.rows(), image.first_column(), image.columns()});
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

void Stage::State::draw_all(const Pen& hall, const StageView& view, const Cue& cue, float t) {
    const sim::School& school = *view.after;
    draw_background(hall, view, cue, t);
    const RoomScene& speaks = room_of(cue);
    const Pen pen = in_room(hall, speaks.plan);
    if (!view.playing_fast) draw_glow(pen, smooth, cue, t);
    if (!view.hidden.has(Part::staff)) draw_teachers(pen, school, smooth);
    if (view.knows_plans && !view.classes.empty() && !view.hidden.has(Part::staff))
        draw_lesson_plans(hall, school, scene, smooth);
    for (const RoomScene& room : scene.rooms) {
        if (room.in_sight) draw_cards(in_room(hall, room.plan), room, view);
    }
    draw_students(pen, school, smooth, Layer::names, nullptr);
    draw_crowds(pen, school, view);
    if (!view.playing_fast && !view.hidden.has(Part::trails))
        draw_effects(pen, school, smooth, cue, t);
    if (!view.classes.empty()) draw_sheets(hall, school, scene, view.selected, cue, t);
    mark(pen, view);
}

// Students, tables and clipboards show by themselves that they are selected; all others get a frame
// here. What a link means gets one in any case, with a halo that breathes.
void Stage::State::mark(const Pen& pen, const StageView& view) const {
    if (view.selected.kind == StagePick::student)
        mark_selected(pen, smooth, sim::StudentId{view.selected.id});
    const bool marks_itself = view.selected.kind == StagePick::student ||
                              view.selected.kind == StagePick::table ||
                              view.selected.kind == StagePick::clipboard;
    if (const Rect box = box_of(scene, smooth, view.selected); !marks_itself && !box.empty())
        pen.select(box, pen.u(6));
    for (const StagePick& each : view.offered)
        if (const Rect offered = box_of(scene, smooth, each); !offered.empty()) pen.offer(offered);
    const Rect box = box_of(scene, smooth, view.pointed);
    if (box.empty()) return;
    const float breath = pen.u(4) + pen.u(2) * static_cast<float>(std::sin(pen.seconds * 5));
    pen.frame(box.inset(-breath), with_alpha(pen.theme.accent, 0.35f), pen.u(9), pen.u(6));
    pen.frame(box.inset(-pen.u(2)), pen.theme.accent, pen.u(6), pen.u(2.5f));
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
    const bool camera_moves = !(state_->camera == view.camera);
    state_->next(view, area, seconds, cue);
    ImFont* font = view.font ? view.font : ImGui::GetFont();
    const Pen pen{list,
                  theme(view.dark, view.projector),
                  state_->scene.hall,
                  view.words,
                  font,
                  view.bold ? view.bold : font,
                  seconds,
                  state_->sprites,
                  view.playing_fast};
    list->PushClipRect(min, max, true);
    state_->sprites.begin(camera_moves);
    state_->draw_all(pen, view, cue, t);
    state_->sprites.finish();
    list->PopClipRect();
    return pick_at(*view.after, state_->scene, state_->smooth, ImGui::GetMousePos());
}

Sprites& Stage::sprites() { return state_->sprites; }

void Stage::snap() { state_->fresh = true; }

bool Stage::where(StagePick what, ImVec2& centre) const {
    return !state_->scene.rooms.empty() && point_of(state_->scene, state_->smooth, what, centre);
}

std::size_t Stage::rooms() const { return state_->scene.rooms.size(); }

bool Stage::has_hall() const { return state_->scene.has_hall(); }

std::size_t Stage::room() const { return rooms() == 0 ? 0 : room_in_the_middle(state_->scene); }

Stage::Level Stage::level() const {
    const Scene& scene = state_->scene;
    if (rooms() == 0) return Level::school;
    if (!room_fills(scene, room())) return Level::school;
    const Rect& box = scene.rooms[room()].plan.area;
    const float share = std::min(box.w() / scene.area.w(), box.h() / scene.area.h());
    return share > 1.4f ? Level::table : Level::room;
}

std::size_t Stage::room_of(const sim::School& school, StagePick what) const {
    return rooms() == 0 ? 0 : app::room_of(school, state_->scene, what);
}

bool Stage::camera_for(StagePick what, Camera& camera) const {
    camera = {};
    if (what.kind == StagePick::nothing) return true;
    if (rooms() == 0) return false;
    const Scene& scene = state_->scene;
    Rect box = box_of(scene, state_->smooth, what);
    if (box.empty()) return false;
    const ImVec2 a = state_->camera.from_screen(box.min(), scene.area),
                 b = state_->camera.from_screen(box.max(), scene.area);
    const Rect place{a.x, a.y, b.x, b.y};
    if (what.kind == StagePick::room) {
        camera = filling(place, scene.area);
        return true;
    }
    const float share = what.kind == StagePick::table       ? 0.92f
                        : what.kind == StagePick::clipboard ? 0.6f
                        : what.kind == StagePick::student   ? 0.3f
                                                            : 0.5f;
    camera = facing(place, scene.area, share, state_->camera.stretch);
    return true;
}

}  // namespace homeroom::app
