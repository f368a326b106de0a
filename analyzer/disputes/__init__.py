"""Finding to dispute packet: dated rules, deadlines, letter, charts, exhibits."""
