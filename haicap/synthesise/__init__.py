"""SYNTHESISE: what does it say together?"""
