// Pixels as a PNG file, in memory.
#pragma once

#include <cstdint>
#include <string>

namespace homeroom::app {

// A part of an image: `stride` pixels from one line to the next.
std::string png_bytes(const std::uint32_t* rgba, int width, int height, int stride);

}  // namespace homeroom::app
