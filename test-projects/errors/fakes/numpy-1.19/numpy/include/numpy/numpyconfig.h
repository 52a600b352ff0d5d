/* As in NumPy before 1.25: there is no target version. */
#define NPY_1_7_API_VERSION 0x00000007
