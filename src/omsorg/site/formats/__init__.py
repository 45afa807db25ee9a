"""How days and numbers are written where Django writes them itself: as everywhere else in the house."""
