"""Records golden cases and writes them as one safetensors file.

Inputs are float32 values; everything is computed from them in float64 and rounded once at the end, so a golden number
is within half a float32 unit of the exact one (autograd's float64 error is far below that). Each case draws from a
generator seeded by its own name: adding a case leaves the others as they were.
"""
import json
import math
import struct
import zlib

import torch


class Fixed:
    """An input that has no gradient: a condition, a trajectory of gradients, a target."""

    def __init__(self, tensor):
        self.tensor = tensor


class Draw:
    """Random inputs of one case, in float64; the recorder rounds them to float32 values."""

    def __init__(self, name):
        self._generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))

    def normal(self, *shape, scale=1.0):
        return torch.randn(shape, generator=self._generator, dtype=torch.float64) * scale

    def uniform(self, low, high, *shape):
        return low + (high - low) * torch.rand(shape, generator=self._generator, dtype=torch.float64)

    def away_from_zero(self, *shape):
        """Both signs, magnitude 0.25 to 2: for divisors and for functions with a kink at zero."""
        magnitude = self.uniform(0.25, 2, *shape)
        return torch.where(self.normal(*shape) < 0, -magnitude, magnitude)

    def indices(self, bound, count):
        return torch.randint(bound, (count,), generator=self._generator)


class Golden:
    """The cases of one file."""

    def __init__(self):
        self._tensors, self._cases = {}, []

    def case(self, name, op, function, inputs, *, indices=None, mask=None, loss=None, **attributes):
        """Records `function(*inputs)` and the gradients of its product with a random output gradient.

        `inputs` is a function of a Draw; what it wraps in Fixed gets no gradient. `indices` and `mask`, functions of a
        Draw too, are passed to `function` after the inputs. With `loss`, a function of the output, the output
        gradient is the loss's instead of a random one, and the loss is recorded.
        """
        assert name not in (known["name"] for known in self._cases), name
        draw = Draw(name)
        values = inputs(draw)
        extras = {key: make(draw) for key, make in (("idx", indices), ("mask", mask)) if make}
        leaves = [round_to_float(x.tensor) if isinstance(x, Fixed) else round_to_float(x).requires_grad_()
                  for x in values]
        output = function(*leaves, *extras.values())
        for key, tensor in extras.items():
            self._add(f"{name}/{key}", tensor.int())
        for i, leaf in enumerate(leaves):
            self._add(f"{name}/in{i}", leaf)
        self._add(f"{name}/out", output)
        if output.requires_grad:
            self._record_gradients(name, leaves, output, draw, loss)
        self._cases.append({"name": name, "op": op, "attributes": attributes})

    def _record_gradients(self, name, leaves, output, draw, loss):
        if loss:
            value = loss(output)
            grad_out, = torch.autograd.grad(value, output, retain_graph=True)
            self._add(f"{name}/loss", value)
        else:
            grad_out = round_to_float(draw.normal(*output.shape))
        wanted = [i for i, leaf in enumerate(leaves) if leaf.requires_grad]
        gradients = torch.autograd.grad(output, [leaves[i] for i in wanted], grad_out)
        self._add(f"{name}/grad_out", grad_out)
        for i, gradient in zip(wanted, gradients):
            self._add(f"{name}/grad{i}", gradient)

    def _add(self, key, tensor):
        tensor = tensor.detach()
        if tensor.is_floating_point():
            assert torch.isfinite(tensor).all(), key
            tensor = tensor.float()
        self._tensors[key] = tensor.contiguous()

    def write(self, path, source):
        """Writes the safetensors file: header length, JSON header padded to 8 bytes, then the tensors by name."""
        cases = json.dumps(self._cases, separators=(",", ":"))
        header = {"__metadata__": {"source": source, "torch": torch.__version__, "cases": cases}}
        blobs, offset = [], 0
        for key in sorted(self._tensors):
            tensor = self._tensors[key]
            blob = tensor.numpy().astype("<f4" if tensor.is_floating_point() else "<i4").tobytes()
            header[key] = {"dtype": "F32" if tensor.is_floating_point() else "I32", "shape": list(tensor.shape),
                           "data_offsets": [offset, offset + len(blob)]}
            blobs.append(blob)
            offset += len(blob)
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        with open(path, "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))
        return len(self._cases), 8 + len(text) + offset


def round_to_float(tensor):
    """The nearest float32 values, still as float64."""
    return tensor.float().double()


def shape_name(shape):
    return "x".join(map(str, shape)) if shape else "scalar"


def kaiming(draw, *shape):
    """A weight of variance 1 / fan-in, so that outputs stay of size one."""
    return draw.normal(*shape, scale=1 / math.sqrt(math.prod(shape[1:])))
