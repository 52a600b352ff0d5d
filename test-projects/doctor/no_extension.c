// A shared library that Python has nothing to do with.
__attribute__((visibility("default"))) int answer(void) { return 42; }
