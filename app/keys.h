// What the keys do. Each has a control that does the same, whose tooltip ends with the key.
#pragma once

#include "app/panels/panels.h"

namespace homeroom::app {

// Before a picture is drawn: notes what its keys belong to.
void claim_keys(const Desk& desk);

// After it.
void handle_keys(const Desk& desk);

// Opens the line to type a bookmark's note into.
void open_note(const Desk& desk);

// The next moment of the kind that "run until" was last asked for, and the one before.
void next_of_kind(const Desk& desk);
void last_of_kind(const Desk& desk);
// Of the selected student: to who woke or started it, and to whom it wakes or starts next.
void to_cause(const Desk& desk);
void to_effect(const Desk& desk);

// The next round number above or below: 0.25, 0.5, 1, 2, 5, 10, 20, … and beyond the last,
// infinity.
double faster(double decisions_per_second);
double slower(double decisions_per_second);

}  // namespace homeroom::app
