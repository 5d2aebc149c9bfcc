"""VERIFY: did it happen, and did it help?"""
