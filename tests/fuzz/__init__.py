"""Fuzzing: bytes that a machine makes up, for all that reads what others wrote.

`targets` are functions of bytes that raise where something is wrong. hypothesis tries each a few times in `make test`;
`python -m tests.fuzz` has atheris look for bytes that reach new lines of code, for as long as it is given.
"""
