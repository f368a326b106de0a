"""Bank profiles: one bank a file, declarations only."""
