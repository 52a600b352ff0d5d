/* This project's own errors, not the system's. */
enum { CLOCK_STOPPED = 17 };
