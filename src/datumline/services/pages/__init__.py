"""The view models of the pages: what one page shows, asked and worded, ready to be rendered."""
