"""Sound in and out: devices, capture, playback, voice activity, files; `simulated` is a sound card without hardware."""
