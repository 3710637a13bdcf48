"""Sijill: a static-site generator that turns Arabic news on a diplomatic process into a linked, sourced archive."""
