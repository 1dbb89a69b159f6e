"""Cases of the composed and fused operations: losses, linear, layer norm, attention, convolution, pooling."""
import torch
import torch.nn.functional as F

from golden import kaiming, shape_name


def record(golden):
    losses(golden)
    linear_and_norm(golden)
    attention_cases(golden)
    convolutions(golden)
    pooling(golden)


def losses(golden):
    for smoothing in (0.0, 0.1):
        golden.case(f"cross_entropy/7x33/smoothing{smoothing}", "cross_entropy",
                    lambda x, i: F.cross_entropy(x, i, label_smoothing=smoothing),
                    lambda d: [d.normal(7, 33, scale=3)], indices=lambda d: d.indices(33, 7), smoothing=smoothing)


def linear_and_norm(golden):
    golden.case("linear/2x3x33", "linear", F.linear,
                lambda d: [d.normal(2, 3, 33), kaiming(d, 10, 33), d.normal(10)])
    golden.case("linear/no-bias", "linear", F.linear, lambda d: [d.normal(1, 33), kaiming(d, 10, 33)])
    for shape in [(7, 33), (2, 3, 64)]:
        width = shape[-1:]
        golden.case(f"layer_norm/{shape_name(shape)}", "layer_norm", lambda x: F.layer_norm(x, width, eps=1e-5),
                    lambda d: [d.normal(*shape, scale=2)], epsilon=1e-5)
        golden.case(f"layer_norm/{shape_name(shape)}/affine", "layer_norm",
                    lambda x, w, b: F.layer_norm(x, width, w, b, eps=1e-5),
                    lambda d: [d.normal(*shape, scale=2), 1 + d.normal(*width) / 2, d.normal(*width)], epsilon=1e-5)


    for relu in False, True:
        golden.case(f"batch_norm/4x5x3x33{'/relu' * relu}", "batch_norm", lambda x, w, b: batch_norm(x, w, b, relu),
                    lambda d: [1 + d.normal(4, 5, 3, 33, scale=2), 1 + d.normal(33) / 2, d.normal(33)], epsilon=1e-5,
                    relu=relu)


def batch_norm(x, weight, bias, relu):
    """x (N, H, W, C), with the statistics of the batch."""
    y = F.batch_norm(x.permute(0, 3, 1, 2), None, None, weight, bias, training=True, eps=1e-5).permute(0, 2, 3, 1)
    return y.relu() if relu else y


def attention(q, k, v, allowed=None):
    """softmax(q kᵀ / √d + mask) v; `allowed` is 1 where a query may look."""
    scores = q @ k.mT / q.shape[-1] ** 0.5
    if allowed is not None:
        scores = scores.masked_fill(allowed == 0, float("-inf"))
    return torch.softmax(scores, -1) @ v


def attention_cases(golden):
    # (B, H, T, d); the mask of padded keys is (B, 1, 1, T).
    golden.case("attention/cross", "attention", attention, lambda d: [
        d.normal(2, 3, 7, 8), d.normal(2, 3, 5, 8), d.normal(2, 3, 5, 8)], causal=False)
    golden.case("attention/self/padding", "attention", attention, lambda d: [d.normal(2, 3, 7, 8) for _ in range(3)],
                mask=lambda d: (torch.arange(7) < torch.tensor([[7], [4]])).reshape(2, 1, 1, 7), causal=False)
    golden.case("attention/self/causal", "attention",
                lambda q, k, v: attention(q, k, v, torch.ones(7, 7).tril()),
                lambda d: [d.normal(2, 3, 7, 8) for _ in range(3)], causal=True)


def conv2d(x, weight, bias=None, stride=1, padding=0, groups=1):
    """x (N, H, W, C), weight (O, C / groups, kh, kw) → (N, H', W', O)."""
    return F.conv2d(x.permute(0, 3, 1, 2), weight, bias, stride, padding, groups=groups).permute(0, 2, 3, 1)


def task_conv2d(x, weight, stride, padding):
    """x (T, B, H, W, C) or, shared by the tasks, (B, H, W, C); weight (T, O, C, kh, kw) → (T, B, H', W', O)."""
    images = x if x.ndim == 5 else [x] * len(weight)
    return torch.stack([conv2d(i, w, stride=stride, padding=padding) for i, w in zip(images, weight)])


def convolutions(golden):
    def case(channels, out, kernel, stride, padding, groups=1, size=(1, 7, 9), bias=False):
        name = f"conv2d/{channels}to{out}/k{kernel}s{stride}p{padding}g{groups}{'/bias' if bias else ''}"
        settings = {"stride": stride, "padding": padding, "groups": groups}
        golden.case(name, "conv2d", lambda *inputs: conv2d(*inputs, **settings), lambda d: [
            d.normal(*size, channels), kaiming(d, out, channels // groups, kernel, kernel)]
            + ([d.normal(out)] if bias else []), **settings)

    case(3, 16, kernel=3, stride=2, padding=1)   # the CNN's own sizes: here, and as a whole in tina_cnn
    case(16, 32, kernel=1, stride=1, padding=0, size=(1, 3, 5))
    case(5, 7, kernel=3, stride=1, padding=1, bias=True)
    for stride in (1, 2):
        for kernel, padding in [(1, 0), (1, 1), (3, 0), (3, 1), (5, 0), (5, 1)]:
            case(2, 3, kernel, stride, padding)
    case(4, 6, kernel=3, stride=1, padding=1, groups=2, size=(2, 5, 6))
    case(4, 6, kernel=3, stride=2, padding=1, groups=2, bias=True)
    case(5, 5, kernel=3, stride=1, padding=1, groups=5)
    case(5, 10, kernel=3, stride=2, padding=1, groups=5)
    for shared in (False, True):
        for stride, padding in [(1, 1), (2, 0)]:
            shape = (2, 4, 5, 3) if shared else (3, 2, 4, 5, 3)
            golden.case(f"task_conv2d/{'shared' if shared else 'own'}/s{stride}p{padding}", "task_conv2d",
                        lambda x, w: task_conv2d(x, w, stride, padding),
                        lambda d: [d.normal(*shape), torch.stack([kaiming(d, 4, 3, 3, 3) for _ in range(3)])],
                        stride=stride, padding=padding, sharedImages=shared)


def pooling(golden):
    def channels_last(pool):
        return lambda x: pool(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)

    for size in [(6, 8), (7, 9)]:   # an odd last row or column is dropped
        for op, pool in (("avg_pool", F.avg_pool2d), ("max_pool", F.max_pool2d)):
            golden.case(f"{op}/{shape_name(size)}", op, channels_last(lambda x: pool(x, 2)),
                        lambda d: [d.normal(2, *size, 3)], size=2)
        golden.case(f"global_mean_pool/{shape_name(size)}", "global_mean_pool", lambda x: x.mean((1, 2)),
                    lambda d: [d.normal(2, *size, 3)])
