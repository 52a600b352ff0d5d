from mypkg.base cimport base_value
