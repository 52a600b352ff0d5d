# EXPECT: ^cython_ufunc_expand_templates\(files\): '.+/cases/beside\.pxd\.in' would be expanded beside itself\. Give an OUTPUT_DIRECTORY, or build in another directory\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/cases/beside.pxd.in" "")
cython_ufunc_expand_templates(files "${CMAKE_CURRENT_BINARY_DIR}/cases/beside.pxd.in" OUTPUT_DIRECTORY cases)
