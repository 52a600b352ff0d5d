# SPDX-License-Identifier: BSD-3-Clause
# The target of an extension module: its file name, its place, what it links to.

# Sets the file name and the place of <target>, the module <module_name>, as Python's import looks for them.
# The caller has the variables of _cython_ufunc_get_python() and arg_STABLE_ABI.
function(_cython_ufunc_place_module target caller module_name)
    string(REPLACE "." ";" packages "${module_name}")
    list(POP_BACK packages file)
    string(REPLACE ";" "/" package_dir "${packages}")
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
        set(file "${target}")
        set(extension "${CMAKE_STATIC_LIBRARY_SUFFIX}")
    elseif(NOT DEFINED arg_STABLE_ABI)
        _cython_ufunc_get_extension_suffix(extension "${caller}")
    elseif(WIN32)
        set(extension ".pyd")
    else()
        set(extension ".abi3${CMAKE_SHARED_MODULE_SUFFIX}")
    endif()
    set_target_properties(
        ${target}
        PROPERTIES
            PREFIX ""
            OUTPUT_NAME "${file}"
            SUFFIX "${extension}"
            DEBUG_POSTFIX ""
            _CYTHON_UFUNC_MODULE_NAME "${module_name}"
    )
    # Python before 3.9 does not export the `PyInit_` of a module that has no shim.
    if(NOT arg_NO_NUMPY OR python_version VERSION_GREATER_EQUAL 3.9)
        set_target_properties(
            ${target}
            PROPERTIES C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        )
    endif()
    if(NOT type STREQUAL "STATIC_LIBRARY" AND NOT DEFINED CMAKE_LIBRARY_OUTPUT_DIRECTORY AND package_dir)
        # Modules of one name in several packages would overwrite each other.
        get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
        set(root "${CMAKE_CURRENT_BINARY_DIR}")
        if(multi_config)
            string(APPEND root "/$<CONFIG>")
        endif()
        set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${root}/${package_dir}")
    endif()
endfunction()

# Links <target> to Python, and to the runtime unless it has no NumPy.
function(_cython_ufunc_link_module target caller)
    set(module_target ${python_prefix}::Module)
    if(DEFINED arg_STABLE_ABI AND TARGET ${python_prefix}::SABIModule)
        set(module_target ${python_prefix}::SABIModule)
    endif()
    set(scope PRIVATE)
    if(arg_NO_NUMPY)
        target_link_libraries(${target} ${scope} ${module_target})
    else()
        _cython_ufunc_get_runtime(runtime "${caller}" "${arg_STABLE_ABI}")
        target_link_libraries(${target} ${scope} ${runtime} ${module_target})
    endif()
    if(DEFINED arg_STABLE_ABI)
        _cython_ufunc_limited_api(hex "${arg_STABLE_ABI}")
        target_compile_definitions(${target} PRIVATE Py_LIMITED_API=${hex})
    endif()
endfunction()

# Compiles the object libraries ARGN with NumPy's tables declared, and makes them part of <target>.
function(_cython_ufunc_add_object_libraries target caller)
    foreach(library IN LISTS ARGN)
        if(NOT arg_NO_NUMPY)
            _cython_ufunc_get_runtime(runtime "${caller}" "${arg_STABLE_ABI}")
            target_link_libraries(${library} PRIVATE ${runtime})
        endif()
        set_target_properties(${library} PROPERTIES POSITION_INDEPENDENT_CODE ON)
        target_link_libraries(${target} PRIVATE ${library})
    endforeach()
endfunction()

# Links <target> to OpenMP for each language of its sources.
function(_cython_ufunc_link_openmp target caller)
    get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
    foreach(language IN ITEMS C CXX)
        if(NOT language IN_LIST enabled)
            continue()
        endif()
        if(NOT TARGET OpenMP::OpenMP_${language})
            find_package(OpenMP QUIET COMPONENTS ${language})
        endif()
        if(NOT TARGET OpenMP::OpenMP_${language})
            _cython_ufunc_fail(
                "${caller}"
                "OPENMP: the ${language} compiler ${CMAKE_${language}_COMPILER} has no OpenMP (find_package(OpenMP) "
                "did not find it). Use a compiler that has, or leave OPENMP out."
            )
        endif()
        target_link_libraries(${target} PRIVATE OpenMP::OpenMP_${language})
    endforeach()
endfunction()

# Installs <target> where INSTALL_DIR says, if it does.
function(_cython_ufunc_install_module target caller)
    if(NOT DEFINED arg_INSTALL_DIR)
        if(DEFINED arg_COMPONENT)
            _cython_ufunc_fail(
                "${caller}"
                "COMPONENT is given without INSTALL_DIR, so that nothing is installed. "
                "Add it, or leave COMPONENT out."
            )
        endif()
        return()
    endif()
    set(component "")
    if(DEFINED arg_COMPONENT)
        set(component COMPONENT "${arg_COMPONENT}")
    endif()
    install(
        TARGETS ${target}
        LIBRARY DESTINATION "${arg_INSTALL_DIR}"
        ${component}
        ARCHIVE DESTINATION "${arg_INSTALL_DIR}"
        ${component}
    )
endfunction()

# Gives other targets of the build the headers in <directory>, through <target>::headers.
function(_cython_ufunc_add_headers_target target directory)
    add_library(${target}_headers INTERFACE)
    add_library(${target}::headers ALIAS ${target}_headers)
    target_include_directories(${target}_headers INTERFACE "${directory}")
    target_link_libraries(${target}_headers INTERFACE ${python_prefix}::Module)
    add_dependencies(${target}_headers ${target})
endfunction()
