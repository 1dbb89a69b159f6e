"""Times Pillow decoding the JPEG images of zips, in memory, to RGB and turned upright: the peer of ImageDecoder.

One JSON document on standard output; with --serve one reply a request {"run": "decode", "repeats": 1}.

Debian packages: python3, python3-pil.
"""
import io
import zipfile

import peer
from PIL import Image, ImageOps, __version__, features


def load(paths):
    files = []
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            files += [archive.read(name) for name in archive.namelist() if name.endswith(".jpg")]
    return files


def main():
    parser = peer.arguments(__doc__, repeats=3)
    parser.add_argument("zips", nargs="+", help="zips of JPEG images")
    options = parser.parse_args()
    files = load(options.zips)

    def decode():
        for file in files:
            ImageOps.exif_transpose(Image.open(io.BytesIO(file))).convert("RGB")

    def handle(request):
        if request.get("run") != "decode":
            raise peer.PeerError("the one run is 'decode'")
        # The images of a round are many: no round is needed to warm up but the first.
        return {"run": "decode", "images": len(files),
                **peer.measure(decode, request.get("repeats", options.repeats), warmups=0)}

    if options.serve:
        decode()
        peer.serve(handle)
    else:
        peer.emit({"name": "pillow", "version": __version__, "jpeg": features.version("jpg"),
                   "rows": [handle({"run": "decode"})]})


peer.main(main)
