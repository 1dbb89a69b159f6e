"""Cases of the primitive operations: elementwise, reductions, matrix products, movement."""
import torch
import torch.nn.functional as F

from golden import Fixed, shape_name

SIZES = [(1,), (7,), (33,), (3, 5, 7)]
BROADCASTS = [((3, 33), (33,)), ((4, 1, 5), (1, 3, 1))]

UNARY = {   # operation, function, how its inputs are drawn
    "exp": (torch.exp, "normal"), "log": (torch.log, "positive"), "sqrt": (torch.sqrt, "positive"),
    "recip": (torch.reciprocal, "away_from_zero"), "neg": (torch.neg, "normal"),
    "relu": (torch.relu, "away_from_zero"), "tanh": (torch.tanh, "normal"), "sigmoid": (torch.sigmoid, "normal"),
    "gelu": (lambda x: F.gelu(x, approximate="tanh"), "normal"), "silu": (F.silu, "normal"),
}
BINARY = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "max": torch.maximum,
    "less": lambda a, b: (a < b).double(),
}
REDUCTIONS = {"sum": torch.sum, "mean": torch.mean, "max": torch.amax}
REDUCED = [   # shape, axes, whether they stay with length 1
    ((7, 33), [0], False), ((7, 33), [1], True), ((7, 33), [-1], False), ((7, 33), [0, 1], False),
    ((3, 5, 7), [0], True), ((3, 5, 7), [1], False), ((3, 5, 7), [-1], True), ((3, 5, 7), [0, 2], False),
    ((3, 5, 7), [1, 2], True), ((1, 1), [0], False), ((1, 1), [0, 1], True),
]


def record(golden):
    elementwise(golden)
    reductions(golden)
    matrix_products(golden)
    movement(golden)


def elementwise(golden):
    for op, (function, kind) in UNARY.items():
        for shape in SIZES:
            golden.case(f"{op}/{shape_name(shape)}", op, function, lambda d: [
                d.uniform(0.1, 3, *shape) if kind == "positive" else getattr(d, kind)(*shape)])
    for op, function in BINARY.items():
        for a, b in [(shape, shape) for shape in SIZES] + BROADCASTS:
            name = shape_name(a) if a == b else f"{shape_name(a)},{shape_name(b)}"
            golden.case(f"{op}/{name}", op, function, lambda d: [d.normal(*a), d.away_from_zero(*b)])
    for a, b in [(shape, shape) for shape in SIZES] + BROADCASTS:
        name = shape_name(a) if a == b else f"{shape_name(a)},{shape_name(b)}"
        golden.case(f"where/{name}", "where", lambda c, x, y: torch.where(c > 0, x, y), lambda d: [
            Fixed((d.normal(*a) < 0.3).double()), d.normal(*a), d.normal(*b)])


def reductions(golden):
    for op, function in REDUCTIONS.items():
        for shape, axes, keep in REDUCED:
            name = f"{op}/{shape_name(shape)}/axes{','.join(map(str, axes))}{'/keep' if keep else ''}"
            golden.case(name, f"reduce_{op}", lambda x: function(x, axes, keepdim=keep),
                        lambda d: [d.normal(*shape)], axes=axes, keepdim=keep)
    for shape, axis in [((7, 33), -1), ((3, 5, 7), 1), ((1, 1), -1)]:
        for op in ("softmax", "log_softmax"):
            golden.case(f"{op}/{shape_name(shape)}/axis{axis}", op, lambda x: getattr(torch, op)(x, axis),
                        lambda d: [d.normal(*shape, scale=3)], axis=axis)


