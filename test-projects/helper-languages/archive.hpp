// A library that has never heard of NumPy.
#ifndef ARCHIVE_HPP
#define ARCHIVE_HPP

#ifdef NO_IMPORT
#error "this library leaves out its import functions where NO_IMPORT is defined"
#endif

class Archive {
  public:
    Archive() : PyUFunc_API(0) {}
    int import_array() { return _import_array(1); }
    int import_array1(int count) { return _import_array(count); }
    int import_array2(int first, int second) { return _import_array(first + second); }

  private:
    int _import_array(int count) { return PyUFunc_API += count; }
    int PyUFunc_API;
};

#endif
