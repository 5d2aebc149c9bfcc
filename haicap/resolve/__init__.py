"""RESOLVE: who does what, by when, with what answer?"""
