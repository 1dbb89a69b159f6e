"""Writes the golden files beside it with NumPy, so that our readers are held against another program's files.

Run: python3 make.py. Made with Python 3.11 and NumPy 1.24; the tests know the values from the formulas below.
"""
import json
import pathlib
import struct

import numpy as np

here = pathlib.Path(__file__).parent
values = (np.arange(24) - 3).reshape(2, 3, 4)  # -3 .. 20

dtypes = {"f2": "<f2", "f4": "<f4", "f8": "<f8", "f4-big": ">f4", "f8-big": ">f8", "i4": "<i4", "i8": "<i8"}
for name, dtype in dtypes.items():
    np.save(here / f"{name}.npy", values.astype(dtype))
np.save(here / "u1.npy", (values + 3).astype("|u1"))
np.save(here / "b1.npy", values % 2 == 0)
np.save(here / "fortran.npy", np.asfortranarray(values.astype("<f4")))
np.save(here / "scalar.npy", np.float32(2.5))
np.save(here / "empty.npy", np.zeros((3, 0), "<f4"))
for version in (2, 3):
    with open(here / f"version{version}.npy", "wb") as file:
        np.lib.format.write_array(file, values.astype("<f4"), version=(version, 0))

# safetensors: every type, as the format's page describes the bytes; the header is what json.dumps makes of it.
bfloat16 = (np.array([-3, 0, 1.5, 20], "<f4").view("<u4") >> 16).astype("<u2")
tensors = {
    "U8": np.array([0, 1, 255], "u1"),
    "F32": np.array([[-3, 0.1], [np.inf, 20]], "<f4"),
    "F16": np.array([-3, 0.1, 65504], "<f2"),
    "BF16": bfloat16,
    "F64": np.array([-3, 0.1, 1e300], "<f8"),
    "I8": np.array([-128, 127], "i1"),
    "I16": np.array([-32768, 32767], "<i2"),
    "U16": np.array([0, 65535], "<u2"),
    "I32": np.array([-2**31, 2**31 - 1], "<i4"),
    "U32": np.array([0, 2**32 - 1], "<u4"),
    "I64": np.array([-2**63, 2**63 - 1], "<i8"),
    "U64": np.array([0, 2**64 - 1], "<u8"),
    "BOOL": np.array([0, 1], "u1"),
}
header, data = {"__metadata__": {"made by": "make.py", "schrift": "größer ≥ 0"}}, b""
for name, array in tensors.items():
    begin, data = len(data), data + array.tobytes()
    header[name] = {"dtype": name, "shape": list(array.shape), "data_offsets": [begin, len(data)]}
text = json.dumps(header).encode()
(here / "types.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
