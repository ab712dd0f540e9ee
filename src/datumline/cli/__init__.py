"""The commands: parse arguments, call one service, print."""
