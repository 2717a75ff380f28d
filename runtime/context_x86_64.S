// The context switch for x86-64, System V calling convention.
//
// A paused flow keeps everything on its own stack; the context holds only the stack pointer:
//
//     high    | return address |  where the caller of homeroom_switch goes on
//             | rbp            |
//             | rbx            |
//             | r12            |  a new flow: argument of its entry
//             | r13            |  a new flow: its entry
//             | r14            |
//     sp ---> | r15            |
//     low
//
// Only what a called function must preserve is saved. The control words of the floating point units
// (mxcsr, x87) are not: saving them costs as much again as the whole switch, so flows share them.
// The end is pop and jmp, not ret: the processor predicts a ret by the calls that it saw before, which
// were made on the other stack, so each ret here would be mispredicted (10 to 15 ns instead of 3 to 4).
// For the same reason this code cannot run with shadow stacks; the file carries no mark that it could.

    .text

    .p2align 4
    .globl homeroom_switch
    .type homeroom_switch, @function
homeroom_switch:
    .cfi_startproc
    endbr64
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset rbp, 0
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset rbx, 0
    pushq %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset r12, 0
    pushq %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset r13, 0
    pushq %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset r14, 0
    pushq %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset r15, 0
    movq %rsp, (%rdi)       // a plain store is a release here: Context::has_left pairs with it
    movq %rsi, %rsp         // the other flow's frame has the same shape, so the notes above stay true
    popq %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore r15
    popq %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore r14
    popq %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore r13
    popq %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore r12
    popq %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore rbx
    popq %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore rbp
    popq %rcx
    .cfi_adjust_cfa_offset -8
    .cfi_register rip, rcx
    jmp *%rcx
    .cfi_endproc
    .size homeroom_switch, . - homeroom_switch

    .p2align 4
    .globl homeroom_leave
    .type homeroom_leave, @function
homeroom_leave:
    .cfi_startproc
    .cfi_undefined rip      // there is nothing to return to
    endbr64
    movq %rdi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    popq %rcx
    jmp *%rcx
    .cfi_endproc
    .size homeroom_leave, . - homeroom_leave

// Where a new flow begins: make_context has put the entry into r13 and its argument into r12. The
// stack pointer is 16-aligned here, as the convention wants it before a call.
    .p2align 4
    .globl homeroom_start
    .hidden homeroom_start
    .type homeroom_start, @function
homeroom_start:
    .cfi_startproc
    .cfi_undefined rip      // the outermost frame: unwinding and backtraces end here
    endbr64
    movq %r12, %rdi
    xorl %ebp, %ebp
    callq *%r13
    ud2                     // an entry never returns
    .cfi_endproc
    .size homeroom_start, . - homeroom_start

    .section .note.GNU-stack, "", @progbits
