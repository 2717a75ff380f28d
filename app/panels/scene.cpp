// The school itself: what a click in it selects, and from where it is looked at.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "app/panels/panels.h"

namespace homeroom::app {

namespace {

// Long enough to see where one goes to, short enough not to wait for it.
constexpr float flight_seconds = 0.5f, notch_seconds = 0.14f;
// Of the picture, for each press of a key.
constexpr float pan_share = 0.2f;
// A press that moves less than this many pixels is a click.
constexpr float drag_least = 5;

void fly(const Desk& desk, const Camera& to, float seconds) {
    desk.view.camera.fly(to, desk.view.still ? 0 : seconds);
}

void go_to(const Desk& desk, StagePick what) {
    Camera camera;
    if (desk.stage.camera_for(what, camera)) fly(desk, camera, flight_seconds);
}

// True: it is seen from where the camera is now.
bool look_now(const Desk& desk, StagePick what) {
    Camera camera;
    if (!desk.stage.camera_for(what, camera)) return false;
    const Camera was = desk.view.camera.now();
    desk.view.camera.fly(camera, 0);
    // What has another size on the screen is laid out a little differently.
    return std::abs(was.zoom - camera.zoom) < 0.01f * camera.zoom;
}

StagePick room_pick(std::size_t room) {
    return {StagePick::room, static_cast<std::uint32_t>(room)};
}

// The table that something belongs to; else the one that decides just now.
StagePick table_of(const Desk& desk, StagePick what) {
    const sim::School& school = desk.player.now();
    const auto pick = [](sim::TableId id) {
        return StagePick{StagePick::table, static_cast<std::uint32_t>(id)};
    };
    if (what.kind == StagePick::table) return what;
    if (what.kind == StagePick::student) {
        const sim::Student* student = school.find(sim::StudentId{what.id});
        if (student != nullptr && school.find(student->table) != nullptr)
            return pick(student->table);
        return what;
    }
    if (what.kind == StagePick::clipboard) {
        const sim::Clipboard* clipboard = school.find(static_cast<sim::ClipboardId>(what.id));
        if (clipboard != nullptr && school.find(clipboard->holder) != nullptr)
            return pick(clipboard->holder);
        return what;
    }
    if (what.kind != StagePick::nothing && what.kind != StagePick::room) return what;
    const std::size_t shown = desk.player.shown_decision(), room = desk.stage.room();
    const sim::Timeline& film = desk.player.timeline();
    if (shown < film.decisions()) {
        const sim::Table* table = school.find(film.step(film.step_of_decision(shown)).table);
        const bool here =
            !desk.stage.has_hall() || (table != nullptr && sim::index(table->room) == room);
        if (table != nullptr && here) return pick(table->id);
    }
    for (const sim::Table& table : school.tables) {
        if (!desk.stage.has_hall() || sim::index(table.room) == room) return pick(table.id);
    }
    return {};
}

void go_nearer(const Desk& desk) {
    const StagePick chosen = desk.view.selected;
    const std::size_t own = desk.stage.room_of(desk.player.now(), chosen);
    switch (desk.stage.level()) {
        case Stage::Level::school:
            if (desk.stage.has_hall())
                return go_to(desk, room_pick(own < desk.stage.rooms() ? own : desk.stage.room()));
            break;
        case Stage::Level::room:
            if (own < desk.stage.rooms() && own != desk.stage.room())
                return go_to(desk, room_pick(own));
            break;
        case Stage::Level::table: {
            Camera camera = desk.view.camera.goal();
            camera.zoom *= 1.5f;
            return fly(desk, within_school(camera), flight_seconds);
        }
    }
    go_to(desk, table_of(desk, chosen));
}

void go_farther(const Desk& desk) {
    const bool room = desk.stage.level() == Stage::Level::table && desk.stage.has_hall();
    go_to(desk, room ? room_pick(desk.stage.room()) : StagePick{});
}

// What keys, buttons and Ctrl+K have asked for since the last picture.
void obey(const Desk& desk, const Rect& whole) {
    View& view = desk.view;
    if (view.pan.x != 0 || view.pan.y != 0) {
        const ImVec2 pixels(-view.pan.x * pan_share * whole.w(),
                            -view.pan.y * pan_share * whole.h());
        view.pan = {0, 0};
        view.follow = false;
        fly(desk, dragged(view.camera.goal(), pixels, whole), notch_seconds);
    }
    const View::Gaze gaze = std::exchange(view.gaze, View::Gaze::stay);
    if (gaze == View::Gaze::stay) return;
    view.follow = false;
    switch (gaze) {
        case View::Gaze::stay:
            break;
        case View::Gaze::nearer:
            return go_nearer(desk);
        case View::Gaze::farther:
            return go_farther(desk);
        case View::Gaze::whole:
            return go_to(desk, {});
        case View::Gaze::next_room:
            if (!desk.stage.has_hall()) return;
            if (desk.stage.level() == Stage::Level::school) return go_to(desk, room_pick(0));
            return go_to(desk, room_pick((desk.stage.room() + 1) % desk.stage.rooms()));
        case View::Gaze::follow:
            view.follow = view.selected.kind != StagePick::nothing;
            if (view.follow) go_to(desk, view.selected);
            return;
    }
}

// The camera stays on what it follows, wherever that goes, and as near as the user wants it.
void follow(const Desk& desk) {
    View& view = desk.view;
    Camera camera;
    if (!view.follow || view.camera.flies()) return;
    if (view.selected.kind == StagePick::nothing) {
        view.follow = false;
    } else if (desk.stage.camera_for(view.selected, camera)) {
        camera.zoom = view.camera.now().zoom;
        camera.stretch = view.camera.now().stretch;
        // A share of the way in each picture: it swings after who walks.
        const float share = view.still ? 1 : 1 - std::exp2(-ImGui::GetIO().DeltaTime / 0.08f);
        view.camera.fly(within_school(between(view.camera.now(), camera, share)), 0);
    }
}

void handle_mouse(const Desk& desk, bool hovered, bool held, const Rect& whole, StagePick under) {
    View& view = desk.view;
    const ImGuiIO& io = ImGui::GetIO();
    if (hovered && io.MouseWheel != 0 && !io.KeyCtrl) {
        const float factor = std::pow(1.25f, io.MouseWheel);
        fly(desk, zoomed(view.camera.goal(), factor, io.MousePos, whole), notch_seconds);
    }
    if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, drag_least)) {
        view.follow = false;
        view.camera.fly(dragged(view.camera.now(), io.MouseDelta, whole), 0);
    }
    if (!hovered || !ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) return;
    view.follow = false;
    const std::size_t own = desk.stage.room_of(desk.player.now(), under);
    if (desk.stage.level() == Stage::Level::school && own < desk.stage.rooms() &&
        desk.stage.has_hall()) {
        go_to(desk, room_pick(own));
    } else if (under.kind == StagePick::nothing || under.kind == StagePick::room) {
        go_farther(desk);
    } else {
        go_to(desk, table_of(desk, under));
    }
}

