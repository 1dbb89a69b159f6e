#!/usr/bin/env python3
"""Predicts with a .t2m file by NumPy alone, as docs/format-t2m.md says.

    python3 read_t2m.py MODEL.t2m ROWS.npy

ROWS.npy holds raw rows (N, row length): for images the red, green and blue planes from 0 to 255, for features one
number per column, NaN where missing. Prints {"classes": [...], "probabilities": [[...], ...]}.
"""
import json
import struct
import sys

import numpy as np


def read(path):
    """The metadata and the tensors, as float64."""
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    metadata = json.loads(header.pop("__metadata__")["t2m"])
    if metadata["format"] > 5:
        raise SystemExit(f"{path}: format version {metadata['format']} is later than 5")
    tensors = {}
    for name, entry in header.items():
        half = metadata["format"] >= 4 and name.startswith("backbone.") and entry["dtype"] == "F16"
        assert half or entry["dtype"] == "F32", name
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[begin:end], "<f2" if half else "<f4")
        tensors[name] = values.reshape(entry["shape"]).astype(np.float64)
    return metadata, tensors


def share(part):
    """Mean and deviation of a mark that a share of the rows has."""
    return part, max(0.2, (part * (1 - part)) ** 0.5)


def number(values, column):
    if column["deviation"] > 0:
        clamped = np.clip(np.where(np.isfinite(values), values, column["mean"]), column["low"], column["high"])
        yield (clamped - column["mean"]) / column["deviation"]


def missing_mark(values, column):
    if column["missingShare"] > 0:
        mean, deviation = share(column["missingShare"])
        yield (~np.isfinite(values) - mean) / deviation


def numeric(values, column):
    yield from number(values, column)
    yield from missing_mark(values, column)


def quantile(values, column):
    there = np.isfinite(values)
    yield np.where(there, np.interp(np.where(there, values, 0), column["knots"], column["values"]), 0)
    yield from missing_mark(values, column)


def date(values, column):
    yield from number(values, column)
    there = np.isfinite(values)
    days = np.where(there, values, 0)
    for cycle in column["cycles"]:
        angle = (days - cycle["period"] * np.floor(days / cycle["period"])) * 2 * np.pi / cycle["period"]
        for name, wave in ("sine", np.sin(angle)), ("cosine", np.cos(angle)):
            yield np.where(there, (wave - cycle[name + "Mean"]) / cycle[name + "Deviation"], 0)
    yield from missing_mark(values, column)


def categorical(values, column):
    count, marked = len(column["categories"]), column["marked"]
    index = np.where((values >= 0) & (values < count), np.nan_to_num(values), count).astype(int)
    parts = [column["shares"][i] for i in marked]
    marks = [index == i for i in marked]
    if 1 - sum(parts) > 1e-6:
        parts.append(1 - sum(parts))
        marks.append(~np.isin(index, marked))
    if len(marks) in (1, 2):
        marks.pop()
    for mark, part in zip(marks, parts):
        mean, deviation = share(part)
        yield (mark - mean) / deviation
    if count > max(len(marked), 1):
        logs = [np.log(max(part, 1e-6) * count) / 2 for part in column["shares"]]
        yield np.array(logs + [column.get("unseen", 0)])[index]


def window_sums(x, weight, stride, padding, groups):
    """x (N, H, W, C), weight (O, C / groups, KH, KW) → (N, OH, OW, O)."""
    _, inputs, height, width = weight.shape
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    rows, columns = (x.shape[1] - height) // stride + 1, (x.shape[2] - width) // stride + 1
    parts = []
    for g, w in enumerate(np.split(weight, groups)):
        of_group = x[..., g * inputs:(g + 1) * inputs]
        parts.append(sum(
            of_group[:, i:i + stride * (rows - 1) + 1:stride, j:j + stride * (columns - 1) + 1:stride] @ w[:, :, i, j].T
            for i in range(height) for j in range(width)))
    return np.concatenate(parts, axis=-1)


