// SPDX-License-Identifier: BSD-3-Clause
// C++'s allocation functions.
#include <stddef.h>
#include <new.h>

extern "C" {
__declspec(dllimport) void *__cdecl malloc(size_t);
__declspec(dllimport) void __cdecl free(void *);
}

namespace std {
const nothrow_t nothrow{};
}

void *operator new(size_t size, const std::nothrow_t &) noexcept { return malloc(size ? size : 1); }
void *operator new[](size_t size, const std::nothrow_t &) noexcept { return operator new(size, std::nothrow); }
void *operator new(size_t size) {
    void *const place = operator new(size, std::nothrow);
    if (!place)
        throw std::bad_alloc();
    return place;
}
void *operator new[](size_t size) { return operator new(size); }
void operator delete(void *place) noexcept { free(place); }
void operator delete[](void *place) noexcept { free(place); }
void operator delete(void *place, size_t) noexcept { free(place); }
void operator delete[](void *place, size_t) noexcept { free(place); }
void operator delete(void *place, const std::nothrow_t &) noexcept { free(place); }
void operator delete[](void *place, const std::nothrow_t &) noexcept { free(place); }
