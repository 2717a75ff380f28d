// What the parts of the inspector share.
#pragma once

#include <string>

#include "app/panels/panels.h"

namespace homeroom::app {

// A row whose value is a link that selects what it names.
void link_row(const Desk& desk, const char* label, StagePick to, const std::string& name);
// The same for a class; nothing where one class has the machine for itself.
void class_row(const Desk& desk, const char* label, sim::ClassId id);

// inspector_class.cpp. The class has been opened.
void inspect_class(const Desk& desk, sim::ClassId id);
// What the kernel keeps about a thread.
void inspect_thread(const Desk& desk, const sim::Table& table);

}  // namespace homeroom::app