// Where one is, and the way back, above the picture. There is none as long as one class is seen
// whole.
void draw_path(const Desk& desk, const Box& box) {
    Ui& ui = desk.ui;
    View& view = desk.view;
    const float button = 24;
    const float end = box.max.x - ui.px(3 * button + 20);
    float x = box.min.x + ui.px(8);
    // One part after the other, as far as there is room.
    const auto part = [&](const char* name, const std::string& text, const char* tip) {
        const char* arrow = "→";
        const bool first = x < box.min.x + ui.px(9);
        const float gap = first ? 0 : ImGui::CalcTextSize(arrow).x + ui.px(12);
        const float width = ImGui::CalcTextSize(sim::tr(text.c_str())).x;
        if (x + gap + width > end) return false;
        ImGui::SetCursorScreenPos({x + ui.px(first ? 0 : 6), box.min.y + ui.px(3)});
        if (!first) ImGui::TextUnformatted(arrow);
        ImGui::SetCursorScreenPos({x + gap, box.min.y + ui.px(3)});
        x += gap + width;
        return ui.link(name, text.c_str(), tip);
    };
    const bool several = desk.stage.has_hall();
    if (part("path.school", several ? "the whole school" : "the whole room", "All of it.  H"))
        view.gaze = View::Gaze::whole;
    if (several && desk.stage.level() != Stage::Level::school) {
        const auto id = static_cast<sim::ClassId>(desk.stage.room());
        if (part("path.room", name_of(id, view.words), "This room from wall to wall.  Backspace"))
            go_to(desk, room_pick(desk.stage.room()));
    }
    if (view.follow) {
        std::string whom = describe(desk, view.selected);
        whom = whom.substr(0, whom.find(':'));
        if (part("path.follow", sim::phrase("following {g}", {{'g', whom}}),
                 "The camera stays here.  Esc"))
            view.follow = false;
    }
    ImGui::SetCursorScreenPos({box.max.x - ui.px(3 * button + 14), box.min.y + ui.px(1)});
    if (ui.icon_button("view.farther", Icon::farther, "Farther away.  Backspace", button))
        view.gaze = View::Gaze::farther;
    ImGui::SameLine(0, ui.px(3));
    if (ui.icon_button("view.nearer", Icon::nearer, "Nearer: a room, a table.  Z", button))
        view.gaze = View::Gaze::nearer;
    ImGui::SameLine(0, ui.px(3));
    if (ui.icon_button("view.whole", Icon::whole, "All of it.  H", button))
        view.gaze = View::Gaze::whole;
}

