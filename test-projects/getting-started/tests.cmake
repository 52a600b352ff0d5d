add_test_project(getting-started)
