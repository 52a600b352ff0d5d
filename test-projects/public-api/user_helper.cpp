#include <Python.h>

#include "solids_api.h"

extern "C" PyObject *user_helper_volumes(PyObject *edges) {
    if (import_geometry__solids() < 0) {
        return nullptr;
    }
    return volumes(edges);
}
