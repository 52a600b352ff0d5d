add_test_project(how-to)
