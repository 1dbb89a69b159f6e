using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.Tensors.Tests;

/// <summary>What an operation gave: its output, and a gradient per input, null where none flows.</summary>
internal sealed record OpResult(Shape Shape, float[] Output, float[]?[] Gradients);

/// <summary>
/// Checks an operation forward and backward: against golden numbers where there are some, else against the scalar
/// kernels; at each kernel level; on 1, 2 and 3 threads, to the same bits; with inputs that are views with gaps,
/// transposed or repeated; with a gradient asked for one input at a time; and its gradients against differences.
/// </summary>
internal static class OpCheck
{
    // Sums of up to a few hundred terms in another order, through one derivative: up to 25 units of the last place.
    private const double Tolerance = 3e-6;

    // The rounding of f, at 6e-8 of it, becomes 512 times as large in a difference: a hundredth is well above.
    private const float Step = 1f / 512;
    private const double DifferenceTolerance = 1e-2;
    private const int DifferencesPerInput = 6;

    public static void Run(
        Func<Tensor[], Tensor> op, Tensor[] inputs, OpResult? golden = null, Tensor? outputGradient = null,
        double tolerance = Tolerance)
    {
        KernelSet scalar = EngineSettings.Levels.Last();
        outputGradient ??= RandomLike(Compute(op, inputs, null, scalar));
        OpResult expected = golden ?? Compute(op, inputs, outputGradient, scalar);
        foreach (KernelSet level in EngineSettings.Levels)
        {
            OpResult one = Compute(op, inputs, outputGradient, level);
            AssertClose(expected, one, tolerance, level.Name);
            foreach (int threads in (int[])[2, 3])
                AssertSameBits(one, Compute(op, inputs, outputGradient, level, threads),
                    $"{level.Name}, {threads} threads");
            foreach ((string name, Func<Tensor, Tensor> twin) in Twins.SameValues)
                AssertClose(expected, Compute(op, [.. inputs.Select(twin)], outputGradient, level), tolerance,
                    $"{level.Name}, {name}");
            foreach ((string name, Func<Tensor, Tensor> twin) in Twins.Repeating)
            {
                Tensor[] views = [.. inputs.Select(twin)];
                OpResult copied = Compute(op, [.. views.Select(view => view.Clone())], outputGradient, level);
                // Among equal numbers gradients cancel; what is left has the error of terms of size 1.
                AssertClose(copied, Compute(op, views, outputGradient, level), tolerance, $"{level.Name}, {name}",
                    scale: 1);
            }
        }
        OpResult all = Compute(op, inputs, outputGradient, scalar);
        for (int i = 0; i < inputs.Length; i++) AssertGradientAlone(op, inputs, i, outputGradient, scalar, all);
        for (int i = 0; i < inputs.Length; i++)
            if (golden is null || golden.Gradients[i] is not null)
                AssertDifferences(op, inputs, i, outputGradient, all.Gradients[i]);
    }

    private static OpResult Compute(
        Func<Tensor[], Tensor> op, Tensor[] inputs, Tensor? outputGradient, KernelSet level, int threads = 1,
        int? only = null)
    {
        using EngineSettings settings = new(level, threads);
        using TensorScope scope = new();
        Tensor[] leaves = [.. inputs.Select(input => input.Detach())];
        for (int i = 0; i < leaves.Length; i++) leaves[i].RequiresGradient = only is null || only == i;
        Tensor y = op(leaves);
        if (outputGradient is null || !y.NeedsGradient) return new(y.Shape, y.ToArray(), new float[]?[leaves.Length]);
        Gradients gradients = y.Backward(outputGradient);
        return new(y.Shape, y.ToArray(),
            [.. leaves.Select(leaf => gradients.TryGet(leaf, out Tensor? g) ? Checked(leaf, g) : null)]);
    }

    private static float[] Checked(Tensor leaf, Tensor gradient)
    {
        Assert.Equal(leaf.Shape, gradient.Shape);
        return gradient.ToArray();
    }

    private static Tensor RandomLike(OpResult result) => Tensor.Normal(result.Shape, new Rng(seed: 5));

    private static void AssertClose(
        OpResult expected, OpResult actual, double tolerance, string where, double scale = 0)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Closeness.AssertClose(expected.Output, actual.Output, tolerance, $"output ({where})", scale);
        for (int i = 0; i < actual.Gradients.Length; i++)
            if (expected.Gradients[i] is { } gradient)
                Closeness.AssertClose(gradient, actual.Gradients[i] ?? new float[gradient.Length],
                    Math.Max(tolerance, Tolerance), $"gradient {i} ({where})", scale);
    }

    private static void AssertSameBits(OpResult expected, OpResult actual, string where)
    {
        Closeness.AssertSameBits(expected.Output, actual.Output, $"output ({where})");
        for (int i = 0; i < actual.Gradients.Length; i++)
            Closeness.AssertSameBits(expected.Gradients[i], actual.Gradients[i], $"gradient {i} ({where})");
    }

    private static void AssertGradientAlone(
        Func<Tensor[], Tensor> op, Tensor[] inputs, int input, Tensor outputGradient, KernelSet level, OpResult all)
    {
        OpResult alone = Compute(op, inputs, outputGradient, level, only: input);
        Closeness.AssertSameBits(all.Output, alone.Output, $"output (gradient {input} alone)");
        Closeness.AssertSameBits(all.Gradients[input], alone.Gradients[input], $"gradient {input} alone");
    }

    /// <summary>
    /// Compares some elements of a gradient with the slopes (f(x) - f(x - h)) / h and (f(x + h) - f(x)) / h: it must
    /// lie between them, which holds at the bends of maxima too.
    /// </summary>
    private static void AssertDifferences(
        Func<Tensor[], Tensor> op, Tensor[] inputs, int input, Tensor outputGradient, float[]? gradient)
    {
        if (inputs[input].Count == 0) return;
        gradient ??= new float[inputs[input].Count];
        double scale = Math.Sqrt(gradient.Average(g => (double)g * g));
        Tensor[] moved = [.. inputs];
        moved[input] = inputs[input].Clone();
        Span<float> x = moved[input].AsSpan();
        Rng rng = new(seed: 11);
        double center = Loss(op, moved, outputGradient);
        for (int trial = 0; trial < DifferencesPerInput; trial++)
        {
            int i = rng.NextInt(x.Length);
            float before = x[i];
            double left = Slope(x, before - Step), right = Slope(x, before + Step);
            double slack = DifferenceTolerance * (Math.Abs(gradient[i]) + scale + 0.1);
            Assert.True(gradient[i] >= Math.Min(left, right) - slack && gradient[i] <= Math.Max(left, right) + slack,
                $"gradient {input}, element {i} is {gradient[i]:R}; " +
                $"differences say {left:R} and {right:R}, give or take {slack:G3}.");

            double Slope(Span<float> values, float value)
            {
                values[i] = value;
                double loss = Loss(op, moved, outputGradient);
                values[i] = before;
                return (loss - center) / ((double)value - before);
            }
        }
    }

    private static double Loss(Func<Tensor[], Tensor> op, Tensor[] inputs, Tensor outputGradient)
    {
        using TensorScope scope = new();
        using Tensor.NoGradientScope pause = Tensor.NoGradient();
        float[] y = op(inputs).ToArray(), g = outputGradient.ToArray();
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
            if (g[i] != 0) sum += (double)y[i] * g[i];
        return sum;
    }
}
