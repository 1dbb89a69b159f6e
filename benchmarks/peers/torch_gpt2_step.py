"""Times one training step (forward, backward, AdamW) of a GPT-2-style stack in PyTorch, the peer of the engine's step.

Width 512, 12 pre-norm blocks, 8 heads, 24 tokens, batch 64, MLP ratio 4, GELU (tanh), biases everywhere, a final
LayerNorm, no dropout; the input is embedded already, (B, T, D), and the loss the mean squared distance to a random
target. No causal mask unless --causal. Written to be fast in torch 1.13: one projection for q, k and v, laid out so
that the batched products read their operands in place; each attention layout and each AdamW is tried, the fastest
kept, all of them reported. One JSON document on standard output; with --serve one reply a request {"run": "step"}.

Debian packages: python3-torch, libopenblas0.
"""
import itertools

import peer

WIDTH, DEPTH, HEADS, TOKENS, BATCH = 512, 12, 8, 24, 64


def build(options):
    """The step as a function, in its fastest form, and what was tried to find it."""
    import torch
    import torch.nn.functional as F

    # B batch, T tokens, D width, H heads, d = D / H. Tokens first: (T, B·H, d) is then a view of the projection.
    class Attention(torch.nn.Module):
        def __init__(self, tokens_first):
            super().__init__()
            self.tokens_first = tokens_first
            self.qkv, self.out = torch.nn.Linear(WIDTH, 3 * WIDTH), torch.nn.Linear(WIDTH, WIDTH)

        def forward(self, x):
            d = WIDTH // HEADS
            if self.tokens_first:                                                         # x (T, B, D)
                q, k, v = self.qkv(x).view(TOKENS, -1, 3 * d).transpose(0, 1).chunk(3, dim=-1)      # (B·H, T, d)
                scores = torch.baddbmm(mask, q, k.transpose(1, 2), beta=1, alpha=d ** -0.5)         # (B·H, T, T)
                return self.out(torch.bmm(torch.softmax(scores, -1), v).transpose(0, 1).reshape(x.shape))
            q, k, v = self.qkv(x).view(-1, TOKENS, 3, HEADS, d).permute(2, 0, 3, 1, 4)              # x (B, T, D)
            weights = torch.softmax((q * d ** -0.5) @ k.transpose(-1, -2) + mask, -1)               # (B, H, T, T)
            return self.out((weights @ v).transpose(1, 2).reshape(x.shape))

    class Block(torch.nn.Module):
        def __init__(self, tokens_first):
            super().__init__()
            self.norm1, self.attention = torch.nn.LayerNorm(WIDTH), Attention(tokens_first)
            self.norm2 = torch.nn.LayerNorm(WIDTH)
            self.up, self.down = torch.nn.Linear(WIDTH, 4 * WIDTH), torch.nn.Linear(4 * WIDTH, WIDTH)

        def forward(self, x):
            x = x + self.attention(self.norm1(x))
            return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))

    def training_step(tokens_first, foreach):
        torch.manual_seed(7)
        model = torch.nn.Sequential(*(Block(tokens_first) for _ in range(DEPTH)), torch.nn.LayerNorm(WIDTH))
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.01, foreach=foreach)
        x, target = torch.randn(2, BATCH, TOKENS, WIDTH)
        if tokens_first:
            x, target = x.transpose(0, 1).contiguous(), target.transpose(0, 1).contiguous()

        def step():
            optimizer.zero_grad(set_to_none=True)
            loss = F.mse_loss(model(x), target)
            loss.backward()
            optimizer.step()
            return loss

        return step

    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    peer.load_openblas().openblas_set_num_threads(options.threads)
    mask = torch.zeros(TOKENS, TOKENS)
    if options.causal:
        mask += torch.full((TOKENS, TOKENS), float("-inf")).triu(1)
    tried = {}
    for tokens_first, foreach in itertools.product((True, False), repeat=2):   # one model in memory at a time
        tried[tokens_first, foreach] = peer.measure(training_step(tokens_first, foreach), 2)["min"]
    kept = min(tried, key=tried.get)
    return training_step(*kept), {
        "torch": torch.__version__, "threads": options.threads, "kept": form(*kept),
        "tried": {form(*key): seconds for key, seconds in tried.items()},
        "capability": torch.__config__.show().split("CPU capability usage: ")[1].split()[0]}


def form(tokens_first, foreach):
    return f"{'tokens' if tokens_first else 'batch'}-first, {'foreach' if foreach else 'plain'} AdamW"


def main():
    parser = peer.arguments(__doc__, repeats=7)
    parser.add_argument("--causal", action="store_true", help="mask the tokens to come")
    options = parser.parse_args()
    peer.choose_kernels(options.core)
    step, about = build(options)

    def handle(request):
        if request.get("run") != "step":
            raise peer.PeerError("this peer runs 'step' (and 'info')")
        return {"run": "step", **peer.measure(step, request.get("repeats", options.repeats)), **about}

    if options.serve:
        peer.serve(handle)
    else:
        row = handle({"run": "step"})
        peer.emit({"name": "torch_gpt2_step", "machine": peer.describe(), "rows": [row]})


peer.main(main)
