using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.Training;

/// <summary>
/// Limits the gradients of T p-models side by side, each by its own norm, as if it were trained alone.
/// </summary>
internal static class GradientClipping
{
    /// <summary>
    /// Scales the gradients of each p-model down to norm <paramref name="limit"/>, over all its parameters together,
    /// where it is larger. The first axis of every parameter counts the p-models.
    /// </summary>
    public static void Clip(Gradients gradients, IReadOnlyList<Tensor> parameters, float limit)
    {
        int tasks = parameters[0].Shape[0];
        double[] squares = new double[tasks];
        foreach (Tensor parameter in parameters)
        {
            if (!gradients.TryGet(parameter, out Tensor? gradient)) continue;
            ReadOnlySpan<float> values = gradient.Contiguous().AsSpan();
            int length = values.Length / tasks;
            for (int t = 0; t < tasks; t++)
                squares[t] += KernelSet.Current.SumOfSquares(values.Slice(t * length, length));
        }
        float[] scales = [.. squares.Select(square => (float)Math.Min(1, limit / Math.Sqrt(square)))];
        if (scales.All(scale => scale == 1)) return;
        Tensor factors = Tensor.From(scales);
        foreach (Tensor parameter in parameters)
        {
            if (!gradients.TryGet(parameter, out Tensor? gradient)) continue;
            Shape shape = [tasks];
            while (shape.Rank < parameter.Shape.Rank) shape = shape.Insert(shape.Rank, 1);
            gradients.Replace(parameter, gradient * factors.Reshape(shape));
        }
    }
}
