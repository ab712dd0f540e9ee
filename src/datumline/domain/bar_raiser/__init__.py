"""The bar-raiser room: non-negotiables and the one-page signal log."""
