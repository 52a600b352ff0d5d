# SPDX-License-Identifier: BSD-3-Clause
# The target of an extension module: its file name, its place, what it links to, what is beside it.

# Gives <target>, the module <module_name> of <python> (see _cython_ufunc_get_python()) with the stable ABI <stable_abi>, or "",
# its file name and place, as Python's import expects them.
function(
    _cython_ufunc_place_module
    target
    caller
    python
    module_name
    stable_abi
)
    string(REPLACE "." ";" packages "${module_name}")
    list(POP_BACK packages file)
    string(REPLACE ";" "/" package_dir "${packages}")
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
        set(file "${target}")
        set(extension "${CMAKE_STATIC_LIBRARY_SUFFIX}")
    elseif(stable_abi STREQUAL "")
        _cython_ufunc_get_extension_suffix(extension "${caller}" ${python})
    elseif(WIN32)
        set(extension ".pyd")
    else()
        set(extension ".abi3${CMAKE_SHARED_MODULE_SUFFIX}")
    endif()
    get_property(executable TARGET ${python} PROPERTY PYTHON_EXECUTABLE)
    set_target_properties(
        ${target}
        PROPERTIES
            PREFIX ""
            OUTPUT_NAME "${file}"
            SUFFIX "${extension}"
            DEBUG_POSTFIX ""
            _CYTHON_UFUNC_MODULE_NAME "${module_name}"
            _CYTHON_UFUNC_PYTHON_EXECUTABLE "${executable}"
            _CYTHON_UFUNC_STABLE_ABI "${stable_abi}"
    )
    foreach(configuration IN LISTS CMAKE_CONFIGURATION_TYPES CMAKE_BUILD_TYPE)
        string(TOUPPER "${configuration}" configuration)
        set_target_properties(${target} PROPERTIES ${configuration}_POSTFIX "") # Python's import knows no such name
    endforeach()
    if(NOT type STREQUAL "STATIC_LIBRARY")
        set_target_properties(${target} PROPERTIES _CYTHON_UFUNC_CALLER "${caller}")
        _cython_ufunc_check_files_at_end(${target})
        # The import library, which the linker writes on Windows: nothing links to it, and it is named as other targets' files may be.
        set(directory "${CMAKE_CURRENT_BINARY_DIR}/cython_ufunc/${target}")
        set_target_properties(${target} PROPERTIES ARCHIVE_OUTPUT_DIRECTORY "${directory}")
    endif()
    if(package_dir AND NOT type STREQUAL "STATIC_LIBRARY" AND NOT DEFINED CMAKE_LIBRARY_OUTPUT_DIRECTORY)
        # Modules of one name in several packages would overwrite each other.
        get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
        set(root "${CMAKE_CURRENT_BINARY_DIR}")
        if(multi_config)
            string(APPEND root "/$<CONFIG>")
        endif()
        set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${root}/${package_dir}")
    endif()
endfunction()

# Has the configuration end with a look at the files of all modules, <target> among them: properties may change until then.
function(_cython_ufunc_check_files_at_end target)
    get_property(modules GLOBAL PROPERTY _CYTHON_UFUNC_MODULES)
    if(NOT modules)
        cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _cython_ufunc_check_files)
    endif()
    set_property(GLOBAL APPEND PROPERTY _CYTHON_UFUNC_MODULES ${target})
endfunction()

# Fails when two modules would be one file.
function(_cython_ufunc_check_files)
    get_property(modules GLOBAL PROPERTY _CYTHON_UFUNC_MODULES)
    set(configuration "")
    if(CMAKE_BUILD_TYPE)
        string(TOUPPER "_${CMAKE_BUILD_TYPE}" configuration)
    endif()
    foreach(target IN LISTS modules)
        get_property(directory TARGET ${target} PROPERTY LIBRARY_OUTPUT_DIRECTORY${configuration})
        if(NOT directory)
            get_property(directory TARGET ${target} PROPERTY LIBRARY_OUTPUT_DIRECTORY)
        endif()
        if(NOT directory)
            get_property(directory TARGET ${target} PROPERTY BINARY_DIR)
        endif()
        get_property(caller TARGET ${target} PROPERTY _CYTHON_UFUNC_CALLER)
        foreach(property IN ITEMS OUTPUT_NAME SUFFIX SOURCE_DIR)
            get_property(${property} TARGET ${target} PROPERTY ${property})
        endforeach()
        set(file "${directory}/${OUTPUT_NAME}${SUFFIX}")
        string(MD5 key "${file}")
        if(DEFINED first_${key})
            _cython_ufunc_fail(
                "${caller}"
                "in ${SOURCE_DIR}: its file ${file} is that of ${first_${key}}, too. Give one of them another MODULE_NAME, or its "
                "target another LIBRARY_OUTPUT_DIRECTORY."
            )
        endif()
        set(first_${key} "${caller} in ${SOURCE_DIR}")
    endforeach()
