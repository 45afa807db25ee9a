"""An invented office that hears children, with a few mild cases, to be looked at in the example federation."""
