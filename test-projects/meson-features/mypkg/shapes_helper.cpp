#include <Python.h>

#include "shapes.h"
#include "shapes_helper.h"

double area_of(double width, double height) {
    Box box = {width, height};
    return box_area(&box);
}
