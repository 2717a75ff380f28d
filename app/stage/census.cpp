// Page by page.
#include "app/stage/census.h"

namespace homeroom::app {

namespace {

template <class Item, class Note, class Take>
void look_at(const sim::PagedVector<Item>& now, sim::PagedVector<Item>& last,
             std::vector<Note>& notes, const Take& take) {
    notes.resize(now.size());
    for (std::size_t i = 0; i < now.pages(); ++i) {
        if (now.shares_page(last, i)) continue;
        std::size_t at = i * sim::PagedVector<Item>::per_page;
        for (const Item& item : now.page(i)) notes[at++] = take(item);
    }
    last = now;
}

}  // namespace

void Census::look(const sim::School& school) {
    look_at(school.students, students_, who_, [](const sim::Student& student) {
        return Who{student.state, student.room};
    });
    look_at(school.things, things_, what_, [](const sim::Thing& thing) {
        return What{!thing.gone && thing.id != 0, !thing.queue.empty(), thing.room};
    });
}

}  // namespace homeroom::app
