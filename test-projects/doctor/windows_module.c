// A module for Windows with the strings that Cython 3.0.0 to 3.0.9 give one with a ufunc. It is read, never run.
__declspec(dllexport) const char *PyInit_windows_module(void) { return "UFuncDefinition.add_one_ufunc_def"; }
