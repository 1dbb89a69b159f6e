"""Times OpenBLAS's float matrix product (cblas_sgemm), the peer of the engine's MatMul.

A shape is MxKxN:xy, for C (M, N) = op(A) op(B) in row-major order; x and y are n (as stored) or t (stored transposed),
so 1536x512x2048:nt multiplies A (1536, 512) by the transpose of a stored (2048, 512). One JSON document on standard
output; with --serve one reply a request {"run": "512x512x512:nn", "threads": 1, "repeats": 3}.

Debian packages: python3, libopenblas0.
"""
import array
import ctypes
import random
import re

import peer

SHAPES = ("512x512x512:nn,1024x1024x1024:nn,1536x512x2048:nn,1536x512x2048:nt,1536x512x2048:tn,"
          "1536x2048x512:nn,1536x2048x512:nt,1536x2048x512:tn")
ROW_MAJOR, AS_STORED, TRANSPOSED = 101, 111, 112


class Product:
    """One shape with its operands, ready to run."""

    def __init__(self, library, shape):
        match = re.fullmatch(r"(\d+)x(\d+)x(\d+):([nt])([nt])", shape)
        if not match:
            raise peer.PeerError(f"'{shape}' is no shape; write MxKxN:nn, :nt, :tn or :tt, such as 512x512x512:nn")
        self.m, self.k, self.n = map(int, match.groups()[:3])
        if min(self.m, self.k, self.n) == 0:
            raise peer.PeerError(f"'{shape}' has an empty side")
        self.a_transposed, self.b_transposed = (x == "t" for x in match.groups()[3:])
        self._sgemm = library.cblas_sgemm
        self._a, self._b = _random_floats(self.m * self.k), _random_floats(self.k * self.n)
        self._c = (ctypes.c_float * (self.m * self.n))()
        self.flops = 2 * self.m * self.k * self.n
        self.run()
        self._check(0, 0)
        self._check(self.m - 1, self.n - 1)

    def run(self):
        m, k, n, one, zero = self.m, self.k, self.n, ctypes.c_float(1), ctypes.c_float(0)
        self._sgemm(ROW_MAJOR, TRANSPOSED if self.a_transposed else AS_STORED,
                    TRANSPOSED if self.b_transposed else AS_STORED, m, n, k, one,
                    self._a, m if self.a_transposed else k, self._b, k if self.b_transposed else n, zero, self._c, n)

    def _check(self, i, j):
        """A misread transposition would time another product: one element is recomputed here."""
        a = self._a[i::self.m] if self.a_transposed else self._a[i * self.k:(i + 1) * self.k]
        b = self._b[j * self.k:(j + 1) * self.k] if self.b_transposed else self._b[j::self.n]
        expected = sum(x * y for x, y in zip(a, b))
        if abs(self._c[i * self.n + j] - expected) > 1e-4 * self.k:   # a float sum of k products of size one
            raise peer.PeerError(f"OpenBLAS gave {self._c[i * self.n + j]}, expected {expected}")


def _random_floats(count):
    """Uniform in -1..1; a repeated block of prime length, which is quick to make and has no pattern in the rows."""
    rng = random.Random(count)
    block = array.array("f", (rng.uniform(-1, 1) for _ in range(4099)))
    return (ctypes.c_float * count).from_buffer((block * (count // len(block) + 1))[:count])


def main():
    parser = peer.arguments(__doc__, repeats=15)
    parser.add_argument("--shapes", default=SHAPES, help="comma-separated shapes (default: the engine benchmark's)")
    options = parser.parse_args()
    peer.choose_kernels(options.core)
    library, products = peer.load_openblas(), {}

    def handle(request):
        shape, threads = str(request.get("run")), request.get("threads", options.threads)
        if shape not in products:
            products[shape] = Product(library, shape)
        library.openblas_set_num_threads(threads)
        product = products[shape]
        time = peer.measure(product.run, request.get("repeats", options.repeats))
        return {"run": shape, "threads": threads, **time, "gflops": product.flops / time["seconds"] / 1e9,
                "gflopsBest": product.flops / time["min"] / 1e9}

    if options.serve:
        peer.serve(handle)
    else:
        rows = [handle({"run": shape}) for shape in options.shapes.split(",")]
        peer.emit({"name": "openblas_matmul", "machine": peer.describe(), "rows": rows})


peer.main(main)
