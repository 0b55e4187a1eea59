"""The web server around Streamlit: access, files for download, headers, health checks, the log of requests."""