// The head teacher matters where somebody has chosen how it decides, where tables may be in line
// for teachers all the time, and where the kernel's work has a price.
bool shows_hall(const Player& player) {
    const sim::RunOptions& run = player.run();
    if (player.world() == WorldKind::native) return player.natives_together();
    return !run.classes.empty() || run.kernel.policy || run.clipboards > run.teachers;
}

// Slides in as soon as the picture is not all there is.
float path_height(const Desk& desk) {
    const float whole = desk.ui.px(27);
    if (shows_hall(desk.player)) return whole;
    return whole * std::clamp((desk.view.camera.now().zoom - 1) / 0.2f, 0.0f, 1.0f);
}

}  // namespace

StageView looks_of(const Desk& desk) {
    StageView picture;
    picture.words = desk.view.words;
    picture.ui_scale = desk.layout.scale;
    picture.dark = desk.view.dark;
    picture.projector = desk.view.alone || desk.view.projector;
    picture.font = desk.ui.fonts().regular;
    picture.bold = desk.ui.fonts().bold;
    return picture;
}

void draw_scene(const Desk& desk) {
    Ui& ui = desk.ui;
    const Player& player = desk.player;
    View& view = desk.view;
    const Box& box = desk.layout.scene;
    const std::vector<sim::ClassOptions>& classes = player.rooms();
    if (view.classes != classes.size()) view.camera.fly({}, 0);
    view.classes = classes.size();
    if (view.see_first.kind != StagePick::nothing && look_now(desk, view.see_first))
        view.see_first = {};

    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ui.begin_card("scene", box, ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoScrollbar);
    const float inset = ui.px(1);  // the card's edge stays visible
    const bool two = desk.session.kept_run() != nullptr;
    const float line = two ? draw_run_line(desk, box, false) : 0;
    const float path = std::round(path_height(desk)) + line;
    const Rect whole{box.min.x + inset, box.min.y + inset + path, box.max.x - inset,
                     box.max.y - inset};
    ImGui::SetCursorScreenPos(whole.min());
    const bool clicked = ImGui::InvisibleButton("scene", {whole.w(), whole.h()});
    const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
    const ImVec2 pulled = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0);

    obey(desk, whole);
    view.camera.pass(ImGui::GetIO().DeltaTime);
    follow(desk);

    StageView picture = looks_of(desk);
    picture.before = &player.before();
    picture.after = &player.after();
    picture.timeline = &player.timeline();
    picture.decision = player.shown_decision();
    picture.progress = static_cast<float>(player.progress());
    picture.playing_fast = player.fast();
    picture.hidden = view.hidden;
    picture.camera = view.camera.now();
    picture.classes = classes;
    picture.hall = shows_hall(player);
    picture.knows_plans = player.world() == WorldKind::model;
    picture.selected = view.selected;
    point_at_highlights(desk, picture);
    picture.pointed = view.pointed;
    const std::vector<StagePick> offered = can_be_chosen(desk);
    picture.offered = offered;

    StagePick under = desk.stage.draw(ImGui::GetWindowDrawList(), whole.min(), whole.max(), picture,
                                      ImGui::GetTime());
    view.hovered = hovered ? under : StagePick{};
    handle_mouse(desk, hovered, held, whole, under);
    view.clicked = clicked && std::hypot(pulled.x, pulled.y) < drag_least;
    if (view.clicked) view.selected = under;
    if (view.hovered.kind != StagePick::nothing && !held) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        ui.tip_at_mouse(describe(desk, view.hovered).c_str());
    }
    if (path - line >= ui.px(26)) draw_path(desk, {{box.min.x, box.min.y + line}, box.max});
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
