"""Golden numbers of every operation of the tensor engine, forward and backward, from PyTorch in float64.

Regenerate with    python3 tests/Golden/ops.py    which writes ops.safetensors beside this file.
Debian package: python3-torch (1.13). What the file holds and how it is compared: README.md.
"""
import os

import layers
import primitives
import training
from golden import Golden

golden = Golden()
for part in (primitives, layers, training):
    part.record(golden)
cases, size = golden.write(os.path.join(os.path.dirname(os.path.abspath(__file__)), "ops.safetensors"),
                           "tests/Golden/ops.py")
print(f"{cases} cases, {size} bytes")
