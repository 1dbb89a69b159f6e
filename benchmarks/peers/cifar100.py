"""CIFAR-100 for the PyTorch peers: reading the record files, crops and flips by the batch, tasks and their scores."""
import gzip
import os

import numpy as np
import torch

CLASSES, SIDE, PADDING = 100, 32, 4
RECORD = 2 + 3 * SIDE * SIDE   # coarse label, fine label, red, green and blue planes


def read(data_root, part):
    """Pixels (N, 3, 32, 32) as bytes and fine labels (N) of `part`, train or test; records go round the classes."""
    with gzip.open(os.path.join(data_root, "image", "cifar100", f"{part}.bin.gz")) as file:
        records = np.frombuffer(file.read(), np.uint8).reshape(-1, RECORD)
    pixels = records[:, 2:].reshape(-1, 3, SIDE, SIDE)
    return torch.from_numpy(pixels.copy()), torch.from_numpy(records[:, 1].astype(np.int64))


class Scaling:
    """(pixel / 255 - mean) / deviation, both per channel and measured on the training images."""

    def __init__(self, pixels):
        channels = pixels.permute(1, 0, 2, 3).reshape(3, -1).double()
        self.mean, self.deviation = channels.mean(1), channels.std(1, unbiased=False)   # in pixel units
        self._shift = self.mean.float().view(3, 1, 1)
        self._factor = (1 / self.deviation).float().view(3, 1, 1)

    def __call__(self, pixels):
        return (pixels.float() - self._shift) * self._factor


class Augmented:
    """Training images as random crops of the image padded by four pixels of the mean colour, half of them flipped."""

    def __init__(self, pixels, labels, scaling, generator):
        self.labels, self._scaling, self._generator = labels, scaling, generator
        edge = SIDE + 2 * PADDING
        padded = scaling.mean.round().byte().view(3, 1, 1).expand(len(pixels), 3, edge, edge).contiguous()
        padded[:, :, PADDING:-PADDING, PADDING:-PADDING] = pixels
        both = torch.stack([padded, padded.flip(-1)])                     # (2, N, 3, 40, 40)
        crops = both.unfold(3, SIDE, 1).unfold(4, SIDE, 1)                # (2, N, 3, 9, 9, 32, 32), a view
        self._crops = crops.permute(0, 1, 3, 4, 2, 5, 6)

    def batches(self, size):
        """One epoch in random order; the last batch may be smaller."""
        count, offsets = len(self.labels), 2 * PADDING + 1

        def draw(bound):
            return torch.randint(bound, (count,), generator=self._generator)

        order = torch.randperm(count, generator=self._generator)
        flip, down, right = draw(2), draw(offsets), draw(offsets)
        for start in range(0, count, size):
            part = slice(start, start + size)
            index = order[part]
            yield self._scaling(self._crops[flip[part], index, down[part], right[part]]), self.labels[index]


def tasks(count, seed, width=10):
    """Class lists (count, width), each without repetition."""
    generator = torch.Generator().manual_seed(seed)
    return torch.stack([torch.randperm(CLASSES, generator=generator)[:width] for _ in range(count)])


def mean_and_error(values):
    """Mean and its standard error."""
    values = torch.tensor(values, dtype=torch.float64)
    return {"value": values.mean().item(), "stderr": (values.std() / len(values) ** 0.5).item(), "n": len(values)}