endfunction()

# Has the sources of <target>, or of what links to it, as <scope> says, find headers in the folders ARGN by <flag>, which is no -I: headers
# there may have names of the system's, as that of a module `mypkg.math` has. -iquote is for `#include "..."` alone, -idirafter has the
# system's come first. Microsoft's compilers, and those of other languages, know no difference.
function(_cython_ufunc_include_own_headers target scope flag)
    if(MSVC OR CMAKE_GENERATOR STREQUAL "Xcode")
        target_include_directories(${target} ${scope} ${ARGN})
        return()
    endif()
    set(languages C,CXX,OBJC,OBJCXX)
    foreach(folder IN LISTS ARGN)
        target_compile_options(${target} ${scope} "$<$<COMPILE_LANGUAGE:${languages}>:${flag}${folder}>")
        target_include_directories(${target} ${scope} "$<$<NOT:$<COMPILE_LANGUAGE:${languages}>>:${folder}>")
    endforeach()
endfunction()

# Links <target> to <runtime>, where it has one, and to <python>.
function(_cython_ufunc_link_module target python stable_abi runtime)
    _cython_ufunc_get_python_target(module_target ${python} "${stable_abi}")
    target_link_libraries(${target} PRIVATE ${runtime} ${module_target})
    _cython_ufunc_fit_windows(${target} ${python})
    if(stable_abi)
        _cython_ufunc_limited_api(hex "${stable_abi}")
        target_compile_definitions(${target} PRIVATE Py_LIMITED_API=${hex})
    endif()
    # Python before 3.9 does not export the `PyInit_` of a module that has no shim.
    get_property(version TARGET ${python} PROPERTY PYTHON_VERSION)
    if(runtime OR version VERSION_GREATER_EQUAL 3.9)
        set_target_properties(
            ${target}
            PROPERTIES C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        )
    endif()
endfunction()

# Makes the sources ARGN part of <target>, a module of <python>; object libraries among them are compiled with the tables of
# <runtime> declared.
function(_cython_ufunc_add_helpers target python runtime)
    foreach(source IN LISTS ARGN)
        if(NOT TARGET "${source}")
            target_sources(${target} PRIVATE "${source}")
            continue()
        endif()
        get_target_property(aliased "${source}" ALIASED_TARGET)
        if(aliased)
            set(source "${aliased}") # an alias has no properties of its own
        endif()
        if(runtime)
            target_link_libraries(${source} PRIVATE ${runtime})
        endif()
        _cython_ufunc_fit_windows(${source} ${python})
        set_target_properties(${source} PROPERTIES POSITION_INDEPENDENT_CODE ON)
        target_link_libraries(${target} PRIVATE ${source})
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

# Gives other targets of the build the headers in <directory>, through <target>::headers.
function(_cython_ufunc_add_headers_target target python directory)
    get_property(prefix TARGET ${python} PROPERTY PYTHON_PREFIX)
    set(headers cython_ufunc_headers_of_${target}) # no name that a project would take
    add_library(${headers} INTERFACE)
    add_library(${target}::headers ALIAS ${headers})
    _cython_ufunc_include_own_headers(${headers} INTERFACE -idirafter "${directory}")
    target_link_libraries(${headers} INTERFACE ${prefix}::Module)
    add_dependencies(${headers} ${target})
endfunction()

