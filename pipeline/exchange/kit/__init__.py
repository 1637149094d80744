"""What a review kit is made of: its script, its look and its words."""
