import mypkg.left.tools as tools

assert tools.offset_metres(10) == 3.548
