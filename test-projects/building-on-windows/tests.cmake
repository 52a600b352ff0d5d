# Here with this machine's programs. ci/windows has Windows' own build it, and compares.
add_test_project(building-on-windows)
