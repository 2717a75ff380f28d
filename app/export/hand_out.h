// A lesson on paper: a page of HTML that prints well, with a picture of each card.
#pragma once

#include <string>

#include "sim/explain.h"
#include "sim/language.h"
#include "sim/run.h"

namespace homeroom::app {

// All cards with their pictures, questions to tick, and the answers on a page of their own at the
// end. `lesson` as load_lesson takes it; "" if there is none.
std::string hand_out_html(const std::string& lesson, sim::Words words, sim::Language language);

// The school as it stands at a card or question, as SVG; what it defines is named by `number`,
// since a page may have many.
std::string picture_of(const sim::RunOptions& run, std::size_t position, sim::Words words,
                       sim::Language language, std::size_t number);

}  // namespace homeroom::app
