// The context switch for AArch64, the standard procedure call convention.
//
// A paused flow keeps everything on its own stack; the context holds only the stack pointer:
//
//     high    | d14  d15 |  +144
//             | d12  d13 |  +128
//             | d10  d11 |  +112
//             | d8   d9  |  + 96
//             | x27  x28 |  + 80
//             | x25  x26 |  + 64
//             | x23  x24 |  + 48
//             | x21  x22 |  + 32
//             | x19  x20 |  + 16   a new flow: entry and its argument
//     sp ---> | x29  x30 |  +  0   frame pointer, and where the caller of homeroom_switch goes on
//     low
//
// Only what a called function must preserve is saved (of d8 to d15 the convention wants the low halves).
// The end is br, not ret: the processor predicts a ret by the calls that it saw on the other stack.

    .text

    .p2align 4
    .globl homeroom_switch
    .type homeroom_switch, %function
homeroom_switch:
    .cfi_startproc
    sub sp, sp, #160
    .cfi_def_cfa_offset 160
    stp x29, x30, [sp, #0]
    .cfi_rel_offset x29, 0
    .cfi_rel_offset x30, 8
    stp x19, x20, [sp, #16]
    .cfi_rel_offset x19, 16
    .cfi_rel_offset x20, 24
    stp x21, x22, [sp, #32]
    .cfi_rel_offset x21, 32
    .cfi_rel_offset x22, 40
    stp x23, x24, [sp, #48]
    .cfi_rel_offset x23, 48
    .cfi_rel_offset x24, 56
    stp x25, x26, [sp, #64]
    .cfi_rel_offset x25, 64
    .cfi_rel_offset x26, 72
    stp x27, x28, [sp, #80]
    .cfi_rel_offset x27, 80
    .cfi_rel_offset x28, 88
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov x9, sp
    stlr x9, [x0]           // release: Context::has_left pairs with it
    mov sp, x1              // the other flow's frame has the same shape, so the notes above stay true
    ldp x29, x30, [sp, #0]
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    add sp, sp, #160
    .cfi_def_cfa_offset 0
    .cfi_restore x29
    .cfi_restore x30
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    br x30
    .cfi_endproc
    .size homeroom_switch, . - homeroom_switch

    .p2align 4
    .globl homeroom_leave
    .type homeroom_leave, %function
homeroom_leave:
    .cfi_startproc
    .cfi_undefined x30      // there is nothing to return to
    mov sp, x0
    ldp x29, x30, [sp, #0]
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    add sp, sp, #160
    br x30
    .cfi_endproc
    .size homeroom_leave, . - homeroom_leave

// Where a new flow begins: make_context has put the entry into x19 and its argument into x20.
    .p2align 4
    .globl homeroom_start
    .hidden homeroom_start
    .type homeroom_start, %function
homeroom_start:
    .cfi_startproc
    .cfi_undefined x30      // the outermost frame: unwinding and backtraces end here
    mov x0, x20
    mov x29, xzr
    mov x30, xzr
    blr x19
    brk #1                  // an entry never returns
    .cfi_endproc
    .size homeroom_start, . - homeroom_start

    .section .note.GNU-stack, "", %progbits
