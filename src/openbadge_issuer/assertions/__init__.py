"""What a badge says: typed models of Open Badges, and the JSON text they travel in."""
