using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina;

/// <summary>Where a training of Tina starts: at a generic model and a linear map of class texts.</summary>
internal static class TinaStart
{
    /// <summary>
    /// A network whose base is a generic model: what classes share is its own, and class rows are the ridge regression
    /// of its rows on the vectors of its classes. As units, its tensors' root mean squares times a factor.
    /// </summary>
    /// <param name="options">The sizes, with one token per class.</param>
    /// <param name="spec">The architecture of the generic model.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="conditions">The vector of each of its classes, one after the other.</param>
    /// <param name="known">The classes that the regression may see; the others stay unseen.</param>
    /// <param name="penalty">The ridge: what is added to the squares of vectors, whose length is 1.</param>
    /// <param name="unit">The factor of the units.</param>
    /// <param name="rng">Decides the initial weights.</param>
    public static TinaNetwork From(
        TinaOptions options, PModelSpec spec, float[] parameters, float[] conditions, IReadOnlyList<int> known,
        double penalty, float unit, Rng rng)
    {
        float[] scale = [.. spec.Layout.Slots.Select(slot => unit * RootMeanSquare(slot.Of(parameters.AsSpan())))];
        TinaNetwork network = new(options, spec, scale, rng);
        TokenValues values = new ParameterTokens(spec, options.ChunkSize, classRows: true)
            .Split(Tensor.From(parameters, [1, parameters.Length]));
        values.Chunks.CopyTo(network.Parameters["base.chunks"].AsSpan());
        (float[] weight, float[] bias) = Ridge(conditions, values.Rows.ToArray(), spec.Classes, known, penalty);
        weight.CopyTo(network.Parameters["base.row.weight"].AsSpan());
        bias.CopyTo(network.Parameters["base.row.bias"].AsSpan());
        return network;
    }

    /// <summary>
    /// Weight (outputs, inputs) and bias of the ridge regression of some rows, in its dual form as there are fewer rows
    /// than inputs: W = Yᵀ (X Xᵀ + λ I)⁻¹ X of centred X and Y (Hoerl and Kennard 1970).
    /// </summary>
    internal static (float[] Weight, float[] Bias) Ridge(
        float[] inputs, float[] outputs, int rows, IReadOnlyList<int> known, double penalty)
    {
        int n = known.Count, p = inputs.Length / rows, q = outputs.Length / rows;
        double[] meanX = Mean(inputs, p), meanY = Mean(outputs, q), gram = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                for (int k = 0; k < p; k++) gram[i * n + j] += X(i, k) * X(j, k) + (i == j ? penalty / p : 0);
        double[] inverse = SymmetricMatrix.Invert(gram, n), projected = new double[n * p];   // (X Xᵀ + λ I)⁻¹ X
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < p; k++) projected[i * p + k] += inverse[i * n + j] * X(j, k);
        float[] weight = new float[q * p], bias = new float[q];
        for (int o = 0; o < q; o++)
        {
            double offset = meanY[o];
            for (int k = 0; k < p; k++)
            {
                double sum = 0;
                for (int i = 0; i < n; i++) sum += (outputs[known[i] * q + o] - meanY[o]) * projected[i * p + k];
                weight[o * p + k] = (float)sum;
                offset -= sum * meanX[k];
            }
            bias[o] = (float)offset;
        }
        return (weight, bias);

        double X(int i, int k) => inputs[known[i] * p + k] - meanX[k];

        double[] Mean(float[] values, int width) =>
            [.. Enumerable.Range(0, width).Select(k => known.Average(row => (double)values[row * width + k]))];
    }

    private static float RootMeanSquare(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values) squares += (double)value * value;
        return (float)Math.Max(1e-6, Math.Sqrt(squares / values.Length));
    }
}