# Installs <target> and the <files> beside it into <install_dir>, unless that is "", as part of <component>, unless that is.
function(
    _cython_ufunc_install_module
    target
    caller
    install_dir
    component
    files
)
    if(install_dir STREQUAL "")
        if(NOT component STREQUAL "")
            _cython_ufunc_fail(
                "${caller}"
                "COMPONENT is given without INSTALL_DIR, so that nothing is installed. "
                "Add it, or leave COMPONENT out."
            )
        endif()
        return()
    endif()
    if(NOT component STREQUAL "")
        set(component COMPONENT "${component}")
    endif()
    install(
        TARGETS ${target}
        LIBRARY DESTINATION "${install_dir}"
        ${component}
        ARCHIVE DESTINATION "${install_dir}"
        ${component}
    )
    if(files)
        install(FILES ${files} DESTINATION "${install_dir}" ${component})
    endif()
endfunction()

# Sets <out> to the type stub of a module: GENERATE, or the absolute path of <stub>, or "" without one. <is_static>: whether the
# module is.
function(_cython_ufunc_find_stub out caller stub is_static)
    set(${out} "${stub}" PARENT_SCOPE)
    if(stub STREQUAL "")
        return()
    endif()
    if(is_static)
        _cython_ufunc_fail(
            "${caller}"
            "STUB is given with STATIC, but a type stub belongs beside a file that Python imports, and a static module has "
            "none. Leave STUB out."
        )
    endif()
    if(stub STREQUAL "GENERATE")
        return()
    endif()
    if(NOT stub MATCHES "\\.pyi$")
        _cython_ufunc_fail(
            "${caller}"
            "STUB '${stub}' is neither GENERATE nor a .pyi file. Give one of these, or leave STUB out."
        )
    endif()
    _cython_ufunc_find_source(path "${caller}" "${stub}")
    set(${out} "${path}" PARENT_SCOPE)
endfunction()

# Adds the rule that puts <stub>, or for GENERATE one made from <source>, beside the module of <target>, and sets <out> to where.
# <directory> is that of what is generated; <include_directories> and <depends> are as for the module.
function(
    _cython_ufunc_add_stub
    out
    target
    caller
    python
    stub
    source
    directory
    include_directories
    depends
)
    get_target_property(module_name ${target} _CYTHON_UFUNC_MODULE_NAME)
    string(REGEX REPLACE ".*\\." "" stem "${module_name}")
    get_target_property(output_dir ${target} LIBRARY_OUTPUT_DIRECTORY)
    get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    if(multi_config OR output_dir MATCHES "\\$<")
        set(output_dir "${directory}") # one stub serves all configurations
    elseif(NOT output_dir)
        set(output_dir "${CMAKE_CURRENT_BINARY_DIR}")
    endif()
    set(output "${output_dir}/${stem}.pyi")
    set(${out} "${output}" PARENT_SCOPE)
    if(stub STREQUAL output)
        return() # a build in the source directory
    elseif(NOT stub STREQUAL "GENERATE")
        set(copied "${directory}/${stem}.pyi.copied")
        if(EXISTS "${output}" AND NOT EXISTS "${copied}")
            file(READ "${output}" there)
            file(READ "${stub}" given)
            if(NOT there STREQUAL given)
                _cython_ufunc_check_is_ours("${caller}" "${output}" "leave STUB out")
            endif()
        endif()
        add_custom_command(
            OUTPUT "${output}"
            BYPRODUCTS "${copied}"
            COMMAND "${CMAKE_COMMAND}" -E copy "${stub}" "${output}"
            COMMAND "${CMAKE_COMMAND}" -E touch "${copied}"
            DEPENDS "${stub}"
            COMMENT "Copying the type stub of ${module_name}"
            VERBATIM
        )
        target_sources(${target} PRIVATE "${output}")
        return()
    endif()
    _cython_ufunc_check_is_ours("${caller}" "${output}" "give it as STUB")
    list(TRANSFORM include_directories PREPEND "--include-directory=")
    set(arguments "${source}" "--module-name=${module_name}" "--output=${output}" ${include_directories})
    list(JOIN arguments "\n" content)
    set(base "${directory}/${stem}_stub")
    _cython_ufunc_add_transpiler_rule(
        "${base}"
        stub
        "${content}"
        PYTHON ${python}
        COMMENT "Writing the type stub of ${module_name}"
        BYPRODUCTS "${output}"
        DEPENDS "${source}" ${depends}
    )
    target_sources(${target} PRIVATE "${base}.stamp")
endfunction()
