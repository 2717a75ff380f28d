// Reading a price list.
#include "app/measure/prices.h"

#include <cstdio>

namespace homeroom::app {
namespace {

constexpr std::string_view machine_line = "# machine: ", price_line = "# price: ";

std::optional<Price> read_price(const std::string& words) {
    char name[64] = "", unit[8] = "";
    Price price;
    Spread& s = price.spread;
    if (std::sscanf(words.c_str(), "%63s %7s %lf %lf %lf %lf %lf", name, unit, &s.least,
                    &s.lower_quartile, &s.median, &s.upper_quartile, &s.most) != 7)
        return std::nullopt;
    // Written so that what is not a number fails, too.
    const bool in_order = s.least >= 0 && s.least <= s.lower_quartile &&
                          s.lower_quartile <= s.median && s.median <= s.upper_quartile &&
                          s.upper_quartile <= s.most && s.most < 1e15;
    const bool bytes = std::string_view(unit) == "bytes";
    if (!in_order || (!bytes && std::string_view(unit) != "ns")) return std::nullopt;
    price.name = name;
    price.unit = bytes ? Measurement::Unit::bytes : Measurement::Unit::nanoseconds;
    return price;
}

}  // namespace

const Price* PriceList::find(std::string_view name) const {
    for (const Price& price : prices)
        if (price.name == name) return &price;
    return nullptr;
}

std::optional<PriceList> read_prices(std::string_view text, std::string& error) {
    PriceList list;
    if (!sim::parse_costs(std::string(text) + "\n", list.costs, error)) return std::nullopt;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string line(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (line.rfind(machine_line, 0) == 0) list.machine = line.substr(machine_line.size());
        if (line.rfind(price_line, 0) != 0) continue;
        if (auto price = read_price(line.substr(price_line.size())))
            list.prices.push_back(std::move(*price));
    }
    return list;
}

std::string price_text(double value, Measurement::Unit unit) {
    const bool bytes = unit == Measurement::Unit::bytes;
    const char* const units[] = {bytes ? "B" : "ns", bytes ? "kB" : "us", bytes ? "MB" : "ms"};
    std::size_t step = 0;
    for (; step < 2 && value >= 1000; ++step) value /= 1000;
    char text[40];
    const int digits = value < 10 && !(bytes && step == 0) ? 1 : 0;
    std::snprintf(text, sizeof text, "%.*f %s", digits, value, units[step]);
    return text;
}

}  // namespace homeroom::app
