// The steps of a run, in pages: a vector of millions would copy all of them each time it grows, and
// that picture would be late.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/step.h"

namespace homeroom::sim {

class StepList {
public:
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const Step& operator[](std::size_t i) const { return pages_[i / per_page][i % per_page]; }
    const Step& back() const { return pages_.back().back(); }
    Step& back() { return pages_.back().back(); }
    void push_back(const Step& step) {
        if (size_ % per_page == 0) pages_.emplace_back().reserve(per_page);
        pages_.back().push_back(step);
        ++size_;
    }

private:
    static constexpr std::size_t per_page = 4096;  // some 350 kB
    std::vector<std::vector<Step>> pages_;
    std::size_t size_ = 0;
};

}  // namespace homeroom::sim
