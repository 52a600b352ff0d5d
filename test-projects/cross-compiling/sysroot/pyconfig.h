// SPDX-License-Identifier: BSD-3-Clause
/// What CPython's headers must know of 64-bit Windows, for the tests: the embeddable CPython has no headers, and those
/// of another system's CPython are the same but for this one. With a Windows Python at hand, take its own.
#ifndef Py_CONFIG_H
#define Py_CONFIG_H

#define MS_WIN64
#define MS_WIN32
#define MS_WINDOWS
#define NT_THREADS
#define WITH_THREAD
#define PLATFORM "win32"

// The interpreter is a DLL: its variables are imported.
#ifndef Py_NO_ENABLE_SHARED
#define Py_ENABLE_SHARED 1
#endif
#define HAVE_DECLSPEC_DLL

#define SIZEOF_SHORT 2
#define SIZEOF_INT 4
#define SIZEOF_LONG 4
#define SIZEOF_LONG_LONG 8
#define SIZEOF_SIZE_T 8
#define SIZEOF_VOID_P 8
#define SIZEOF_FLOAT 4
#define SIZEOF_DOUBLE 8
#define SIZEOF_FPOS_T 8
#define SIZEOF_OFF_T 4
#define SIZEOF_PID_T SIZEOF_INT
#define SIZEOF_TIME_T 8
#define SIZEOF_WCHAR_T 2
#define SIZEOF__BOOL 1
#define SIZEOF_HKEY 8
#define ALIGNOF_SIZE_T 8
#define ALIGNOF_MAX_ALIGN_T 8

#ifdef _MSC_VER
#include <basetsd.h>
typedef SSIZE_T Py_ssize_t;
typedef int pid_t;
#define HAVE_PY_SSIZE_T 1
#define PY_SSIZE_T_MAX 0x7fffffffffffffffLL
#else
#define HAVE_SSIZE_T 1
#endif

#define HAVE_ERRNO_H 1
#define HAVE_STDDEF_H 1
#define HAVE_STRING_H 1
#define HAVE_SYS_TYPES_H 1
#define HAVE_SYS_STAT_H 1
#define HAVE_LONG_LONG 1
#define HAVE_HYPOT 1
#define HAVE_WCHAR_H 1
#define WITH_DOC_STRINGS 1
#define WITH_PYMALLOC 1
#define DOUBLE_IS_LITTLE_ENDIAN_IEEE754 1

#endif
