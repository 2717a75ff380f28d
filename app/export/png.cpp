// Pixels as a PNG file.
#include "app/export/png.h"

#include <stb/stb_image_write.h>

namespace homeroom::app {

std::string png_bytes(const std::uint32_t* rgba, int width, int height, int stride) {
    std::string bytes;
    const auto take = [](void* into, void* data, int size) {
        static_cast<std::string*>(into)->append(static_cast<const char*>(data),
                                                static_cast<std::size_t>(size));
    };
    stbi_flip_vertically_on_write(0);
    stbi_write_png_to_func(take, &bytes, width, height, 4, rgba, stride * 4);
    return bytes;
}

}  // namespace homeroom::app
