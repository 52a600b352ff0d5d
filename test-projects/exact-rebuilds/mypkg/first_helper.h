#ifdef __cplusplus
extern "C"
#endif
    double helped(double x);
