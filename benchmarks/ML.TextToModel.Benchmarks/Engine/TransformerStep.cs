using System.Diagnostics;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>
/// One training step, forward, backward and AdamW, of a stack of pre-norm transformer blocks as in GPT-2: width 512, 12
/// layers, 8 heads, 24 tokens, batch 64; against PyTorch in turn.
/// </summary>
internal static class TransformerStep
{
    private const int Width = 512, Depth = 12, Heads = 8, Tokens = 24, Batch = 64;
    private const double TargetShare = 0.9;
    private const double AllocationLimit = 100 * 1024;

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        ParameterSet parameters = new();
        ParameterBuilder builder = new(parameters, new Rng(1));
        Block[] blocks = [.. Enumerable.Range(0, Depth).Select(i => new Block(builder["blocks"][i]))];
        LayerNorm last = new(builder["norm"], Width);
        AdamW optimizer = new(parameters);
        Shape shape = [Batch, Tokens, Width];
        Tensor x = Tensor.Normal(shape, new Rng(2)), target = Tensor.Normal(shape, new Rng(3));

        void Step()
        {
            using TensorScope scope = new();
            Tensor h = x;                                                  // (B, T, W)
            foreach (Block block in blocks) h = block.Forward(h);
            Gradients gradients = (last.Forward(h) - target).Square().Mean().Backward();
            optimizer.Step(gradients);
        }

        Step();
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        double allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        int rounds = context.Choose(2, 9);
        using (PythonPeer? peer = PythonPeer.Start("torch_gpt2_step.py", out string? why))
        {
            if (peer is null)
            {
                yield return new("transformer step", Timing.Seconds(Step, rounds), "s", Detail: why);
            }
            else
            {
                (double ours, double theirs, double ratio) =
                    Timing.Alternate(rounds, () => Timing.Seconds(Step, 1), () => peer.Seconds("step", 2, 1));
                yield return new BenchmarkRow(
                    $"transformer step / PyTorch, OpenBLAS {peer.Core}", 1 / ratio, "×", TargetShare, "lower",
                    Detail: $"{ours:F3} s against {theirs:F3} s", N: rounds).Judge(complete: !context.Options.Quick);
            }
        }
        yield return new BenchmarkRow(
            "transformer step, managed allocation", allocated, "bytes", AllocationLimit, "lower", N: 1).Judge();
        double peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        yield return new("transformer step, peak memory of the process", peak, "MB", Better: "lower");
    }

    private sealed class Block(ParameterBuilder parameters)
    {
        private readonly LayerNorm _attentionNorm = new(parameters["attention_norm"], Width);
        private readonly MultiHeadAttention _attention = new(parameters["attention"], Width, Heads);
        private readonly LayerNorm _mlpNorm = new(parameters["mlp_norm"], Width);
        private readonly Mlp _mlp = new(parameters["mlp"], Width, 4 * Width);

        public Tensor Forward(Tensor x)
        {
            x += _attention.Forward(_attentionNorm.Forward(x));
            return x + _mlp.Forward(_mlpNorm.Forward(x));
        }
    }
}
