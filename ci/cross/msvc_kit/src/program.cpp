// SPDX-License-Identifier: BSD-3-Clause
// The start of a program.
#include <stdlib.h>

extern "C" {
__declspec(dllimport) int __cdecl _configure_narrow_argv(int);
__declspec(dllimport) int __cdecl _initialize_narrow_environment(void);
__declspec(dllimport) int *__cdecl __p___argc(void);
__declspec(dllimport) char ***__cdecl __p___argv(void);
__declspec(dllimport) char ***__cdecl __p__environ(void);
int __stdcall _DllMainCRTStartup(void *, unsigned long, void *);
int __cdecl main(int, char **, char **);

int mainCRTStartup(void) {
    _configure_narrow_argv(1);
    _initialize_narrow_environment();
    if (!_DllMainCRTStartup(nullptr, 1, nullptr))
        return 255;
    exit(main(*__p___argc(), *__p___argv(), *__p__environ()));
}
}
