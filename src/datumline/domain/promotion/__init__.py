"""Promotion: is somebody ready for the next level, and what is missing?"""
