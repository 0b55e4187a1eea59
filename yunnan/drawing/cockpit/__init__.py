"""The resource of the first screen: what the browser draws without asking again."""
