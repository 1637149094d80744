"""Tables for people without a PO editor: out, and back."""
