// The sentences of the kernel: cores and threads, and what classes are made of.
#include "sim/explain_parts.h"

namespace homeroom::sim {

namespace {

// The table waits in the kernel: for what, if that is known.
std::string blocked(Moment& m) {
    switch (unseated_wait(m.event().arg)) {
        case KernelWait::nanosleep:
            return m.say("{A} leaves {t}, which sleeps until its alarm clock rings.",
                         "{T} sleeps in nanosleep; {a} is free.");
        case KernelWait::epoll:
            return m.say("{A} leaves {t}, which waits for the post, for all.",
                         "{T} waits in epoll_wait; {a} is free.");
        case KernelWait::read:
            return m.say("{A} leaves {t}, which waits at a letter box.",
                         "{T} is blocked in read; {a} is free.");
        case KernelWait::join:
            return m.say("{A} leaves {t}, which waits for all others to be closed.",
                         "{T} waits for the other threads to end; {a} is free.");
        default:
            break;
    }
    if (static_cast<Unseat>(m.event().p) == Unseat::blocked)
        return m.say("{A} leaves {t}, which is away on an errand.",
                     "{T} is blocked in a call; {a} is free.");
    return m.say("{A} leaves {t}, which rests.", "{T} sleeps; {a} is free.");
}

std::string teachers_caption(Moment& m) {
    const TeacherId id{static_cast<std::uint16_t>(m.event().arg)};
    const Teacher* teacher =
        index(id) < m.before.teachers.size() ? &m.before.teachers[index(id)] : nullptr;
    m.names['a'] = m.name(id);
    if (m.event().kind == EventKind::seated) {
        const TableId from = !teacher                          ? TableId::none
                             : teacher->table != TableId::none ? teacher->table
                                                               : teacher->last_table;
        m.names['b'] = m.name(from);
        if (from == TableId::none) {
            return m.say("{A} comes to {t}.", "{A} begins to run {t}.");
        }
        if (from == m.step.table) {
            return m.say("{A} goes on at {t}.", "{A} goes on with {t}.");
        }
        if (teacher && teacher->room_before() != m.step.room) {
            m.names['k'] = m.name(m.step.room);
            if (m.step.tlb_refilled)
                return m.say("{A} walks from {b} to {t} in {k}, and must learn its plan again.",
                             "{A} switches from {b} to {t} of {k}: another address space, and its "
                             "translations are gone.");
            return m.say("{A} walks from {b} to {t} in {k}, whose plan it still has in mind.",
                         "{A} switches from {b} to {t} of {k}: another address space, whose "
                         "translations were kept.");
        }
        return m.say("{A} walks from {b} to {t}: a context switch.",
                     "{A} switches from {b} to {t}: a context switch.");
    }
    switch (static_cast<Unseat>(m.event().p)) {
        case Unseat::rested:
        case Unseat::blocked:
            return blocked(m);
        case Unseat::time_up:
            return m.say("{A} must leave {t}: other tables wait for a teacher.",
                         "{T} has used up its time on {a}: other threads wait.");
        case Unseat::ended:
            return m.say("{A} leaves {t}, which is closed.", "{T} has ended; {a} is free.");
    }
    return "";
}

// What the kernel makes for a class, and what a table takes from its class instead.
std::string made(Moment& m) {
    const auto item = static_cast<KernelItem>(m.event().p);
    const bool of_memory = item == KernelItem::region || item == KernelItem::page;
    m.names['k'] = m.name(m.step.about);
    m.names['b'] = bytes_text(of_memory ? bytes_of(m.event().arg) : m.event().arg);
    if (of_memory) m.names['u'] = word_of(use_of(m.event().arg), m.words);
    m.names['n'] = std::to_string(bytes_of(m.event().arg) / page_bytes);
    switch (item) {
        case KernelItem::task:
            return m.say("{K}: a file card for a table is written (task_struct, {b}).",
                         "{K}: a task_struct is made ({b}).");
        case KernelItem::kernel_stack:
            return m.say("{K}: a drawer for the head teacher's papers (kernel stack, {b}).",
                         "{K}: a kernel stack is made ({b}).");
        case KernelItem::memory:
            return m.say("{K}: a floor plan of its own is begun (mm_struct, {b}).",
                         "{K}: an address space is made (mm_struct, {b}).");
        case KernelItem::region:
            return m.say("{K}: a part of the room is marked off on the plan, {u} (region of {b}).",
                         "{K}: a region of {b} is added to the address space: {u}.");
        case KernelItem::page_table:
            return m.say("{K}: a page of the plan is drawn (page table, {b}).",
                         "{K}: a page table is made ({b}).");
        case KernelItem::files:
            return m.say("{K}: a cupboard of its own is put up (files_struct, {b}).",
                         "{K}: a table of descriptors is made (files_struct, {b}).");
        case KernelItem::page:
            return m.say("{K}: sheets of paper that are really there, for {u}: {n}.",
                         "{K}: pages that are really there, of its {u}: {n}.");
    }
    return "";
}

// The reverse.
std::string returned(Moment& m) {
    const auto item = static_cast<KernelItem>(m.event().p);
    const bool of_memory = item == KernelItem::region || item == KernelItem::page;
    m.names['k'] = m.name(m.step.room);
    if (m.step.about != m.step.room) {
        m.names['a'] = m.name(m.step.about);
        m.names['b'] = bytes_text(m.event().arg);
        if (index(m.step.room) < m.before.rooms.size() && m.before.rooms[index(m.step.room)].ended)
            return m.say(
                "{K} has ended and never asked; the head teacher puts the file card of "
                "{a} away ({b}).",
                "{K} has ended without waiting: process 1 reaps the zombie {a} ({b}).");
        return m.say("{K} asks how {a} has ended, and its file card goes back ({b}).",
                     "{K} waits for {a} (wait4): the zombie's task_struct is freed ({b}).");
    }
    m.names['b'] = bytes_text(of_memory ? bytes_of(m.event().arg) : m.event().arg);
    if (item == KernelItem::region) m.names['u'] = word_of(use_of(m.event().arg), m.words);
    m.names['n'] = std::to_string(bytes_of(m.event().arg) / page_bytes);
    switch (item) {
        case KernelItem::task:
            return m.say("{K}: the file card of {t} goes back (task_struct, {b}).",
                         "{K}: the task_struct of {t} is freed ({b}).");
        case KernelItem::kernel_stack:
            return m.say("{K}: so does the drawer for the head teacher's papers ({b}).",
                         "{K}: and its kernel stack ({b}).");
        case KernelItem::memory:
            return m.say("{K}: the floor plan goes back (mm_struct, {b}).",
                         "{K}: the mm_struct is freed ({b}).");
        case KernelItem::region:
            return m.say("{K}: {u} is wiped off the plan (regions of {b}).",
                         "{K}: regions of {b} are unmapped: {u}.");
        case KernelItem::page_table:
            return m.say("{K}: the pages of the plan go back (page tables, {b}).",
                         "{K}: the page tables are freed ({b}).");
        case KernelItem::files:
            return m.say("{K}: the cupboard is emptied and goes back (files_struct, {b}).",
                         "{K}: all descriptors are closed (files_struct, {b}).");
        case KernelItem::page:
            return m.say("{K}: sheets that no other class has in common go back: {n}.",
                         "{K}: pages that no other process has are freed: {n}.");
    }
    return "";
}

// Opening a class by copying one.
std::string copies(Moment& m) {
    m.names['k'] = m.name(m.step.room);
    switch (m.event().kind) {
        case EventKind::forked:
            m.names['a'] = m.name(ClassId{static_cast<std::uint16_t>(m.event().arg)});
            return m.say("{A} is open: a copy of {k}, which goes on at {t} (fork).",
                         "{T} has forked {k}: the child is {a}.");
        case EventKind::replaced:
            return m.say("{K} begins a lesson of its own: what was copied is put away (exec).",
                         "{K} calls exec: its memory goes, its task and descriptors stay.");
        default: {
            const std::uint32_t others = m.event().arg & 0xffffu;
            m.names['u'] = word_of(static_cast<MemoryUse>(m.event().arg >> 16), m.words);
            m.names['n'] = counted(others, m.say("other class", "other process"),
                                   m.say("other classes", "other processes"));
            if (others == 0)
                return m.say(
                    "{K} writes on {u} for the first time; nobody else has that sheet any more, "
                    "so it is simply its own.",
                    "{K} writes to its {u}: a page fault, but nobody else has that page any more: "
                    "it "
                    "is made writable.");
            return m.say(
                "{K} writes on {u}: it gets a copy of the sheet; the old one stays with {n}.",
                "{K} writes to its {u}: copy on write; the old page stays with {n}.");
        }
    }
}

std::string shared(Moment& m) {
    m.names['k'] = m.name(m.step.about);
    m.names['n'] = std::to_string(m.event().arg);
    if (static_cast<KernelItem>(m.event().p) == KernelItem::page)
        return m.say("{K}: no sheet is copied: it has {n} in common, until somebody writes on one.",
                     "{K}: no page is copied: it has {n} in common, protected against writing.");
    if (static_cast<KernelItem>(m.event().p) == KernelItem::files)
        return m.say("{K}: no new cupboard: {n} tables use the one that is there.",
                     "{K}: no new files_struct: {n} threads share it.");
    return m.say("{K}: no new plan: {n} tables use the one that is there.",
                 "{K}: no new mm_struct: {n} threads share it.");
}

std::string of_class(Moment& m) {
    m.names['k'] = m.name(m.step.room);
    m.names['n'] = std::to_string(m.event().arg);
    switch (m.event().kind) {
        case EventKind::made:
            return made(m);
        case EventKind::shared:
            return shared(m);
        case EventKind::returned:
            return returned(m);
        case EventKind::forked:
        case EventKind::replaced:
        case EventKind::copied:
            return copies(m);
        case EventKind::faulted:
            return m.say(
                "{T} reaches through the wall of {k}: all of {k} is sent home, and nobody "
                "else.",
                "{T} touches an address outside of {k}: SIGSEGV ends the process, and no "
                "other.");
        default:
            return m.say("{K} is closed, and what it had is taken apart (status {n}).",
                         "{K} has ended with status {n}; the kernel frees what it had.");
    }
}

}  // namespace

std::string kernel_caption(Moment& m) {
    const bool of_cores =
        m.event().kind == EventKind::seated || m.event().kind == EventKind::unseated;
    return of_cores ? teachers_caption(m) : of_class(m);
}

}  // namespace homeroom::sim
