"""What people of the department do on the demo book, played through the browser."""
