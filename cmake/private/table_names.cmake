# SPDX-License-Identifier: BSD-3-Clause
# The old ritual: sources that name NumPy's tables themselves, by PY_ARRAY_UNIQUE_SYMBOL or PY_UFUNC_UNIQUE_SYMBOL.

# Sets <out> to definitions that make each such name, in the files ARGN and in what they include beside them, another
# name of the one table. The sources keep working unedited, whoever imported the tables before.
function(_cython_ufunc_table_aliases out)
    set(aliases "")
    set(queue ${ARGN})
    set(seen "")
    while(queue)
        list(POP_FRONT queue file)
        if(file IN_LIST seen OR NOT EXISTS "${file}" OR IS_DIRECTORY "${file}")
            continue()
        endif()
        list(APPEND seen "${file}")
        cmake_path(GET file PARENT_PATH directory)
        file(STRINGS "${file}" lines REGEX "_UNIQUE_SYMBOL|#[ \t]*include[ \t]*\"|extern[ \t]+from[ \t]+[\"']")
        foreach(line IN LISTS lines)
            if(line MATCHES "#[ \t]*define[ \t]+PY_(ARRAY|UFUNC)_UNIQUE_SYMBOL[ \t]+([A-Za-z_0-9]+)")
                string(TOLOWER "${CMAKE_MATCH_1}" table)
                list(APPEND aliases "${CMAKE_MATCH_2}=cython_ufunc_${table}_api")
            elseif(line MATCHES "(include|from)[ \t]*[\"']([^\"'<>*]+)[\"']")
                list(APPEND queue "${directory}/${CMAKE_MATCH_2}")
            endif()
        endforeach()
    endwhile()
    list(REMOVE_DUPLICATES aliases)
    set(${out} "${aliases}" PARENT_SCOPE)
endfunction()
