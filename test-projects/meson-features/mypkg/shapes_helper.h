double area_of(double width, double height);
