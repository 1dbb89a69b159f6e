"""The 5,370-parameter CNN in PyTorch: the peer of the engine's CNN training, in three modes.

throughput (default): images/s of fine-tuning at batch 64, normalised images in memory, forward, cross-entropy,
    backward and optimizer, for SGD with momentum and for AdamW; memory layouts and oneDNN on and off are tried, the
    fastest kept. With --serve one reply a request {"run": "sgd"} or {"run": "adamw"}.
generic: trains the 100-class network on CIFAR-100 with flips and crops; reports its accuracy, the seconds, and what
    classifier selection makes of it on 10-class tasks. --holdout K trains without K images a class and scores on those.
finetune: starts from generic weights (--weights), keeps the rows of the asked classes and trains on the task's
    images. With --grid every setting of GRID is scored, for choosing; without, the one given.

One JSON document on standard output, progress on standard error. Debian packages: python3-torch, libopenblas0;
the last two modes read --data-root, the folder that holds image/cifar100.
"""
import copy
import itertools
import math
import statistics
import sys
import time

import peer

GRID = [("adamw", 1e-3), ("adamw", 3e-3), ("adamw", 1e-2), ("adamw", 3e-2), ("adamw", 1e-1),
        ("sgd", 1e-2), ("sgd", 3e-2), ("sgd", 1e-1), ("sgd", 3e-1), ("sgd", 1.0)]


def network(classes):
    """conv 3→16 stride 2, ReLU, conv 16→32, ReLU, mean over 16×16, linear; no bias in the convolutions."""
    from torch import nn
    model = nn.Sequential(nn.Conv2d(3, 16, 3, stride=2, padding=1, bias=False), nn.ReLU(inplace=True),
                          nn.Conv2d(16, 32, 3, stride=1, padding=1, bias=False), nn.ReLU(inplace=True),
                          nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, classes))
    for convolution in (model[0], model[2]):   # He et al. 2015; torch's own default starts too small for this network
        nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
    return model


def make_optimizer(name, model, rate, weight_decay):
    import torch
    if name == "sgd":
        return torch.optim.SGD(model.parameters(), rate, momentum=0.9, weight_decay=weight_decay)
    return torch.optim.AdamW(model.parameters(), rate, weight_decay=weight_decay)


def throughput_steps(options):
    """For each optimizer its training step in the fastest layout, and the seconds of all that were tried."""
    import torch
    import torch.nn.functional as F

    def training_step(name, layout, onednn):
        torch.manual_seed(7)
        model = network(10).to(memory_format=layout)
        images = torch.randn(options.batch, 3, 32, 32).contiguous(memory_format=layout)
        labels = torch.randint(10, (options.batch,))
        optimizer = make_optimizer(name, model, 1e-3, 0.0)

        def step():
            with torch.backends.mkldnn.flags(enabled=onednn):
                optimizer.zero_grad(set_to_none=True)
                F.cross_entropy(model(images), labels).backward()
                optimizer.step()

        return step

    steps, tried = {}, {}
    for name, layout, onednn in itertools.product(
            ("sgd", "adamw"), (torch.contiguous_format, torch.channels_last), (True, False)):
        order = "channels last" if layout == torch.channels_last else "contiguous"
        form = f"{order}, oneDNN {'on' if onednn else 'off'}"
        step = training_step(name, layout, onednn)
        tried.setdefault(name, {})[form] = peer.measure(step, 50, warmups=10)["min"]
        if tried[name][form] == min(tried[name].values()):
            steps[name] = form, step
    return steps, tried


def throughput(options):
    steps, tried = throughput_steps(options)

    def handle(request):
        name = request.get("run")
        if name not in steps:
            raise peer.PeerError("this peer runs 'sgd' and 'adamw' (and 'info')")
        form, step = steps[name]
        measured = peer.measure(step, request.get("repeats", options.repeats), warmups=5)
        return {"run": name, "threads": options.threads, "batch": options.batch, **measured, "kept": form,
                "tried": tried[name], "imagesPerSecond": options.batch / measured["seconds"],
                "imagesPerSecondBest": options.batch / measured["min"]}

    if options.serve:
        peer.serve(handle)
    else:
        rows = [handle({"run": name}) for name in steps]
        peer.emit({"name": "torch_cnn throughput", "machine": peer.describe(), "rows": rows})


