"""The stretch project: is it one that can carry a promotion, or a trap?"""
