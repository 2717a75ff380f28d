// Size classes and blocks of the arena.
#include "sim/arena.h"

#include <algorithm>
#include <bit>
#include <new>

#include "runtime/context.h"  // HOMEROOM_ASAN

#ifdef HOMEROOM_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace homeroom::sim {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;
constexpr std::size_t kept_bytes = std::size_t{64} << 20;  // of blocks between worlds; picked
constexpr std::align_val_t block_alignment{4096};

}  // namespace

void Arena::Block::Free::operator()(std::byte* memory) const {
    ::operator delete(memory, block_alignment);
}

std::size_t Arena::class_of(std::size_t bytes) {
    if (bytes <= small_max) return bytes == 0 ? 0 : (bytes - 1) / alignment;
    return small_classes + static_cast<std::size_t>(std::bit_width((bytes - 1) / small_max)) - 1;
}

std::size_t Arena::bytes_of(std::size_t size_class) {
    if (size_class < small_classes) return (size_class + 1) * alignment;
    return small_max << (size_class - small_classes + 1);
}

void* Arena::allocate(std::size_t bytes) {
    const std::size_t size_class = class_of(bytes);
    FreePiece*& free = free_[size_class];
    if (free != nullptr) {
        FreePiece* piece = free;
        free = piece->next;
        return piece;
    }
    const std::size_t wanted = bytes_of(size_class);
    while (block_ < blocks_.size() && blocks_[block_].bytes - used_ < wanted) {
        ++block_;
        used_ = 0;
    }
    if (block_ == blocks_.size()) add_block(wanted);
    void* piece = blocks_[block_].start.get() + used_;
    used_ += wanted;
    return piece;
}

void Arena::deallocate(void* pointer, std::size_t bytes) {
    if (pointer == nullptr) return;
    FreePiece*& free = free_[class_of(bytes)];
    free = ::new (pointer) FreePiece{free};
}

void Arena::add_block(std::size_t bytes) {
    bytes = std::max(bytes, block_bytes);
    auto* start = static_cast<std::byte*>(::operator new(bytes, block_alignment));
    blocks_.push_back({std::unique_ptr<std::byte, Block::Free>(start), bytes});
}

void Arena::reset() {
    std::size_t kept = 0;
    std::size_t count = 0;
    while (count < blocks_.size() && (kept += blocks_[count].bytes) <= kept_bytes) ++count;
    blocks_.resize(count);
#ifdef HOMEROOM_ASAN
    // Coroutines that were dropped half-way have left the marks of their frames.
    for (const Block& block : blocks_)
        __asan_unpoison_memory_region(block.start.get(), block.bytes);
#endif
    block_ = used_ = 0;
    free_.fill(nullptr);
}

}  // namespace homeroom::sim
