// The memory of one model world: handed out piece by piece, taken back all at once.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace homeroom::sim {

// A world that is dropped half-way runs no destructors of its coroutines, so whatever it allocated
// goes with this. Blocks stay for the next world: the searches play thousands of small worlds a
// second, and a page touched for the first time costs more than such a world.
class Arena {
public:
    static constexpr std::size_t alignment = 64;

    void* allocate(std::size_t bytes);
    void deallocate(void* pointer, std::size_t bytes);  // may be given out again in the same world

    // Takes everything back. Equal sequences of calls are then answered with equal addresses.
    void reset();

private:
    struct Block {
        struct Free {
            void operator()(std::byte* memory) const;
        };
        std::unique_ptr<std::byte, Free> start;
        std::size_t bytes;
    };
    struct FreePiece {
        FreePiece* next;
    };
    // Up to 4 KiB every multiple of 64 is a class of its own; above, powers of two up to 2^47.
    static constexpr std::size_t small_max = 4096, small_classes = small_max / alignment;
    static constexpr std::size_t classes = small_classes + 36;

    static std::size_t class_of(std::size_t bytes);
    static std::size_t bytes_of(std::size_t size_class);
    void add_block(std::size_t bytes);

    std::vector<Block> blocks_;
    std::size_t block_ = 0, used_ = 0;  // the next piece comes from here
    std::array<FreePiece*, classes> free_{};
};

}  // namespace homeroom::sim
