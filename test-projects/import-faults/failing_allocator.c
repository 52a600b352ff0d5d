/* Has chosen allocations of Python's fail while a function is called.
 *
 * attempt(function, argument, first, count) calls function(argument), in which the allocations first ... first + count
 * - 1 of this thread fail, in all three of Python's domains. Returns the result or the exception, and the number of
 * allocations that were asked for.
 */
#include <Python.h>

#define DOMAINS 3

static PyMemAllocatorEx originals[DOMAINS];
static const PyMemAllocatorDomain domains[DOMAINS] = {PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};
static PyThreadState *state;
static unsigned long thread;
static const void *calling_frame;
static long asked_for, first_failing, last_failing;

/* The innermost frame of Python code. */
static const void *current_frame(void) {
#if PY_VERSION_HEX >= 0x030D0000
    return state->current_frame;
#elif PY_VERSION_HEX >= 0x030B0000
    return state->cframe->current_frame;
#else
    return state->frame;
#endif
}

/* True for an allocation that is to fail. */
static int fails(void) {
    if (PyThread_get_thread_ident() != thread || current_frame() != calling_frame) {
        return 0;
    }
    ++asked_for;
    return first_failing <= asked_for && asked_for <= last_failing;
}

static void *failing_malloc(void *original, size_t size) {
    PyMemAllocatorEx *allocator = original;
    return fails() ? NULL : allocator->malloc(allocator->ctx, size);
}

static void *failing_calloc(void *original, size_t count, size_t size) {
    PyMemAllocatorEx *allocator = original;
    return fails() ? NULL : allocator->calloc(allocator->ctx, count, size);
}

static void *failing_realloc(void *original, void *memory, size_t size) {
    PyMemAllocatorEx *allocator = original;
    return fails() ? NULL : allocator->realloc(allocator->ctx, memory, size);
}

static void plain_free(void *original, void *memory) {
    PyMemAllocatorEx *allocator = original;
    allocator->free(allocator->ctx, memory);
}

static PyObject *attempt(PyObject *module, PyObject *arguments) {
    PyObject *function, *argument, *result, *type, *traceback;
    long first, count;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "OOll", &function, &argument, &first, &count)) {
        return NULL;
    }
    state = PyThreadState_Get();
    thread = PyThread_get_thread_ident();
    calling_frame = current_frame();
    PyEval_GetFrame(); /* makes the frame's object: CPython 3.11 loses the exception when it cannot do so later */
    asked_for = 0;
    first_failing = first;
    last_failing = first + count - 1;
    for (int i = 0; i < DOMAINS; ++i) {
        PyMem_GetAllocator(domains[i], &originals[i]);
        PyMemAllocatorEx hook = {&originals[i], failing_malloc, failing_calloc, failing_realloc, plain_free};
        PyMem_SetAllocator(domains[i], &hook);
    }
    result = PyObject_CallFunctionObjArgs(function, argument, NULL);
    for (int i = 0; i < DOMAINS; ++i) {
        PyMem_SetAllocator(domains[i], &originals[i]);
    }
    if (result == NULL) {
        PyErr_Fetch(&type, &result, &traceback);
        PyErr_NormalizeException(&type, &result, &traceback);
        if (traceback != NULL) {
            PyException_SetTraceback(result, traceback);
        }
        Py_XDECREF(type);
        Py_XDECREF(traceback);
    }
    return Py_BuildValue("Nl", result, asked_for);
}

static PyMethodDef methods[] = {{"attempt", attempt, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "failing_allocator", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_failing_allocator(void) { return PyModule_Create(&definition); }
