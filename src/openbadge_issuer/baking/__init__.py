"""How a badge travels: baked into PNG and SVG pictures."""