def train(model, data, epochs, options, optimizer_name, rate):
    """Trains in place: linear warm-up, then a cosine down to zero; the gradient's norm is clipped."""
    import torch
    import torch.nn.functional as F
    optimizer = make_optimizer(optimizer_name, model, rate, options.weight_decay)
    total = epochs * math.ceil(len(data.labels) / options.batch)
    warmup = max(1, int(total * options.warmup))

    def factor(step):
        if step < warmup:
            return (step + 1) / warmup
        return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (total - warmup)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
    for epoch in range(epochs):
        losses = []
        for images, labels in data.batches(options.batch):
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(model(images), labels, label_smoothing=options.smoothing)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), options.clip)
            optimizer.step()
            schedule.step()
            losses.append(loss.detach())
        if epochs >= 30 and epoch % 10 == 9 and not options.quiet:
            print(f"epoch {epoch + 1} loss {torch.stack(losses).mean():.4f}", file=sys.stderr, flush=True)


class Cifar:
    """Training images, and the images that score: the test part, or those held out of the training part."""

    def __init__(self, options):
        import cifar100
        self.pixels, self.labels = cifar100.read(options.data_root, "train")
        if options.holdout:
            cut = len(self.labels) - cifar100.CLASSES * options.holdout   # records go round the classes
            score_pixels, self.score_labels = self.pixels[cut:], self.labels[cut:]
            self.pixels, self.labels = self.pixels[:cut], self.labels[:cut]
        else:
            score_pixels, self.score_labels = cifar100.read(options.data_root, "test")
        self.scaling = cifar100.Scaling(self.pixels)
        self.score_images = self.scaling(score_pixels)

    def logits(self, model, images):
        import torch
        with torch.no_grad():
            return torch.cat([model(part) for part in images.split(1000)])

    def task_accuracy(self, classes, logits_of):
        """p-Acc: `logits_of` takes the indices of the task's scoring images and gives (n, len(classes))."""
        import torch
        rows = torch.isin(self.score_labels, classes).nonzero()[:, 0]
        return (classes[logits_of(rows).argmax(1)] == self.score_labels[rows]).double().mean().item()


def generic(options):
    import cifar100
    import torch
    data = Cifar(options)
    torch.manual_seed(options.seed)
    model = network(cifar100.CLASSES)
    generator = torch.Generator().manual_seed(options.seed)
    start = time.perf_counter()
    images = cifar100.Augmented(data.pixels, data.labels, data.scaling, generator)
    train(model, images, options.epochs or 60, options, options.optimizer, options.rate)
    seconds = time.perf_counter() - start
    logits = data.logits(model, data.score_images)
    accuracy = (logits.argmax(1) == data.score_labels).double().mean().item()
    selection = [data.task_accuracy(c, lambda rows, c=c: logits[rows][:, c]) for c in cifar100.tasks(options.tasks, 1)]
    if options.save:
        torch.save(model.state_dict(), options.save)
    return {"recipe": recipe(options), "holdout": options.holdout, "accuracy": accuracy, "seconds": seconds,
            "cpuSeconds": time.process_time(), "selection": cifar100.mean_and_error(selection)}


