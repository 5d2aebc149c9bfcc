"""LISTEN: what was asked?"""
