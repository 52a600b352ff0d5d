# SPDX-License-Identifier: BSD-3-Clause
# Names of directories that CMake or the build tool cannot handle.

# Fails for a source or build directory whose name breaks any rule in it; warns, once, where it only breaks exact
# rebuilds. A project without cython-ufunc has the same limits, but no message that says so.
function(_cython_ufunc_check_directories caller)
    set(directories "${CMAKE_CURRENT_SOURCE_DIR}" "${CMAKE_CURRENT_BINARY_DIR}")
    get_property(checked DIRECTORY PROPERTY _CYTHON_UFUNC_CHECKED_DIRECTORIES)
    if(checked)
        return()
    endif()
    set_property(DIRECTORY PROPERTY _CYTHON_UFUNC_CHECKED_DIRECTORIES TRUE)
    foreach(kind IN ITEMS SOURCE BINARY)
        set(dir "${CMAKE_CURRENT_${kind}_DIR}")
        set(problem "")
        if(dir MATCHES ";")
            set(problem "';', at which CMake splits lists of include directories")
        elseif(dir MATCHES "#" AND kind STREQUAL "BINARY" AND CMAKE_VERSION VERSION_LESS 3.30)
            set(problem "'#', which CMake before 3.30 takes in no output of a rule")
        elseif(dir MATCHES "#" AND CMAKE_GENERATOR MATCHES "Makefiles")
            set(problem "'#', which starts a comment in a makefile (Ninja can build there)")
        endif()
        if(problem)
            string(TOLOWER "${kind}" name)
            _cython_ufunc_fail("${caller}" "the ${name} directory ${dir} has a name with ${problem}. Rename it.")
        endif()
    endforeach()
    if(CMAKE_GENERATOR MATCHES "Ninja" AND directories MATCHES "(['&?^`*<>|\"])")
        _cython_ufunc_check_ninja_reads("${caller}" "${CMAKE_MATCH_1}")
    endif()
endfunction()

# Warns when file names with <character> get lost on their way through the depfiles of compilers and CMake to Ninja.
function(_cython_ufunc_check_ninja_reads caller character)
    execute_process(COMMAND "${CMAKE_MAKE_PROGRAM}" --version OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE)
    set(remedy "Rename the directory")
    if(character MATCHES "['&?]")
        if(version VERSION_GREATER_EQUAL 1.13)
            return()
        endif()
        string(APPEND remedy ", or use Ninja 1.13")
    endif()
    get_property(warned GLOBAL PROPERTY _CYTHON_UFUNC_WARNED_OF_DIRECTORIES)
    if(NOT warned)
        set_property(GLOBAL PROPERTY _CYTHON_UFUNC_WARNED_OF_DIRECTORIES TRUE)
        message(
            WARNING
            " ${caller}: the source or build directory has a name with ${character}, which Ninja ${version} does not "
            "read from the depfiles it gets: every build will make everything again. ${remedy}, or use another generator."
        )
    endif()
endfunction()
