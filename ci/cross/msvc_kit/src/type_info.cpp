// SPDX-License-Identifier: BSD-3-Clause
// The virtual table of type_info. Clang has no declaration of it where it is compiled without RTTI, as this file is; of
// an empty destructor it would make none.
#include <stddef.h>
#include <vcruntime_typeinfo.h>
type_info::~type_info() noexcept { __asm__ volatile("" ::"r"(this)); }
