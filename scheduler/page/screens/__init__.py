"""One module and one template a screen."""
