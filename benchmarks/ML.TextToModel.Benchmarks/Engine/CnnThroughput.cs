using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>
/// Fine-tuning steps of the 5,370-parameter CNN at batch 64 on images in memory: forward, cross-entropy, backward and
/// optimizer; against PyTorch in the fastest of its layouts, in turn. And many p-models side by side.
/// </summary>
internal static class CnnThroughput
{
    private const int Batch = 64, Classes = 10, Repeats = 60;
    private const double Target = 8000, TargetRatio = 2, AllocationLimit = 100 * 1024;

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        int rounds = context.Choose(3, 9);
        using PythonPeer? peer = PythonPeer.Start("torch_cnn.py", out string? why);
        foreach (string optimizer in new[] { "adamw", "sgd" })
        {
            Action step = CreateStep(optimizer, tasks: 1);
            double Ours() => Timing.Seconds(step, Repeats);
            Ours();
            (double ours, double theirs, double ratio) = peer is null
                ? (Ours(), double.NaN, double.NaN)
                : Timing.Alternate(rounds, Ours, () => peer.Seconds(optimizer, 2, Repeats));
            yield return new BenchmarkRow(
                $"CNN fine-tuning, {optimizer}, batch {Batch}", Batch / ours, "images/s", Target, N: rounds)
                .Judge(complete: !context.Options.Quick);
            yield return peer is null
                ? BenchmarkRow.Absent($"CNN fine-tuning, {optimizer} / PyTorch", "×", why!)
                : new BenchmarkRow(
                    $"CNN fine-tuning, {optimizer} / PyTorch", ratio, "×", TargetRatio,
                    Detail: $"{Batch / ours:N0} against {Batch / theirs:N0} images/s", N: rounds)
                    .Judge(complete: !context.Options.Quick);
            long before = GC.GetAllocatedBytesForCurrentThread();
            step();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            yield return new BenchmarkRow(
                $"CNN fine-tuning, {optimizer}, managed allocation of a step", allocated, "bytes",
                AllocationLimit, "lower", N: 1).Judge();
        }
        const int together = 16;
        Action batched = CreateStep("adamw", together);
        Timing.Seconds(batched, 3);
        double rate = together * Batch / Timing.Seconds(batched, 20);
        yield return new($"CNN fine-tuning, {together} p-models side by side", rate, "images/s", N: 20);
    }

    private static Action CreateStep(string optimizerName, int tasks)
    {
        CnnSpec spec = new() { Classes = Classes };
        ParameterSet parameters = new();
        float[] initial = spec.Initialize(new Rng(1));
        foreach (ParameterSlot slot in spec.Layout.Slots)
        {
            Tensor one = Tensor.From(slot.Of(initial), slot.Shape.Insert(0, 1));
            parameters.Add(slot.Name, one.Expand(slot.Shape.Insert(0, tasks)).Clone()).RequiresGradient = true;
        }
        Tensor[] tensors = [.. parameters.Select(p => p.Value)];
        Tensor images = Tensor.Normal([tasks, Batch, 32, 32, 3], new Rng(2));
        int[] labels = [.. Enumerable.Range(0, tasks * Batch).Select(i => i % Classes)];
        Optimizer optimizer = optimizerName == "sgd" ? new Sgd(parameters) : new AdamW(parameters);
        return () =>
        {
            using TensorScope scope = new();
            optimizer.Step(spec.Forward(tensors, images).CrossEntropy(labels).Backward());
        };
    }
}
