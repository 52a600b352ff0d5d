#include "archive.hpp"

extern "C" int archive_count(void);

extern "C" int archive_count(void) {
    Archive archive;
    archive.import_array();
    archive.import_array1(2);
    return archive.import_array2(3, 4);
}
