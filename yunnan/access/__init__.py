"""Who looks, what they may see and take away, and the sealed logs of it."""
