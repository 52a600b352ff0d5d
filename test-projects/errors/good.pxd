# Declarations of good.pyx.
