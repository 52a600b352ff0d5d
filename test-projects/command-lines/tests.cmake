# No Windows is needed: the projects are configured for it, by a compiler that has Microsoft's command line.
find_program(CLANG_CL NAMES clang-cl clang-cl-19 clang-cl-16 clang-cl-14 PATHS /usr/lib/llvm-14/bin)
find_program(LLVM_LIB NAMES llvm-lib llvm-lib-19 llvm-lib-16 llvm-lib-14 PATHS /usr/lib/llvm-14/bin)
find_program(LLD_LINK NAMES lld-link lld-link-19 lld-link-16 lld-link-14 PATHS /usr/lib/llvm-14/bin)
if(NOT CLANG_CL OR NOT LLVM_LIB OR NOT LLD_LINK)
    message(
        STATUS
        "Not tested: command lines of Microsoft's form, which need clang-cl (${CLANG_CL}), llvm-lib (${LLVM_LIB}) and "
        "lld-link (${LLD_LINK})"
    )
    return()
endif()
set(_command
    "${Python_EXECUTABLE}"
    "${CMAKE_CURRENT_LIST_DIR}/check.py"
    --clang-cl
    "${CLANG_CL}"
    --llvm-lib
    "${LLVM_LIB}"
    --lld-link
    "${LLD_LINK}"
)
foreach(generator IN ITEMS Ninja "Ninja Multi-Config")
    string(MAKE_C_IDENTIFIER "${generator}" id)
    add_test(
        NAME command-lines.${id}
        COMMAND ${_command} --cmake-package "${CythonUfunc_BINARY_DIR}/package" --generator "${generator}"
    )
endforeach()
get_meson(_meson)
add_test(NAME command-lines.meson COMMAND ${_command} --meson "${_meson}")
set_tests_properties(command-lines.meson PROPERTIES FIXTURES_REQUIRED environment.meson)
