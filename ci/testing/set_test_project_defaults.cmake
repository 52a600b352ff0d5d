# SPDX-License-Identifier: BSD-3-Clause

# Sets PROJECT, CHECK and PYTHON of add_test_project() and add_meson_test_project() where the call left them out, and
# fails for arguments that <function> does not know. A macro: it reads and sets name and arg_<KEYWORD> of the function.
macro(set_test_project_defaults function)
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "${function}(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_PROJECT)
        set(arg_PROJECT ${name})
    endif()
    if(NOT arg_CHECK)
        set(arg_CHECK ${arg_PROJECT}/check.py)
    endif()
    if(NOT arg_PYTHON)
        set(arg_PYTHON "${Python_EXECUTABLE}")
    endif()
endmacro()
