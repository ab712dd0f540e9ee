"""One file per room: parse the request, call one service, render."""
