add_test_project(package)
