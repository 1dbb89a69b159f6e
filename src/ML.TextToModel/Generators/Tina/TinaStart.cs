using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina;

/// <summary>Where a training of Tina starts: at a generic model and a linear map of class texts.</summary>
internal static class TinaStart
{
    private static readonly double[] s_penalties = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

    /// <summary>
    /// A network whose base is a generic model: what classes share is its own, and class rows are the ridge regression
    /// of its rows on the conditions of its classes. As units, its tensors' root mean squares times a factor; of a
    /// tensor of zeros, which is to be learned anew, that of random weights.
    /// </summary>
    /// <param name="options">The sizes, with one token per class; adapters do nothing at first.</param>
    /// <param name="spec">The architecture of the generic model.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="conditions">The condition of each of its classes, one after the other.</param>
    /// <param name="known">The classes that the regression may see; the others stay unseen.</param>
    /// <param name="unit">The factor of the units.</param>
    /// <param name="rng">Decides the initial weights.</param>
    /// <param name="penalty">The ridge. Default: the one of the least error when each class is left out.</param>
    public static TinaNetwork FromRidge(
        TinaOptions options, PModelSpec spec, float[] parameters, float[] conditions, IReadOnlyList<int> known,
        float unit, Rng rng, double? penalty = null)
    {
        PModelSpec emitted = options.Emitted(spec);
        if (emitted is AdaptedHeadSpec head) parameters = head.Start(parameters, rng.Split("adapter"));
        float[] scale = [.. emitted.Layout.Slots.Select(slot => unit * UnitOf(slot, slot.Of(parameters.AsSpan())))];
        TinaNetwork network = new(options, spec, scale, rng);
        TokenValues values = new ParameterTokens(emitted, options.ChunkSize, classRows: true)
            .Split(Tensor.From(parameters, [1, parameters.Length]));
        if (values.Chunks.Count > 0) values.Chunks.CopyTo(network.Parameters["base.chunks"].AsSpan());
        float[] rows = values.Rows.ToArray();
        float[] features = network.BaseFeatures(
            Tensor.From(conditions, [1, spec.Classes, options.ConditionLength])).ToArray();
        (float[] weight, float[] bias) = Ridge(
            features, rows, spec.Classes, known, penalty ?? BestPenalty(features, rows, spec.Classes, known));
        weight.CopyTo(network.Parameters[TinaNetwork.BaseRowWeight].AsSpan());
        bias.CopyTo(network.Parameters[TinaNetwork.BaseRowBias].AsSpan());
        return network;
    }

    /// <summary>
    /// Starts the conditions of images: the ridge regression of the conditions of texts on mean features of images.
    /// </summary>
    /// <param name="network">The network, which takes images.</param>
    /// <param name="features">Mean features of images, row after row.</param>
    /// <param name="conditions">The condition of each row's class, row after row.</param>
    public static void FitImages(TinaNetwork network, float[] features, float[] conditions)
    {
        int rows = features.Length / network.Options.ImageFeatures;
        int[] all = [.. Enumerable.Range(0, rows)];
        (float[] weight, float[] bias) =
            Ridge(features, conditions, rows, all, BestPenalty(features, conditions, rows, all));
        weight.CopyTo(network.Parameters["image_condition.weight"].AsSpan());
        bias.CopyTo(network.Parameters["image_condition.bias"].AsSpan());
    }

    /// <summary>
    /// A network whose base is the mean of trained p-models. All tensors have one unit, as in the paper: the deviation
    /// of the one that differs most among p-models, which are the class rows, so that these count most in training.
    /// </summary>
    /// <param name="options">The sizes, with chunks.</param>
    /// <param name="spec">The architecture of the p-models.</param>
    /// <param name="pModels">Their parameters.</param>
    /// <param name="rng">Decides the initial weights.</param>
    public static TinaNetwork FromMean(
        TinaOptions options, PModelSpec spec, IReadOnlyList<float[]> pModels, Rng rng)
    {
        float[] mean = new float[spec.Layout.Count], deviation = new float[mean.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            double average = pModels.Average(p => (double)p[i]);
            mean[i] = (float)average;
            deviation[i] = (float)Math.Sqrt(pModels.Average(p => (p[i] - average) * (p[i] - average)));
        }
        float unit = spec.Layout.Slots.Max(slot => RootMeanSquare(slot.Of(deviation.AsSpan())));
        TinaNetwork network = new(options, spec, [.. spec.Layout.Slots.Select(_ => unit)], rng);
        new ParameterTokens(spec, options.ChunkSize, classRows: false)
            .Split(Tensor.From(mean, [1, mean.Length])).Chunks
            .CopyTo(network.Parameters["base.chunks"].AsSpan());
        return network;
    }

