"""Tables that people open in a spreadsheet: written as XLSX and CSV, and read back."""
