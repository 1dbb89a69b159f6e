using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>
/// Float matrix products against OpenBLAS, in turn: with the kernels that OpenBLAS chooses for this processor, which is
/// the peer that counts, and with those the environment asks for, where that differs.
/// </summary>
internal static class MatrixProducts
{
    private const double Target = 0.9;

    // M × K × N; n as stored, t stored transposed.
    private static readonly string[] s_shapes =
    [
        "512x512x512:nn", "1024x1024x1024:nn", "1024x1024x1024:nt", "1024x1024x1024:tn",
        "1536x512x2048:nn", "1536x512x2048:nt", "1536x512x2048:tn",
        "1536x2048x512:nn", "1536x2048x512:nt", "1536x2048x512:tn",
    ];

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        int threadsBefore = Workers.Threads;
        using PythonPeer? strong = PythonPeer.Start("openblas_matmul.py", out string? why);
        using PythonPeer? asSet =
            strong is null ? null : PythonPeer.Start("openblas_matmul.py", out _, "--core", "env");
        foreach (int threads in new[] { 1, 2 })
            foreach (string shape in s_shapes)
            {
                context.Cancel.ThrowIfCancellationRequested();
                Workers.Threads = threads;
                foreach (BenchmarkRow row in Measure(context, shape, threads, strong, asSet, why)) yield return row;
            }
        Workers.Threads = threadsBefore;
    }

    private static IEnumerable<BenchmarkRow> Measure(
        BenchmarkContext context, string shape, int threads, PythonPeer? strong, PythonPeer? asSet, string? why)
    {
        int[] sizes = [.. shape[..shape.IndexOf(':')].Split('x').Select(int.Parse)];
        (int m, int k, int n) = (sizes[0], sizes[1], sizes[2]);
        double flops = 2.0 * m * k * n;
        Tensor a = shape[^2] == 'n' ? Tensor.Normal([m, k], new Rng(1)) : Tensor.Normal([k, m], new Rng(1)).Transpose();
        Tensor b = shape[^1] == 'n' ? Tensor.Normal([k, n], new Rng(2)) : Tensor.Normal([n, k], new Rng(2)).Transpose();
        int repeats = Math.Max(3, (int)(0.02 * 1e11 / flops)), rounds = context.Choose(5, 15);
        string name = $"matrix product {shape}, {threads} thread{(threads > 1 ? "s" : "")}";
        double Ours() => Timing.Seconds(
            () =>
            {
                using TensorScope scope = new();
                a.MatMul(b);
            },
            repeats);
        Ours();
        if (strong is null)
        {
            yield return new(name, flops / Ours() / 1e9, "GFLOP/s", Detail: why);
            yield break;
        }
        foreach (PythonPeer peer in asSet is null || asSet.Core == strong.Core ? [strong] : new[] { strong, asSet })
        {
            (double ours, double theirs, double ratio) =
                Timing.Alternate(rounds, Ours, () => peer.Seconds(shape, threads, repeats));
            BenchmarkRow row = new(
                $"{name} / OpenBLAS {peer.Core}", ratio, "×", Target,
                Detail: $"{flops / ours / 1e9:F0} against {flops / theirs / 1e9:F0} GFLOP/s", N: rounds);
            yield return row.Judge(complete: !context.Options.Quick);
        }
    }
}
