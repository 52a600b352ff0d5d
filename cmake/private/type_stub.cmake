# SPDX-License-Identifier: BSD-3-Clause
# The type stub of a module: a .pyi beside it, in the build directory and where it is installed.

# Fails unless the caller's arg_STUB is GENERATE or an existing .pyi; sets <out> to GENERATE or to the absolute path.
function(_cython_ufunc_check_stub out caller)
    set(${out} "" PARENT_SCOPE)
    if(NOT DEFINED arg_STUB)
        return()
    endif()
    if(arg_STATIC)
        _cython_ufunc_fail(
            "${caller}"
            "STUB is given with STATIC, but a type stub lies beside a file that Python imports, and a static module has "
            "none. Leave STUB out."
        )
    endif()
    if(arg_STUB STREQUAL "GENERATE")
        set(${out} GENERATE PARENT_SCOPE)
        return()
    endif()
    if(NOT arg_STUB MATCHES "\\.pyi$")
        _cython_ufunc_fail(
            "${caller}"
            "STUB '${arg_STUB}' is neither GENERATE nor a .pyi file. Give one of these, or leave STUB out."
        )
    endif()
    _cython_ufunc_find_source(path "${caller}" "${arg_STUB}")
    set(${out} "${path}" PARENT_SCOPE)
endfunction()

# Adds the rule that makes the type stub of <target>, from <stub> (see above), and installs it with the module.
# The caller has the variables of _cython_ufunc_examine_module() and its own arguments.
function(_cython_ufunc_add_stub target stub directory)
    string(REGEX REPLACE ".*\\." "" stem "${module_name}")
    get_target_property(output_dir ${target} LIBRARY_OUTPUT_DIRECTORY)
    get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    if(multi_config OR output_dir MATCHES "\\$<")
        set(output_dir "${directory}") # one stub serves all configurations
    elseif(NOT output_dir)
        set(output_dir "${CMAKE_CURRENT_BINARY_DIR}")
    endif()
    set(output "${output_dir}/${stem}.pyi")
    if(stub STREQUAL "GENERATE")
        set(content "${module_source}" "--module-name=${module_name}" "--output=${output}")
        foreach(dir IN LISTS include_directories)
            list(APPEND content "--include-directory=${dir}")
        endforeach()
        list(JOIN content "\n" content)
        set(base "${directory}/${stem}_stub")
        _cython_ufunc_add_transpiler_rule(
            "${base}"
            stub
            "${content}"
            EXECUTABLE "${python_executable}"
            CONFIGURED_FOR "Cython ${cython_version} at ${cython_path}, Python at ${python_executable}"
            COMMENT "Writing the type stub of ${module_name}"
            BYPRODUCTS "${output}"
            DEPENDS "${module_source}" ${arg_DEPENDS}
        )
        target_sources(${target} PRIVATE "${base}.stamp")
    else()
        add_custom_command(
            OUTPUT "${output}"
            COMMAND "${CMAKE_COMMAND}" -E copy "${stub}" "${output}"
            DEPENDS "${stub}"
            COMMENT "Copying the type stub of ${module_name}"
            VERBATIM
        )
        target_sources(${target} PRIVATE "${output}")
    endif()
    if(DEFINED arg_INSTALL_DIR)
        set(component "")
        if(DEFINED arg_COMPONENT)
            set(component COMPONENT "${arg_COMPONENT}")
        endif()
        install(FILES "${output}" DESTINATION "${arg_INSTALL_DIR}" ${component})
    endif()
endfunction()
