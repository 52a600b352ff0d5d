# EXPECT: ^add_cython_shared_utility\(bad\): unexpected argument 'good\.pyx': it has no sources\. Put a keyword before it; known are: MODULE_NAME, LANGUAGE, STABLE_ABI, INSTALL_DIR, COMPONENT\.$
add_cython_shared_utility(bad good.pyx)
