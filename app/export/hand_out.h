// A lesson on paper: a page of HTML that prints well, with a picture of each card.
#pragma once

#include <string>

#include "sim/explain.h"
#include "sim/language.h"

namespace homeroom::app {

// All cards with their pictures, questions to tick, and the answers on a page of their own at the
// end. `lesson` as load_lesson takes it; "" if there is none.
std::string hand_out_html(const std::string& lesson, sim::Words words, sim::Language language);

}  // namespace homeroom::app
