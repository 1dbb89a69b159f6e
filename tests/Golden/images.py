"""Golden images: PNG and JPEG files of every kind with their pixels as python3-pil decodes them, and resized images.

    sudo apt-get install python3-pil libjpeg-turbo-progs
    python3 tests/Golden/images.py

Writes images.zip: NAME.png or NAME.jpg, and NAME.rgba (width and height as little-endian 32 bits, then red, green,
blue, opacity of each pixel, row by row, as after PIL's exif_transpose and convert("RGBA")). PNG files are written here
from random samples, as PIL writes only some kinds; their pixels follow from the samples, and those that PIL reads in
full must agree. resize/FILTER-WxH.rgba are png/large resized by PIL.
"""
import io
import itertools
import pathlib
import random
import struct
import subprocess
import tempfile
import zipfile
import zlib

from PIL import Image, ImageOps

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
SAMPLES = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
NAMES = {GREY: "grey", RGB: "rgb", PALETTE: "palette", GREY_ALPHA: "greyalpha", RGBA: "rgba"}
RESIZED = "large"
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(samples, depth):
    """Samples of a row as bytes, the first in the high bits."""
    if depth == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    bits = "".join(format(s, f"0{depth}b") for s in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def apply_filter(kind, row, above, step):
    out = bytearray()
    for i, value in enumerate(row):
        a = row[i - step] if i >= step else 0
        c = above[i - step] if i >= step else 0
        b = above[i]
        out.append((value - (0, a, b, (a + b) // 2, paeth(a, b, c))[kind]) & 255)
    return bytes([kind]) + bytes(out)


def write_png(width, height, colour, depth, pixels, interlaced, palette=None, transparency=None, extra=b"", pieces=3):
    """A PNG whose rows take turns with the five filters, its data in several chunks."""
    n, data, kinds = SAMPLES[colour], b"", itertools.cycle([4, 3, 2, 1, 0])
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        columns, rows = range(x0, width, dx), range(y0, height, dy)
        if not columns or not rows:
            continue
        above = bytes((len(columns) * n * depth + 7) // 8)
        for y in rows:
            row = pack([s for x in columns for s in pixels[y][x]], depth)
            data += apply_filter(next(kinds), row, above, max(1, n * depth // 8))
            above = row
    packed = zlib.compress(data, 9)
    cuts = [len(packed) * i // pieces for i in range(pieces + 1)]
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", b"Comment\0golden") + extra
    if palette:
        file += chunk(b"PLTE", bytes(itertools.chain(*palette)))
    if transparency is not None:
        file += chunk(b"tRNS", transparency)
    return file + b"".join(chunk(b"IDAT", packed[a:b]) for a, b in zip(cuts, cuts[1:])) + chunk(b"IEND", b"")


def to_rgba(pixel, colour, depth, palette, transparency):
    eight = [s >> 8 if depth == 16 else s * 255 // (2 ** depth - 1) for s in pixel]
    if colour == PALETTE:
        index = pixel[0]
        return (*palette[index], transparency[index] if transparency and index < len(transparency) else 255)
    if colour in (GREY_ALPHA, RGBA):
        return (eight[0],) * 3 + (eight[1],) if colour == GREY_ALPHA else tuple(eight)
    seen = transparency is None or b"".join(struct.pack(">H", s) for s in pixel) != transparency
    return (eight[0],) * 3 + (255 * seen,) if colour == GREY else (*eight, 255 * seen)


def decode(file):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
    return rgba(image.size, image.convert("RGBA").tobytes())


def rgba(size, data):
    return struct.pack("<II", *size) + data


def png_cases():
    sizes = {0: (13, 11), 1: (1, 1), 2: (3, 9), 3: (33, 2)}
    for colour, depth in itertools.product(SAMPLES, (1, 2, 4, 8, 16)):
        if depth < 8 and colour not in (GREY, PALETTE) or depth == 16 and colour == PALETTE:
            continue
        for interlaced, transparent in itertools.product((0, 1), (0, 1)):
            if transparent and colour in (GREY_ALPHA, RGBA):
                continue
            name = f"{NAMES[colour]}{depth}" + "-adam7" * interlaced + "-trns" * transparent
            rng = random.Random(name)
            yield name, make_png(rng, sizes[0], colour, depth, interlaced, transparent, name)
    for size, interlaced in itertools.product((1, 2, 3), (0, 1)):
        name = "rgb8-{}x{}".format(*sizes[size]) + "-adam7" * interlaced
        yield name, make_png(random.Random(name), sizes[size], RGB, 8, interlaced, 0, name)
    yield RESIZED, make_png(random.Random(RESIZED), (61, 43), RGB, 8, 0, 0, RESIZED)
    exif = chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")
    yield "rgba8-exif6", make_png(random.Random("e"), (7, 5), RGBA, 8, 0, 0, "rgba8-exif6", exif)


def make_png(rng, size, colour, depth, interlaced, transparent, name, extra=b""):
    (width, height), top = size, 2 ** depth - 1
    colours = 2 ** min(depth, 7)
    palette = [tuple(rng.randrange(256) for _ in range(3)) for _ in range(colours)] if colour == PALETTE else None
    limit = colours - 1 if palette else top
    # Smooth with some noise, so that the filters have something to predict.
    pixels = [[tuple(min(limit, max(0, (x * (c + 2) + y * 3) * limit // (2 * width + 3 * height)
                                    + rng.randrange(-limit // 8, limit // 8 + 1)))
                     for c in range(SAMPLES[colour])) for x in range(width)] for y in range(height)]
    transparency = None
    if transparent:
        transparency = (bytes(rng.randrange(256) for _ in range(max(1, colours // 2))) if palette
                        else b"".join(struct.pack(">H", s) for s in pixels[height // 2][width // 2]))
    file = write_png(width, height, colour, depth, pixels, interlaced, palette, transparency, extra)
    expected = rgba(size, bytes(itertools.chain(*(to_rgba(p, colour, depth, palette, transparency)
                                                  for row in pixels for p in row))))
    if extra:
        return file, decode(file)
    # PIL clips 16-bit grey, and compares the transparent colour after it has cut or stretched the samples.
    differs = depth == 16 and (colour == GREY or transparent) or transparent and colour == GREY and depth < 8
    assert differs or decode(file) == expected, name
    return file, expected


def picture(width, height, seed=1):
    """Smooth colours, edges and noise."""
    rng, image = random.Random(seed), Image.new("RGB", (width, height))
    image.putdata([((x * 255 // width + rng.randrange(-9, 9)) & 255 if 0 <= x * 255 // width - 9 < 236 else 40,
                    255 * ((x // 5 + y // 7) % 2), min(255, y * 300 // height + rng.randrange(9)))
                   for y in range(height) for x in range(width)])
    return image


def jpeg(image, **options):
    stream = io.BytesIO()
    image.save(stream, "JPEG", **options)
    return stream.getvalue()


def cjpeg(image, *options):
    stream = io.BytesIO()
    image.save(stream, "PPM")
    return subprocess.run(["cjpeg", *options], input=stream.getvalue(), stdout=subprocess.PIPE, check=True).stdout


def jpeg_cases():
    image = picture(37, 29)
    for subsampling, progressive in itertools.product((0, 1, 2), (False, True)):
        for quality in (20, 75, 98):
            name = f"{('444', '422', '420')[subsampling]}-q{quality}" + "-progressive" * progressive
            yield name, jpeg(image, quality=quality, subsampling=subsampling, progressive=progressive)
    for progressive in (False, True):
        tail = "-progressive" * progressive
        yield "grey" + tail, jpeg(image.convert("L"), quality=85, progressive=progressive)
        yield "cmyk" + tail, jpeg(cmyk(image), quality=90, progressive=progressive)
    adobe = jpeg(cmyk(image), quality=90)
    at = adobe.index(b"Adobe")
    yield "ycck", adobe[:at + 11] + b"\x02" + adobe[at + 12:]
    yield "cmyk-unmarked", adobe[:at - 4] + adobe[at + 12:]
    for width, height in ((1, 1), (2, 2), (3, 3), (8, 8), (16, 16), (17, 1), (1, 17), (5, 40), (72, 54)):
        yield f"420-{width}x{height}", jpeg(picture(width, height), quality=90, subsampling=2)
        yield f"422-{width}x{height}-progressive", jpeg(picture(width, height), subsampling=1, progressive=True)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield f"exif{orientation}", jpeg(picture(21, 13), quality=90, exif=exif.tobytes())
    for sample in ("1x2", "4x1", "1x4", "4x2", "2x4", "3x1", "1x3", "2x2,1x2,2x1", "2x2,2x1,1x1", "1x1,2x2,1x1"):
        yield f"sample-{sample}", cjpeg(image, "-sample", sample)
        yield f"sample-{sample}-progressive", cjpeg(image, "-sample", sample, "-progressive")
    for interval, progressive in itertools.product(("1B", "3B", "1"), (False, True)):
        yield f"restart-{interval}" + "-progressive" * progressive, cjpeg(
            image, "-restart", interval, *(["-progressive"] * progressive))
    rgb = cjpeg(image, "-rgb")
    at = rgb.index(b"Adobe")
    yield "rgb", rgb
    yield "rgb-by-names", rgb[:at - 4] + rgb[at + 12:]
    yield "quality1-16-bit-tables", cjpeg(image, "-quality", "1")
    yield "quality100", cjpeg(image, "-quality", "100")
    yield "optimized", cjpeg(image, "-optimize")
    plain = jpeg(image)
    at = plain.index(b"\xff\xc0")
    yield "extended", plain[:at + 1] + b"\xc1" + plain[at + 2:]
    yield "fill-bytes", plain[:at] + b"\xff\xff" + plain[at:]
    yield "one-scan-a-channel", with_scans(image, "0;2;1;")
    yield "eleven-scans", with_scans(
        image, "0 1 2: 0-0, 0, 3; 0: 1-9, 0, 2; 1: 1-63, 0, 0; 2: 1-63, 0, 1; 0: 10-63, 0, 2; 0: 1-63, 2, 1;"
        "0 1 2: 0-0, 3, 2; 0: 1-63, 1, 0; 2: 1-63, 1, 0; 0 1 2: 0-0, 2, 1; 0 1 2: 0-0, 1, 0;")


def with_scans(image, scans):
    with tempfile.NamedTemporaryFile("w", suffix=".scans") as file:
        file.write(scans)
        file.flush()
        return cjpeg(image, "-scans", file.name)


def cmyk(image):
    red, green, blue = image.split()
    return Image.merge("CMYK", (red, green, blue, picture(*image.size, seed=2).convert("L").point(lambda v: v // 2)))


def main():
    target = pathlib.Path(__file__).with_name("images.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        def add(name, data):
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)

        for name, (file, expected) in png_cases():
            add(f"png/{name}.png", file)
            add(f"png/{name}.rgba", expected)
            if name == RESIZED:
                source = Image.open(io.BytesIO(file))
        for name, file in jpeg_cases():
            add(f"jpeg/{name}.jpg", file)
            add(f"jpeg/{name}.rgba", decode(file))
        for size in ((32, 32), (7, 5), (100, 80), (61, 10), (9, 43), (1, 1), (61, 43)):
            for kind in ("BILINEAR", "BICUBIC"):
                resized = source.resize(size, getattr(Image, kind))
                add(f"resize/{kind.lower()}-{size[0]}x{size[1]}.rgba", rgba(size, resized.convert("RGBA").tobytes()))
        print(len(archive.namelist()), "files")


main()
