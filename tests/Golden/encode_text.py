#!/usr/bin/env python3
"""Encodes texts with a text encoder's file by NumPy alone.

    python3 encode_text.py ENCODER.safetensors TEXTS.json

TEXTS.json is a list of texts. Prints the list of their vectors.
"""
import json
import re
import struct
import sys

import numpy as np


def read(path):
    """The words, their vectors, those of parts of words, and the mean."""
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])

    def tensor(name, dtype):
        begin, end = (8 + length + offset for offset in header[name]["data_offsets"])
        return np.frombuffer(data[begin:end], dtype).reshape(header[name]["shape"])

    words = tensor("words", np.uint8).tobytes().decode().split("\n")
    return {word: row for row, word in enumerate(words)}, tensor("vectors", "<f2").astype(float), tensor("mean", "<f4")


def words_of(text):
    """Runs of letters and digits in lower case; an apostrophe inside is dropped, and an s behind it at the end."""
    for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text):
        yield re.sub(r"['’]", "", re.sub(r"['’][sS]$", "", word)).lower()


def singulars(word):
    if len(word) < 4 or not word.endswith("s") or word[-2:] in ("ss", "us", "is"):
        return
    yield word[:-1]
    if word.endswith("es"):
        if word.endswith("ies"):
            yield word[:-3] + "y"
        yield word[:-2]
        if word.endswith("ves"):
            yield word[:-3] + "f"
            yield word[:-3] + "fe"


def fnv1a(data):
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 % 2**32
    return value


def word_vector(word, rows, vectors):
    for form in (word, *singulars(word)):
        if form in rows:
            return vectors[rows[form]]
    marked = f"<{word}>"
    runs = [marked[i:i + n] for n in (3, 4, 5) for i in range(len(marked) - n + 1)]
    subwords = vectors[len(rows):]
    return np.mean([subwords[fnv1a(run.encode()) % len(subwords)] for run in runs], axis=0)


def encode(text, rows, vectors, mean):
    total = sum(word_vector(word, rows, vectors) for word in words_of(text))
    centred = total / np.linalg.norm(total) - mean
    return centred / np.linalg.norm(centred)


if __name__ == "__main__":
    encoder = read(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        print(json.dumps([encode(text, *encoder).tolist() for text in json.load(file)]))
