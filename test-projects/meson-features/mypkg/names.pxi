NAME = "first name"
