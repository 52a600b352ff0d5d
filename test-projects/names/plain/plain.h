#define PLAIN_VALUE 1
