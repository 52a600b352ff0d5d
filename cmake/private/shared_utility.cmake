# SPDX-License-Identifier: BSD-3-Clause
# What modules have to do with a shared utility module, a target made by add_cython_shared_utility().

# Sets <out_target> to the target that SHARED_UTILITY, or else the variable CYTHON_UFUNC_SHARED_UTILITY, names, and
# <out_module> to its module's name; both to "" without one. Reads arg_SHARED_UTILITY and arg_STABLE_ABI of its caller.
function(_cython_ufunc_get_shared_utility out_target out_module caller)
    set(${out_target} "" PARENT_SCOPE)
    set(${out_module} "" PARENT_SCOPE)
    set(target "${CYTHON_UFUNC_SHARED_UTILITY}")
    set(what "the variable CYTHON_UFUNC_SHARED_UTILITY is")
    if(DEFINED arg_SHARED_UTILITY)
        set(target "${arg_SHARED_UTILITY}")
        set(what "SHARED_UTILITY is")
    endif()
    if(target MATCHES "^(|NONE)$")
        return()
    endif()
    set(name "")
    if(TARGET "${target}")
        get_target_property(name "${target}" _CYTHON_UFUNC_SHARED_UTILITY_OF)
    endif()
    if(NOT name)
        _cython_ufunc_fail(
            "${caller}"
            "${what} '${target}', which is not a target made by add_cython_shared_utility(). Call that before, or "
            "give NONE."
        )
    endif()
    get_target_property(abi "${target}" _CYTHON_UFUNC_STABLE_ABI)
    if(NOT abi STREQUAL "${arg_STABLE_ABI}")
        set(wanted "STABLE_ABI ${arg_STABLE_ABI}")
        if(NOT DEFINED arg_STABLE_ABI)
            set(wanted "no STABLE_ABI")
        endif()
        _cython_ufunc_fail(
            "${caller}"
            "${what} '${target}', which is compiled for another ABI (STABLE_ABI '${abi}'); this module has ${wanted}. "
            "Give both the same, or SHARED_UTILITY NONE."
        )
    endif()
    set(${out_target} "${target}" PARENT_SCOPE)
    set(${out_module} "${name}" PARENT_SCOPE)
endfunction()

# Has the build of <target> alone bring its shared utility module up to date too, without waiting for it earlier than
# at its own last step.
function(_cython_ufunc_use_shared_utility target utility)
    set_target_properties(${target} PROPERTIES _CYTHON_UFUNC_SHARED_UTILITY "${utility}")
    get_target_property(type ${target} TYPE)
    if(CMAKE_GENERATOR MATCHES "Ninja" AND type STREQUAL "MODULE_LIBRARY")
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "$<TARGET_FILE:${utility}>")
    else()
        add_dependencies(${target} ${utility})
    endif()
endfunction()
