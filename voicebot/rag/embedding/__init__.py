"""Embedding models: passages and questions as vectors."""
