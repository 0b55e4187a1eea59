"""The web server around Streamlit: who is let in, files, headers, health, the log of requests."""
