// SPDX-License-Identifier: BSD-3-Clause
// Thread-local variables (without constructors), and the static variables of functions: one lock initialises all.

extern "C" {
unsigned long _tls_index = 0;
#pragma section(".tls", long, read, write)
#pragma section(".tls$ZZZ", long, read, write)
#pragma section(".CRT$XLA", long, read)
#pragma section(".CRT$XLZ", long, read)
#pragma section(".rdata$T", long, read)
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
__declspec(allocate(".CRT$XLA")) void *__xl_a = nullptr;
__declspec(allocate(".CRT$XLZ")) void *__xl_z = nullptr;
struct TlsDirectory {
    char *start, *end;
    unsigned long *index;
    void **callbacks;
    unsigned long size, flags;
};
extern __declspec(allocate(".rdata$T"))
const TlsDirectory _tls_used = {&_tls_start, &_tls_end, &_tls_index, &__xl_a + 1, 0, 0};

struct Lock {
    void *word;
};
__declspec(dllimport) void __stdcall AcquireSRWLockExclusive(Lock *);
__declspec(dllimport) void __stdcall ReleaseSRWLockExclusive(Lock *);
__declspec(dllimport) void __stdcall Sleep(unsigned long);

// A variable's guard is 0 before, -1 during and an epoch after its initialisation.
constexpr int first_epoch = -2147483647 - 1;
int _Init_global_epoch = first_epoch;
__declspec(thread) int _Init_thread_epoch = first_epoch;
static Lock lock;

void __cdecl _Init_thread_header(int *guard) {
    AcquireSRWLockExclusive(&lock);
    while (*guard == -1) {
        ReleaseSRWLockExclusive(&lock);
        Sleep(1);
        AcquireSRWLockExclusive(&lock);
    }
    if (*guard == 0)
        *guard = -1;
    else
        _Init_thread_epoch = _Init_global_epoch;
    ReleaseSRWLockExclusive(&lock);
}

void __cdecl _Init_thread_footer(int *guard) {
    AcquireSRWLockExclusive(&lock);
    *guard = ++_Init_global_epoch;
    _Init_thread_epoch = _Init_global_epoch;
    ReleaseSRWLockExclusive(&lock);
}

void __cdecl _Init_thread_abort(int *guard) { *guard = 0; }
}
