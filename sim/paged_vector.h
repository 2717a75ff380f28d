// A vector whose copies share what neither of them has changed: a school of a hundred thousand is
// copied for each decision that is shown, and kept a hundred times over for going back.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace homeroom::sim {

// Elements lie in pages, and a page that several copies share is copied by whoever changes it
// first. So a copy costs a pointer for each page, and reading through `const` one look more than a
// vector. Iterators only read; they stay valid as long as the vector itself does not move or
// shrink. What a copy shares it may share with a copy on another thread.
template <class T>
class PagedVector {
public:
    // Picked: large enough for pointers to be few, small enough to be copied in a microsecond.
    static constexpr std::size_t page_bytes = 8192;
    static constexpr std::size_t per_page = page_bytes < sizeof(T) ? 1 : page_bytes / sizeof(T);

    class Iterator {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;
        Iterator(const PagedVector* of, std::size_t at) : of_(of), at_(at) {}
        const T& operator*() const { return (*of_)[at_]; }
        const T* operator->() const { return &(*of_)[at_]; }
        const T& operator[](std::ptrdiff_t n) const { return *(*this + n); }
        Iterator& operator++() { return *this += 1; }
        Iterator& operator--() { return *this += -1; }
        Iterator operator++(int) { return std::exchange(*this, *this + 1); }
        Iterator operator--(int) { return std::exchange(*this, *this - 1); }
        Iterator& operator+=(std::ptrdiff_t n) {
            at_ = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at_) + n);
            return *this;
        }
        Iterator& operator-=(std::ptrdiff_t n) { return *this += -n; }
        friend Iterator operator+(Iterator it, std::ptrdiff_t n) { return it += n; }
        friend Iterator operator+(std::ptrdiff_t n, Iterator it) { return it += n; }
        friend Iterator operator-(Iterator it, std::ptrdiff_t n) { return it += -n; }
        friend std::ptrdiff_t operator-(const Iterator& a, const Iterator& b) {
            return static_cast<std::ptrdiff_t>(a.at_) - static_cast<std::ptrdiff_t>(b.at_);
        }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
        friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

    private:
        const PagedVector* of_ = nullptr;
        std::size_t at_ = 0;
    };
    using const_iterator = Iterator;
    using value_type = T;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size_}; }
    const T& operator[](std::size_t i) const { return (*pages_[i / per_page])[i % per_page]; }
    const T& back() const { return (*this)[size_ - 1]; }

    // To change it.
    T& operator[](std::size_t i) {
        std::shared_ptr<Page>& page = pages_[i / per_page];
        if (page.use_count() > 1)
            page = std::make_shared<Page>(*page);
        else  // pairs with the release of a copy that was dropped on another thread
            std::atomic_thread_fence(std::memory_order_acquire);
        return (*page)[i % per_page];
    }
    void resize(std::size_t size) {
        for (std::size_t i = size; i < size_ && i < kept_end(size); ++i) (*this)[i] = T{};
        pages_.resize((size + per_page - 1) / per_page);
        for (std::size_t i = pages_.size(); i-- > 0 && pages_[i] == nullptr;)
            pages_[i] = std::make_shared<Page>();
        size_ = size;
    }
    void push_back(T value) {
        resize(size_ + 1);
        (*this)[size_ - 1] = std::move(value);
    }
    // What is there and after it moves up by one.
    void insert(std::size_t place, T value) {
        push_back(std::move(value));
        for (std::size_t i = size_ - 1; i > place; --i) std::swap((*this)[i], (*this)[i - 1]);
    }

    // For whoever looks through all of them: page by page, and which pages are those of a copy, so
    // that nothing in them has changed.
    std::size_t pages() const { return pages_.size(); }
    std::span<const T> page(std::size_t i) const {
        return {pages_[i]->data(), std::min(per_page, size_ - i * per_page)};
    }
    bool shares_page(const PagedVector& other, std::size_t i) const {
        return i < other.pages_.size() && pages_[i] == other.pages_[i] &&
               std::min(size_, other.size_) >= std::min((i + 1) * per_page, size_);
    }

    // Of the pages that `other` does not share.
    std::size_t bytes_beside(const PagedVector& other) const {
        std::size_t bytes = pages_.size() * sizeof(std::shared_ptr<Page>);
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            if (i >= other.pages_.size() || pages_[i] != other.pages_[i]) bytes += sizeof(Page);
        }
        return bytes;
    }

private:
    using Page = std::array<T, per_page>;

    // Elements beyond `size` up to here stay in memory, and must be as new when they come back.
    static std::size_t kept_end(std::size_t size) {
        return (size + per_page - 1) / per_page * per_page;
    }

    std::vector<std::shared_ptr<Page>> pages_;
    std::size_t size_ = 0;
};

}  // namespace homeroom::sim
