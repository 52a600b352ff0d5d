# The newest Cython, and two of those that lose the ufunc import (cython/cython#6064).
if(Python_VERSION VERSION_LESS 3.13)
    add_test_environment(python cython-3.0.0 cython==3.0.0 numpy)
    add_test_project(
        crash-and-cure-cython-3.0.0
        PROJECT crash-and-cure
        PYTHON "${python}"
        ENVIRONMENT cython-3.0.0
        CHECK_ARGS --ufuncs-crash
    )
else()
    message(STATUS "Not tested: Cython 3.0.0, whose output does not compile on Python ${Python_VERSION}")
endif()
add_test_environment(python cython-3.0.9 cython==3.0.9 numpy)
add_test_project(
    crash-and-cure-cython-3.0.9
    PROJECT crash-and-cure
    PYTHON "${python}"
    ENVIRONMENT cython-3.0.9
    CHECK_ARGS --ufuncs-crash
)
add_test_project(crash-and-cure)

add_meson_test_project(
    crash-and-cure-cython-3.0.9
    PROJECT crash-and-cure
    PYTHON "${python}"
    ENVIRONMENT cython-3.0.9
    CHECK_ARGS --ufuncs-crash
)
