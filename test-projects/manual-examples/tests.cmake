add_test_project(manual-examples)
