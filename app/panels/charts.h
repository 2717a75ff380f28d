// What the charts share.
#pragma once

#include <string>

#include "app/panels/panels.h"
#include "app/tally.h"

namespace homeroom::app {

// A chart's ground with its title left and a value right of it; what is left for the chart.
Box draw_frame(const Desk& desk, const Box& box, const char* title, const std::string& value);

// charts_waits.cpp: how often waits of which length came up, with percentiles.
void draw_waits(const Desk& desk, const char* name, const char* title, const Box& box,
                const Histogram& waits, ImU32 colour);

}  // namespace homeroom::app
