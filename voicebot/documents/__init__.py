"""The person's documents behind one door: for the conversation, the window and the command line.

`documents` is that door, `making` builds its engines by the settings, `foresight` begins retrieval early, and
`grounding` turns what was found into what a model may cite.
"""
