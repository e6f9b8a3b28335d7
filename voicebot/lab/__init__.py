"""The Lab: which recogniser and which voice are good for a person, found out offline.

A run is a plan of trials and what came out of each, in a folder of its own (`runs`). `runner` carries it out, and goes
on with one that was stopped. `stt`, `tts` and `roundtrip` say what the trials are and what they come to.
"""
