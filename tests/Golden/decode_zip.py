"""Decodes the images of zips with python3-pil, for comparison.

    python3 tests/Golden/decode_zip.py A.zip B.zip … > pixels

Writes, for each image in the order of the zips and of the names in them, width and height as little-endian 32 bits,
then red, green, blue of each pixel, row by row.
"""
import io
import struct
import sys
import zipfile

from PIL import Image, ImageOps

for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(name for name in archive.namelist() if name.lower().endswith((".jpg", ".png"))):
            image = ImageOps.exif_transpose(Image.open(io.BytesIO(archive.read(name)))).convert("RGB")
            sys.stdout.buffer.write(struct.pack("<II", *image.size) + image.tobytes())
