"""The preview: a server for one person on one machine, the process that makes its pages, and what goes into them.

Nothing is imported here, since the process behind the server needs nothing of the server.
"""
