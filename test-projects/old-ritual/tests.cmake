add_test_project(old-ritual)
