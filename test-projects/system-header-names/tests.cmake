add_test_project(system-header-names)
