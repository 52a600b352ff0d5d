if(Python_VERSION VERSION_LESS 3.10)
    message(
        STATUS
        "Not tested: scikit-build-core-package, whose tools need Python 3.10; found Python ${Python_VERSION}"
    )
else()
    add_package_test(scikit-build-core-package)
endif()
