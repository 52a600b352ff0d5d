// SPDX-License-Identifier: BSD-3-Clause
// The start and the end of a DLL, and of a program's own code: initialisers, and what is registered to run at the end.
#include <stddef.h>
#include <vcruntime_typeinfo.h>

#pragma comment(lib, "ucrt.lib")
#pragma comment(lib, "vcruntime.lib")
#pragma comment(lib, "kernel32.lib")

typedef void(__cdecl *Function)();
typedef int(__cdecl *IntFunction)();
struct OnexitTable {
    Function *first, *last, *end;
};

extern "C" {
__declspec(dllimport) int __cdecl _initialize_onexit_table(OnexitTable *);
__declspec(dllimport) int __cdecl _register_onexit_function(OnexitTable *, IntFunction);
__declspec(dllimport) int __cdecl _execute_onexit_table(OnexitTable *);
__declspec(dllimport) void __cdecl __std_type_info_destroy_list(__type_info_node *);
int __stdcall DllMain(void *, unsigned long, void *);
int __stdcall kit_dll_main(void *, unsigned long, void *) { return 1; }
}
#pragma comment(linker, "/alternatename:DllMain=kit_dll_main")

// The compiler puts pointers to initialisers between these.
#pragma section(".CRT$XIA", long, read)
#pragma section(".CRT$XIZ", long, read)
#pragma section(".CRT$XCA", long, read)
#pragma section(".CRT$XCZ", long, read)
extern "C" {
__declspec(allocate(".CRT$XIA")) IntFunction __xi_a[] = {nullptr};
__declspec(allocate(".CRT$XIZ")) IntFunction __xi_z[] = {nullptr};
__declspec(allocate(".CRT$XCA")) Function __xc_a[] = {nullptr};
__declspec(allocate(".CRT$XCZ")) Function __xc_z[] = {nullptr};
}
#pragma comment(linker, "/merge:.CRT=.rdata")

namespace {
constexpr unsigned long process_attach = 1;
constexpr unsigned long process_detach = 0;

OnexitTable at_exit;
alignas(16) char type_info_names[16]; // an SLIST_HEADER

bool initialize() {
    if (_initialize_onexit_table(&at_exit) != 0)
        return false;
    for (IntFunction *f = __xi_a; f != __xi_z; ++f)
        if (*f && (*f)() != 0)
            return false;
    for (Function *f = __xc_a; f != __xc_z; ++f)
        if (*f)
            (*f)();
    return true;
}
} // namespace

extern "C" {
__type_info_node *__kit_type_info_root(void) { return reinterpret_cast<__type_info_node *>(type_info_names); }

int __cdecl atexit(Function f) { return _register_onexit_function(&at_exit, reinterpret_cast<IntFunction>(f)); }

IntFunction __cdecl _onexit(IntFunction f) { return _register_onexit_function(&at_exit, f) == 0 ? f : nullptr; }

int __stdcall _DllMainCRTStartup(void *instance, unsigned long reason, void *reserved) {
    if (reason == process_attach && !initialize())
        return 0;
    const int result = DllMain(instance, reason, reserved);
    if (reason == process_detach) {
        _execute_onexit_table(&at_exit);
        __std_type_info_destroy_list(__kit_type_info_root());
    }
    return result;
}
}