    /// <summary>
    /// Weight (outputs, inputs) and bias of the ridge regression of some rows, in its dual form as there are fewer rows
    /// than inputs: W = Yᵀ (X Xᵀ + λ I)⁻¹ X of centred X and Y (Hoerl and Kennard 1970).
    /// </summary>
    internal static (float[] Weight, float[] Bias) Ridge(
        float[] inputs, float[] outputs, int rows, IReadOnlyList<int> known, double penalty)
    {
        int n = known.Count;
        (double[] x, double[] meanX, int p) = Centred(inputs, rows, known);
        (double[] y, double[] meanY, int q) = Centred(outputs, rows, known);
        double[] inverse = InverseGram(x, p, n, penalty), projected = new double[n * p];   // (X Xᵀ + λ I)⁻¹ X
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < p; k++) projected[i * p + k] += inverse[i * n + j] * x[j * p + k];
        float[] weight = new float[q * p], bias = new float[q];
        for (int o = 0; o < q; o++)
        {
            double offset = meanY[o];
            for (int k = 0; k < p; k++)
            {
                double sum = 0;
                for (int i = 0; i < n; i++) sum += y[i * q + o] * projected[i * p + k];
                weight[o * p + k] = (float)sum;
                offset -= sum * meanX[k];
            }
            bias[o] = (float)offset;
        }
        return (weight, bias);
    }

    /// <summary>
    /// The penalty of the least squared error of rows that are left out one at a time, which needs no other
    /// regressions: it is (A y)ᵢ / Aᵢᵢ of A = (X Xᵀ + λ I)⁻¹ (Allen's PRESS in its dual form).
    /// </summary>
    internal static double BestPenalty(float[] inputs, float[] outputs, int rows, IReadOnlyList<int> known)
    {
        int n = known.Count;
        (double[] x, _, int p) = Centred(inputs, rows, known);
        (double[] y, _, int q) = Centred(outputs, rows, known);
        return s_penalties.MinBy(penalty =>
        {
            double[] inverse = InverseGram(x, p, n, penalty);
            double error = 0;
            for (int i = 0; i < n; i++)
                for (int o = 0; o < q; o++)
                {
                    double sum = 0;
                    for (int j = 0; j < n; j++) sum += inverse[i * n + j] * y[j * q + o];
                    error += Math.Pow(sum / inverse[i * n + i], 2);
                }
            return error;
        });
    }

    /// <summary>(X Xᵀ + λ I)⁻¹ of n rows of p numbers.</summary>
    private static double[] InverseGram(double[] x, int p, int n, double penalty)
    {
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                for (int k = 0; k < p; k++) gram[i * n + j] += x[i * p + k] * x[j * p + k];
        for (int i = 0; i < n; i++) gram[i * n + i] += penalty;
        return SymmetricMatrix.Invert(gram, n);
    }

    /// <summary>Some of the rows minus their mean, the mean, and the length of a row.</summary>
    private static (double[] Rows, double[] Mean, int Length) Centred(float[] values, int rows, IReadOnlyList<int> some)
    {
        int length = values.Length / rows;
        double[] mean =
            [.. Enumerable.Range(0, length).Select(k => some.Average(row => (double)values[row * length + k]))];
        double[] centred = new double[some.Count * length];
        for (int i = 0; i < centred.Length; i++)
            centred[i] = values[some[i / length] * length + i % length] - mean[i % length];
        return (centred, mean, length);
    }

    private static float UnitOf(ParameterSlot slot, ReadOnlySpan<float> values) =>
        values.ContainsAnyExcept(0f) ? RootMeanSquare(values) : 1 / MathF.Sqrt(slot.FanIn);

    private static float RootMeanSquare(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values) squares += (double)value * value;
        return (float)Math.Max(1e-6, Math.Sqrt(squares / values.Length));
    }
}
