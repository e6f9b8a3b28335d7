"""The talk key while another program has the focus: X11, the desktop portal of Wayland, Windows and macOS."""
