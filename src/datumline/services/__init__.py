"""Services: read, ask the domain, append. One module a room."""
