// The price list of a machine: what was measured on it, as it is kept in a file of costs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/measure/measurement.h"

namespace homeroom::app {

struct Price {
    std::string name;  // of its Measurement
    Measurement::Unit unit = Measurement::Unit::nanoseconds;
    Spread spread;
};

struct PriceList {
    std::string machine;        // as machine_name() says
    std::vector<Price> prices;  // what could not be measured is not among them
    sim::Costs costs;           // of the model, as they are on that machine

    bool empty() const { return prices.empty(); }
    const Price* find(std::string_view name) const;  // null: not measured
};

// Reads what costs_file() wrote. A file of costs that somebody has typed has no prices: the list is
// empty then. Nothing, and one line in `error`, if it is no file of costs.
std::optional<PriceList> read_prices(std::string_view text, std::string& error);

// "12.3 ns", "45 us", "12 kB"
std::string price_text(double value, Measurement::Unit unit);

}  // namespace homeroom::app
