"""Tables: rows out of CSV and XLSX files as people really save them."""
