// One of the figures that a drawing holds.
#pragma once

#include <string>
#include <string_view>

namespace homeroom::app {

// The SVG `text` without the elements that are of other poses and styles only, and without what
// nothing uses then: librsvg gives each node its style anew for each dress, seen or not, and that
// is most of what a small figure costs.
std::string variant_of(std::string_view text, unsigned pose, unsigned style);

}  // namespace homeroom::app
