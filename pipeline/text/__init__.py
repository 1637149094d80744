"""What is known of text: spelling, sentences, likeness, numbers. No state."""
