"""Documents in the conversation: read, split, indexed, searched, and cited.

`passages` has the words that the rooms share; each room does one step: `loading` reads files, `splitting` cuts them
into passages, `library` keeps them, `indexing` fills it, `embedding` and `stores` find by meaning, `retrieval` picks
what answers a question, `citing` says where it stands.
"""
