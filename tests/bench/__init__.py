"""How fast a click is, as ratios against a plain Streamlit page measured in the same run: make bench."""
