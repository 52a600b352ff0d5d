/* Found beside the template. */
enum { plain_number = 7 };
