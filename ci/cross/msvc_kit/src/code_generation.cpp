// SPDX-License-Identifier: BSD-3-Clause
// What compiled code calls by itself, or is marked with. Nothing checks the stack's cookie.
#include <stddef.h>

extern "C" {
int _fltused = 0x9875;
size_t __security_cookie = 0x00002B992DDFA232ULL;
void __cdecl __security_check_cookie(size_t) {}

// Touches each page of a large frame, from the top; rax has the frame's size, and keeps it.
__attribute__((naked)) void __chkstk(void) {
    __asm__ volatile("pushq %rcx\n\t"
                     "pushq %rax\n\t"
                     "cmpq $0x1000, %rax\n\t"
                     "leaq 24(%rsp), %rcx\n\t"
                     "jb 1f\n"
                     "2:\n\t"
                     "subq $0x1000, %rcx\n\t"
                     "orl $0, (%rcx)\n\t"
                     "subq $0x1000, %rax\n\t"
                     "cmpq $0x1000, %rax\n\t"
                     "ja 2b\n"
                     "1:\n\t"
                     "subq %rax, %rcx\n\t"
                     "orl $0, (%rcx)\n\t"
                     "popq %rax\n\t"
                     "popq %rcx\n\t"
                     "retq");
}
}