def finetune(options):
    import cifar100
    import torch
    data = Cifar(options)
    base = network(cifar100.CLASSES)
    base.load_state_dict(torch.load(options.weights))
    base_logits = data.logits(base, data.score_images)
    settings = GRID if options.grid else [(options.optimizer, options.rate)]
    scores = {setting: [] for setting in [("selection", 0.0), *settings]}
    seconds = {setting: [] for setting in settings}
    # Seeds apart: settings are chosen on the tasks of one seed and reported on those of another.
    for number, classes in enumerate(cifar100.tasks(options.tasks, seed=2 if options.grid else 1)):
        scores["selection", 0.0].append(data.task_accuracy(classes, lambda rows: base_logits[rows][:, classes]))
        mine = torch.isin(data.labels, classes)
        local = torch.full((cifar100.CLASSES,), -1).scatter(0, classes, torch.arange(len(classes)))[data.labels[mine]]
        for name, rate in settings:
            model = select_rows(base, classes)
            generator = torch.Generator().manual_seed(options.seed + number)
            images = cifar100.Augmented(data.pixels[mine], local, data.scaling, generator)
            start = time.perf_counter()
            train(model, images, options.epochs or 10, options, name, rate)
            seconds[name, rate].append(time.perf_counter() - start)
            scores[name, rate].append(
                data.task_accuracy(classes, lambda rows: data.logits(model, data.score_images[rows])))
        if not options.quiet:
            print(f"task {number + 1} of {options.tasks}", file=sys.stderr, flush=True)
    return [{"run": name, "rate": rate, "epochs": 0 if name == "selection" else options.epochs or 10,
             "holdout": options.holdout, "accuracy": cifar100.mean_and_error(values),
             "seconds": statistics.median(seconds[name, rate]) if (name, rate) in seconds else None,
             "gain": cifar100.mean_and_error([v - s for v, s in zip(values, scores["selection", 0.0])])}
            for (name, rate), values in scores.items()]


def select_rows(base, classes):
    """A copy of the generic network with the head's rows of `classes` only."""
    import torch
    model = copy.deepcopy(base)
    head = torch.nn.Linear(32, len(classes))
    head.weight.data, head.bias.data = base[-1].weight.data[classes].clone(), base[-1].bias.data[classes].clone()
    model[-1] = head
    return model


def recipe(options):
    return {name: getattr(options, name) for name in
            ("optimizer", "rate", "weight_decay", "warmup", "clip", "batch", "epochs", "smoothing", "seed", "threads")}


def parse():
    parser = peer.arguments(__doc__, repeats=200)
    parser.add_argument("mode", nargs="?", default="throughput", choices=["throughput", "generic", "finetune"])
    parser.add_argument("--data-root", help="folder that holds image/cifar100")
    parser.add_argument("--optimizer", default="adamw", choices=["adamw", "sgd"])
    parser.add_argument("--rate", type=float, default=1e-2, help="peak rate (default 0.01)")
    parser.add_argument("--weight-decay", type=float, default=1e-4)
    parser.add_argument("--warmup", type=float, default=0.2, help="part of the steps (default 0.2)")
    parser.add_argument("--clip", type=float, default=1.0, help="largest norm of the gradient (default 1)")
    parser.add_argument("--smoothing", type=float, default=0.0, help="label smoothing")
    parser.add_argument("--epochs", type=int, help="default: generic 60, finetune 10")
    parser.add_argument("--batch", type=int, help="default: generic 128, else 64")
    parser.add_argument("--tasks", type=int, default=30, help="10-class tasks that are scored (default 30)")
    parser.add_argument("--holdout", type=int, default=0, help="training images a class kept for scoring")
    parser.add_argument("--grid", action="store_true", help="finetune: score every setting of the grid")
    parser.add_argument("--weights", help="finetune: the generic network's weights")
    parser.add_argument("--save", help="generic: where to write the weights")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    options.batch = options.batch or (128 if options.mode == "generic" else 64)
    return options


def main():
    options = parse()
    peer.choose_kernels(options.core)
    import torch
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    peer.load_openblas().openblas_set_num_threads(options.threads)
    if options.mode == "throughput":
        throughput(options)
    elif not options.data_root:
        raise peer.PeerError(f"{options.mode} needs --data-root, the folder that holds image/cifar100")
    else:
        rows = [generic(options)] if options.mode == "generic" else finetune(options)
        peer.emit({"name": f"torch_cnn {options.mode}", "machine": peer.describe(), "rows": rows})


peer.main(main)
