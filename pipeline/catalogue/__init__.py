"""What translators own: PO files, and how a translation outlives its sentence."""
