"""The pages: parse a request, call one service, render."""
