// What Python.h does not declare in the limited API: the library of one version of Python has it, that of the stable
// ABI not.
#include <Python.h>

#ifdef _WIN32
__declspec(dllimport)
#else
extern
#endif
void *PyCode_NewEmpty(const char *file, const char *function, int line);

void *empty_code(void) { return PyCode_NewEmpty("file", "function", 1); }
