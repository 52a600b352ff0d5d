# What this project uses of NumPy, declared by itself: nothing of NumPy's headers.
cdef extern from *:
    """
    #define NPY_FEATURE_VERSION
    static int own_imports = 0;
    static int _import_array(void) { return own_imports++ == 0 ? 0 : -1; }
    """
    int _import_array() except -1
    int own_imports