def matrix_products(golden):
    for a, b in [((7, 33), (33, 5)), ((1, 1), (1, 1)), ((3, 7, 5), (3, 5, 9)), ((2, 1, 7, 5), (3, 5, 9)),
                 ((25, 33), (33, 66))]:   # the last crosses the edges of every tile
        golden.case(f"matmul/{shape_name(a)},{shape_name(b)}", "matmul", torch.matmul,
                    lambda d: [d.normal(*a), d.normal(*b)], transposeA=False, transposeB=False)
    # The attributes say which operand is used as the transposed view (last two axes) of what is stored.
    for a, b in [((7, 33), (33, 5)), ((3, 7, 5), (3, 5, 9))]:
        for ta, tb in [(True, False), (False, True), (True, True)]:
            stored_a, stored_b = flipped(a) if ta else a, flipped(b) if tb else b
            golden.case(f"matmul/{shape_name(a)},{shape_name(b)}/{'t' if ta else 'n'}{'t' if tb else 'n'}", "matmul",
                        lambda x, y: (x.mT if ta else x) @ (y.mT if tb else y),
                        lambda d: [d.normal(*stored_a), d.normal(*stored_b)], transposeA=ta, transposeB=tb)


def flipped(shape):
    return (*shape[:-2], shape[-1], shape[-2])


def movement(golden):
    def one(name, op, function, stored, **attributes):
        golden.case(name, op, function, lambda d: [d.normal(*stored)], **attributes)

    one("reshape/3x4x5", "reshape", lambda x: x.reshape(6, 10), (3, 4, 5), shape=[6, 10])
    one("reshape/permuted", "reshape", lambda x: x.permute(2, 0, 1).reshape(10, 6), (3, 4, 5), permute=[2, 0, 1],
        shape=[10, 6])
    for axes in [(1, 0), (2, 0, 1), (0, 2, 1, 3)]:
        shape = (3, 5, 7, 2)[:len(axes)]
        one(f"permute/{shape_name(axes)}", "permute", lambda x: x.permute(axes), shape, axes=list(axes))
    for shape, to in [((1, 7), (5, 7)), ((3, 1), (3, 33)), ((7,), (3, 7)), ((3, 1, 5), (2, 3, 4, 5))]:
        one(f"expand/{shape_name(to)}", "expand", lambda x: x.expand(to), shape, shape=list(to))
    for shape, starts, lengths in [((33,), [3], [7]), ((7, 33), [0, 5], [7, 9]), ((3, 5, 7), [1, 2, 3], [2, 1, 4])]:
        ends = [s + n for s, n in zip(starts, lengths)]
        one(f"slice/{shape_name(shape)}", "slice", lambda x: x[tuple(map(slice, starts, ends))], shape, starts=starts,
            lengths=lengths)
    for shape, before, after in [((7,), [2], [3]), ((3, 5), [0, 1], [2, 0]), ((2, 3, 4), [1, 0, 2], [0, 1, 1])]:
        widths = [n for pair in zip(reversed(before), reversed(after)) for n in pair]
        one(f"pad/{shape_name(shape)}", "pad", lambda x: F.pad(x, widths), shape, before=before, after=after)
    for axis, widths in [(0, (1, 3, 2)), (1, (5, 1, 7)), (-1, (4, 7, 2))]:
        golden.case(f"concat/axis{axis}", "concat", lambda *xs: torch.cat(xs, axis), lambda d: [
            d.normal(*(n if i == axis % 3 else 3 for i in range(3))) for n in widths], axis=axis)
    golden.case("gather/rows", "gather", lambda x, i: x[i], lambda d: [d.normal(11, 7)],
                indices=lambda d: torch.tensor([3, 0, 10, 3, 3, 7, 0, 5, 1]))
    golden.case("gather/embedding", "gather", lambda x, i: x[i], lambda d: [d.normal(5, 33)],
                indices=lambda d: d.indices(5, 12).reshape(3, 4))
    golden.case("scatter_add/rows", "scatter_add", lambda x, i: torch.zeros(11, 7).double().index_add(0, i, x),
                lambda d: [d.normal(9, 7)], indices=lambda d: torch.tensor([3, 0, 10, 3, 3, 7, 0, 5, 1]), rows=11)
