// SPDX-License-Identifier: BSD-3-Clause
// See vcruntime_exception.h.
#pragma once
#include <vcruntime_exception.h>
namespace std {
struct nothrow_t {
    explicit nothrow_t() = default;
};
extern const nothrow_t nothrow;
#ifdef __cpp_aligned_new
enum class align_val_t : size_t {};
#endif
typedef void(__cdecl *new_handler)();
new_handler __cdecl set_new_handler(new_handler) noexcept;
new_handler __cdecl get_new_handler() noexcept;
} // namespace std
void *__cdecl operator new(size_t);
void *__cdecl operator new[](size_t);
void *__cdecl operator new(size_t, const std::nothrow_t &) noexcept;
void *__cdecl operator new[](size_t, const std::nothrow_t &) noexcept;
void __cdecl operator delete(void *) noexcept;
void __cdecl operator delete[](void *) noexcept;
void __cdecl operator delete(void *, size_t) noexcept;
void __cdecl operator delete[](void *, size_t) noexcept;
void __cdecl operator delete(void *, const std::nothrow_t &) noexcept;
void __cdecl operator delete[](void *, const std::nothrow_t &) noexcept;
#ifdef __cpp_aligned_new
void *__cdecl operator new(size_t, std::align_val_t);
void *__cdecl operator new[](size_t, std::align_val_t);
void *__cdecl operator new(size_t, std::align_val_t, const std::nothrow_t &) noexcept;
void *__cdecl operator new[](size_t, std::align_val_t, const std::nothrow_t &) noexcept;
void __cdecl operator delete(void *, std::align_val_t) noexcept;
void __cdecl operator delete[](void *, std::align_val_t) noexcept;
void __cdecl operator delete(void *, size_t, std::align_val_t) noexcept;
void __cdecl operator delete[](void *, size_t, std::align_val_t) noexcept;
#endif
inline void *__cdecl operator new(size_t, void *place) noexcept { return place; }
inline void *__cdecl operator new[](size_t, void *place) noexcept { return place; }
inline void __cdecl operator delete(void *, void *) noexcept {}
inline void __cdecl operator delete[](void *, void *) noexcept {}
