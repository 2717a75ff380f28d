// What one may ask to see from near, as a word: "table:3".
#pragma once

#include <optional>
#include <string>

#include "app/stage/stage.h"

namespace homeroom::app {

std::optional<StagePick> look_of(const std::string& text);

}  // namespace homeroom::app
