"""Reading Arabic: letters, words, sentences, numerals, dates, names and titles. Knows no archive, no pages and no
files but its own data."""