def step_value(index, step, values, tensors):
    """The value of one step of a backbone; all values are (N, H, W, C)."""
    kind, x = step["kind"], values[step["first" if step["kind"] == "add" else "input"]]
    if kind == "convolution":
        sums = window_sums(x, tensors[f"backbone.{index}.weight"], step["stride"], step["padding"], step["groups"])
        return sums + tensors[f"backbone.{index}.bias"]
    if kind == "add":
        return x + values[step["second"]]
    if kind == "clamp":
        return np.clip(x, step.get("low", -np.inf), step.get("high", np.inf))
    if kind == "slice":
        return x[(slice(None), *(
            slice(start, start + (size - 1) * by + 1, by)
            for start, by, size in zip(step["starts"], step["steps"], step["sizes"])))]
    if kind == "pad":
        return np.pad(x, ((0, 0), *zip(step["before"], step["after"])))
    if kind == "mean":
        return x.mean((1, 2), keepdims=True)
    if kind == "flatten":
        return x.transpose(0, 3, 1, 2).reshape(len(x), 1, 1, -1)
    raise SystemExit(f"unknown step {kind}")


def backbone(rows, spec, tensors):
    values = [preprocess(rows, {"kind": "image", **spec["image"]}, spec, tensors)]
    for index, step in enumerate(spec["steps"]):
        values.append(step_value(index, step, values, tensors))
    return values[-1].reshape(len(rows), -1)


def preprocess(rows, preprocessing, spec, tensors):
    if preprocessing["kind"] == "table":
        kinds = {"numeric": numeric, "quantile": quantile, "date": date, "categorical": categorical}
        return np.stack([
            feature for i, column in enumerate(preprocessing["columns"])
            for feature in kinds[column["kind"]](rows[:, i], column)], axis=1)
    if preprocessing["kind"] == "text":                    # rows are the encoder's numbers
        return preprocess(rows, preprocessing["numbers"], spec, tensors)
    if preprocessing["kind"] == "backbone":
        return backbone(rows, preprocessing["spec"], tensors)
    mean, deviation = (np.array(preprocessing[key], np.float64) for key in ("mean", "deviation"))
    if preprocessing["kind"] == "image":
        planes = rows.reshape(len(rows), 3, spec["height"], spec["width"]).transpose(0, 2, 3, 1)
        return (planes / 255 - mean) / deviation          # (N, H, W, 3)
    if preprocessing["kind"] == "features":
        values = (rows - mean) / deviation if mean.size else rows
        return np.where(np.isfinite(values), values, 0)   # (N, inputs)
    raise SystemExit(f"unknown preprocessing {preprocessing['kind']}")


def convolve(x, weight, stride):
    """x (N, H, W, C), weight (O, C, 3, 3), one zero round each image → (N, OH, OW, O)."""
    rows, columns = ((size - 1) // stride + 1 for size in x.shape[1:3])
    x = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    return sum(
        x[:, i:i + stride * (rows - 1) + 1:stride, j:j + stride * (columns - 1) + 1:stride] @ weight[:, :, i, j].T
        for i in range(3) for j in range(3))


def cnn(x, spec, p):
    for i, stride in enumerate(spec["strides"], 1):
        x = np.maximum(convolve(x, p[f"conv{i}.weight"], stride), 0)
    return x.mean((1, 2)) @ p["head.weight"].T + p["head.bias"]


def mlp(x, spec, p):
    h = x
    for i in range(1, len(spec["hidden"]) + 1):
        h = np.maximum(h @ p[f"hidden{i}.weight"].T + p[f"hidden{i}.bias"], 0)
    logits = h @ p["head.weight"].T + p["head.bias"]
    return logits + x @ p["skip.weight"].T if spec["skip"] else logits


def linear(x, spec, p):
    return x @ p["head.weight"].T + p["head.bias"]


def predict(path, rows):
    metadata, tensors = read(path)
    spec = metadata["spec"]
    x = preprocess(rows.astype(np.float64), metadata["preprocessing"], spec, tensors)
    logits = {"cnn": cnn, "mlp": mlp, "linear": linear}[spec["kind"]](x, spec, tensors)
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return metadata["classes"], e / e.sum(-1, keepdims=True)


if __name__ == "__main__":
    classes, probabilities = predict(sys.argv[1], np.load(sys.argv[2]))
    print(json.dumps({"classes": classes, "probabilities": probabilities.tolist()}))
