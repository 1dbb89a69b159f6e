"""Cases of training: optimizer trajectories, clipping, averaging, the schedule, and three small networks."""
import torch
import torch.nn.functional as F

from golden import Fixed, kaiming
from layers import attention, conv2d

STEPS = 10


def record(golden):
    optimizers(golden)
    clipping(golden)
    averaging_and_schedule(golden)
    gpt_block(golden)
    tina_cnn(golden)
    skip_mlp(golden)


def optimizers(golden):
    def trajectory(start, gradients, make):
        parameter = start.clone().requires_grad_()
        optimizer, path = make([parameter]), []
        for gradient in gradients:
            parameter.grad = gradient.clone()
            optimizer.step()
            path.append(parameter.detach().clone())
        return torch.stack(path)

    def case(name, op, make, **attributes):
        golden.case(name, op, lambda start, gradients: trajectory(start, gradients, make),
                    lambda d: [Fixed(d.normal(7)), Fixed(d.normal(STEPS, 7))], **attributes)

    adamw = {"rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    for decay in (0.0, 0.01):
        case(f"adamw/decay{decay}", "adamw", lambda p: torch.optim.AdamW(p, 0.01, weight_decay=decay),
             **adamw, weightDecay=decay)
    for momentum, nesterov, decay in [(0.0, False, 0.0), (0.9, False, 0.0), (0.9, True, 0.0), (0.9, False, 0.01),
                                      (0.9, True, 0.01)]:
        case(f"sgd/momentum{momentum}{'/nesterov' if nesterov else ''}/decay{decay}", "sgd",
             lambda p: torch.optim.SGD(p, 0.1, momentum, nesterov=nesterov, weight_decay=decay),
             rate=0.1, momentum=momentum, nesterov=nesterov, weightDecay=decay)


def clipping(golden):
    """The norm is taken over both tensors; `out` is the two clipped gradients end to end, before them the norm."""
    def clip(a, b, limit):
        norm = torch.sqrt((a ** 2).sum() + (b ** 2).sum())
        factor = torch.clamp(limit / norm, max=1)
        return torch.cat([norm.reshape(1), (a * factor).flatten(), (b * factor).flatten()])

    for limit in (0.1, 100.0):
        golden.case(f"clip_grad_norm/{limit}", "clip_grad_norm", lambda a, b: clip(a, b, limit),
                    lambda d: [Fixed(d.normal(7)), Fixed(d.normal(3, 5))], maxNorm=limit)


def averaging_and_schedule(golden):
    def average(start, values):
        path = [start]
        for value in values:
            path.append(0.9 * path[-1] + 0.1 * value)
        return torch.stack(path[1:])

    golden.case("ema/0.9", "ema", average, lambda d: [Fixed(d.normal(7)), Fixed(d.normal(STEPS, 7))], decay=0.9)
    for warmup, total, floor in [(5, 20, 0.0), (1, 10, 0.1), (0, 10, 0.0)]:
        golden.case(f"warmup_cosine/{warmup},{total},{floor}", "warmup_cosine",
                    lambda: schedule(0.01, warmup, total, floor), lambda d: [],
                    rate=0.01, warmupSteps=warmup, totalSteps=total, finalRate=0.01 * floor)


def schedule(rate, warmup, total, floor):
    """Rate (s + 1) / warmup in step s < warmup, then half a cosine from the full rate towards the final one."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], rate)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total - warmup, rate * floor)
    rates = [rate * (step + 1) / warmup for step in range(warmup)]
    while len(rates) < total:
        rates.append(cosine.get_last_lr()[0])
        optimizer.step()
        cosine.step()
    return torch.tensor(rates, dtype=torch.float64)


def network(golden, name, op, forward, image, parameters, loss, **attributes):
    """in0 is the network's input, in1… its parameters, named in the attributes; `loss` gives the output gradient."""
    def inputs(draw):
        return [image(draw), *(make(draw) for make in parameters.values())]

    golden.case(name, op, lambda x, *values: forward(x, dict(zip(parameters, values))), inputs, loss=loss,
                parameters=list(parameters), **attributes)


def gpt_block(golden):
    width, heads, tokens, batch = 16, 2, 5, 3

    def weight(*shape):
        return lambda d: kaiming(d, *shape)

    def vector(size, around=0.0):
        return lambda d: around + d.normal(size, scale=0.3)

    def forward(x, p):
        def split(part):   # (B, T, D) → (B, H, T, d)
            return part.reshape(batch, tokens, heads, -1).transpose(1, 2)

        h = F.layer_norm(x, (width,), p["norm1.weight"], p["norm1.bias"])
        q, k, v = map(split, F.linear(h, p["qkv.weight"], p["qkv.bias"]).chunk(3, -1))
        mixed = attention(q, k, v).transpose(1, 2).reshape(batch, tokens, width)
        x = x + F.linear(mixed, p["out.weight"], p["out.bias"])
        h = F.layer_norm(x, (width,), p["norm2.weight"], p["norm2.bias"])
        h = F.gelu(F.linear(h, p["up.weight"], p["up.bias"]), approximate="tanh")
        return x + F.linear(h, p["down.weight"], p["down.bias"])

    network(golden, "gpt_block", "gpt_block", forward, lambda d: d.normal(batch, tokens, width), {
        "norm1.weight": vector(width, 1.0), "norm1.bias": vector(width),
        "qkv.weight": weight(3 * width, width), "qkv.bias": vector(3 * width),
        "out.weight": weight(width, width), "out.bias": vector(width),
        "norm2.weight": vector(width, 1.0), "norm2.bias": vector(width),
        "up.weight": weight(4 * width, width), "up.bias": vector(4 * width),
        "down.weight": weight(width, 4 * width), "down.bias": vector(width),
    }, loss=lambda y: (y ** 2).mean(), heads=heads, epsilon=1e-5, loss_name="mean of squares")


def tina_cnn(golden):
    def forward(x, p):   # x (B, 32, 32, 3) → (B, 10)
        h = torch.relu(conv2d(x, p["conv1.weight"], stride=2, padding=1))
        h = torch.relu(conv2d(h, p["conv2.weight"], stride=1, padding=1))
        return F.linear(h.mean((1, 2)), p["head.weight"], p["head.bias"])

    labels = [3, 8]
    network(golden, "tina_cnn", "tina_cnn", forward, lambda d: Fixed(d.normal(2, 32, 32, 3)), {
        "conv1.weight": lambda d: kaiming(d, 16, 3, 3, 3) * 2 ** 0.5,
        "conv2.weight": lambda d: kaiming(d, 32, 16, 3, 3) * 2 ** 0.5,
        "head.weight": lambda d: kaiming(d, 10, 32) * 3, "head.bias": lambda d: d.normal(10),
    }, loss=lambda y: F.cross_entropy(y, torch.tensor(labels)), labels=labels, loss_name="cross entropy")


def skip_mlp(golden):
    """Two hidden layers, and a linear path without bias from the input to the logits."""
    def forward(x, p):
        h = torch.relu(F.linear(x, p["hidden1.weight"], p["hidden1.bias"]))
        h = torch.relu(F.linear(h, p["hidden2.weight"], p["hidden2.bias"]))
        return F.linear(h, p["head.weight"], p["head.bias"]) + F.linear(x, p["skip.weight"])

    labels = [0, 2, 1, 1, 0, 2, 2]
    network(golden, "skip_mlp", "skip_mlp", forward, lambda d: d.normal(7, 13), {
        "hidden1.weight": lambda d: kaiming(d, 16, 13), "hidden1.bias": lambda d: d.normal(16),
        "hidden2.weight": lambda d: kaiming(d, 8, 16), "hidden2.bias": lambda d: d.normal(8),
        "head.weight": lambda d: kaiming(d, 3, 8), "head.bias": lambda d: d.normal(3),
        "skip.weight": lambda d: kaiming(d, 3, 13),
    }, loss=lambda y: F.cross_entropy(y, torch.tensor(labels)), labels=labels, loss_name="cross entropy")
