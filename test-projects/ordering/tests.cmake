add_test_project(ordering)
