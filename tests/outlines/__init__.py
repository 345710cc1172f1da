"""Outlines for tests: the shapes that authors write, and the score of what is found over judged notes.

Must not know how outlines are found.
"""
