"""The window: the only room that knows Qt. Screens are QML in `ui/`; here is what they show and may ask for."""
