// What stands on the round buttons.
#include <algorithm>
#include <cmath>

#include "app/ui.h"

namespace homeroom::app {

void Ui::draw_icon(ImDrawList* list, Icon icon, ImVec2 c, float r, ImU32 ink) const {
    const float thick = std::max(1.5f, r * 0.3f);
    // Clockwise, as all filled shapes must be: ImGui smooths the edges of no others.
    auto triangle = [&](float x, float direction, float size) {
        list->AddTriangleFilled({c.x + x + direction * size, c.y},
                                {c.x + x - direction * size * 0.75f, c.y + direction * size},
                                {c.x + x - direction * size * 0.75f, c.y - direction * size}, ink);
    };
    auto bar = [&](float x, float half_width, float half_height) {
        list->AddRectFilled({c.x + x - half_width, c.y - half_height},
                            {c.x + x + half_width, c.y + half_height}, ink, half_width * 0.5f);
    };
    switch (icon) {
        case Icon::play:
            triangle(r * 0.12f, 1, r * 1.1f);
            break;
        case Icon::pause:
            bar(-r * 0.5f, r * 0.24f, r);
            bar(r * 0.5f, r * 0.24f, r);
            break;
        case Icon::forward:
            bar(-r * 0.75f, r * 0.18f, r * 0.9f);
            triangle(r * 0.25f, 1, r * 0.9f);
            break;
        case Icon::back:
            bar(r * 0.75f, r * 0.18f, r * 0.9f);
            triangle(-r * 0.25f, -1, r * 0.9f);
            break;
        case Icon::to_start:
            bar(-r * 1.0f, r * 0.17f, r * 0.85f);
            triangle(-r * 0.1f, -1, r * 0.8f);
            triangle(r * 0.85f, -1, r * 0.8f);
            break;
        case Icon::to_end:
            bar(r * 1.0f, r * 0.17f, r * 0.85f);
            triangle(r * 0.1f, 1, r * 0.8f);
            triangle(-r * 0.85f, 1, r * 0.8f);
            break;
        case Icon::restart:
            list->PathArcTo(c, r * 0.9f, -0.9f, 3.9f, 24);
            list->PathStroke(ink, 0, thick);
            list->AddTriangleFilled({c.x + r * 0.15f, c.y - r * 1.15f},
                                    {c.x + r * 1.15f, c.y - r * 1.05f},
                                    {c.x + r * 0.75f, c.y - r * 0.2f}, ink);
            break;
        case Icon::dice:
            list->AddRect({c.x - r, c.y - r}, {c.x + r, c.y + r}, ink, r * 0.4f, 0, thick * 0.8f);
            for (float d : {-0.45f, 0.0f, 0.45f})
                list->AddCircleFilled({c.x + d * r, c.y + d * r}, r * 0.2f, ink);
            break;
        case Icon::sun:
            list->AddCircleFilled(c, r * 0.55f, ink);
            for (int i = 0; i < 8; ++i) {
                float a = static_cast<float>(i) * 0.7854f;
                list->AddLine({c.x + std::cos(a) * r * 0.8f, c.y + std::sin(a) * r * 0.8f},
                              {c.x + std::cos(a) * r * 1.2f, c.y + std::sin(a) * r * 1.2f}, ink,
                              thick * 0.8f);
            }
            break;
        case Icon::moon:
            // A crescent: the outer arc, and back along an inner one.
            list->PathArcTo(c, r, 0.6f, 5.1f, 24);
            list->PathArcTo({c.x + r * 0.55f, c.y - r * 0.35f}, r * 0.8f, 4.55f, 1.15f, 24);
            list->PathStroke(ink, ImDrawFlags_Closed, thick * 0.8f);
            break;
        case Icon::beam:
            // A projector, and its light.
            list->AddRectFilled({c.x - r, c.y - r * 0.45f}, {c.x + r * 0.1f, c.y + r * 0.45f}, ink,
                                r * 0.2f);
            for (float side : {-1.0f, 0.0f, 1.0f})
                list->AddLine({c.x + r * 0.4f, c.y + side * r * 0.3f},
                              {c.x + r * 1.1f, c.y + side * r * 0.75f}, ink, thick * 0.8f);
            break;
        case Icon::close:
            list->AddLine({c.x - r * 0.7f, c.y - r * 0.7f}, {c.x + r * 0.7f, c.y + r * 0.7f}, ink,
                          thick);
            list->AddLine({c.x - r * 0.7f, c.y + r * 0.7f}, {c.x + r * 0.7f, c.y - r * 0.7f}, ink,
                          thick);
            break;
        case Icon::nearer:
        case Icon::farther:
            bar(0, r * 0.8f, thick / 2);
            if (icon == Icon::nearer) bar(0, thick / 2, r * 0.8f);
            break;
        case Icon::whole:
            // A house.
            list->AddTriangleFilled({c.x - r * 1.1f, c.y - r * 0.1f}, {c.x, c.y - r},
                                    {c.x + r * 1.1f, c.y - r * 0.1f}, ink);
            list->AddRectFilled({c.x - r * 0.7f, c.y - r * 0.1f}, {c.x + r * 0.7f, c.y + r * 0.8f},
                                ink, r * 0.15f);
            break;
        case Icon::help: {
            ImFont* font = fonts_.bold;
            float size = r * 2.6f;
            ImVec2 extent = font->CalcTextSizeA(size, 1000, 0, "?");
            list->AddText(font, size, {c.x - extent.x / 2, c.y - extent.y / 2}, ink, "?");
            break;
        }
        case Icon::chart:
            for (int i = 0; i < 3; ++i) {
                const float x = c.x + (static_cast<float>(i) - 1) * r * 0.75f;
                const float high = r * (0.7f + 0.55f * static_cast<float>(i == 1 ? 2 : i));
                list->AddRectFilled({x - r * 0.24f, c.y + r - high}, {x + r * 0.24f, c.y + r}, ink,
                                    r * 0.1f);
            }
            break;
        case Icon::legend:
            for (float y : {-0.75f, 0.0f, 0.75f}) {
                list->AddCircleFilled({c.x - r * 0.85f, c.y + y * r}, r * 0.26f, ink);
                list->AddLine({c.x - r * 0.25f, c.y + y * r}, {c.x + r * 1.1f, c.y + y * r}, ink,
                              thick * 0.9f);
            }
            break;
        case Icon::card:
            // A sheet, and lines on it.
            list->AddRect({c.x - r * 0.85f, c.y - r * 1.1f}, {c.x + r * 0.85f, c.y + r * 1.1f}, ink,
                          r * 0.25f, 0, thick * 0.8f);
            for (float y : {-0.5f, 0.0f, 0.5f})
                list->AddLine({c.x - r * 0.45f, c.y + y * r}, {c.x + r * 0.45f, c.y + y * r}, ink,
                              thick * 0.7f);
            break;
        case Icon::menu:
            for (float y : {-0.75f, 0.0f, 0.75f})
                list->AddLine({c.x - r, c.y + y * r}, {c.x + r, c.y + y * r}, ink, thick * 0.9f);
            break;
        case Icon::panels:
            list->AddRect({c.x - r * 1.15f, c.y - r * 0.85f}, {c.x + r * 1.15f, c.y + r * 0.85f},
                          ink, r * 0.3f, 0, thick * 0.8f);
            for (float side : {-0.5f, 0.5f})
                list->AddLine({c.x + side * r, c.y - r * 0.8f}, {c.x + side * r, c.y + r * 0.8f},
                              ink, thick * 0.8f);
            break;
    }
}

}  // namespace homeroom::app
