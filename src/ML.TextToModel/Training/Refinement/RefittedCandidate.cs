using System.Globalization;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// A network of one hidden layer whose last layer and linear path are fitted to the rows anew: logistic regression on
/// its units and the features, each brought to a mean square of one, by L-BFGS from where they stand.
/// </summary>
internal sealed class RefittedCandidate : Candidate
{
    private const int Steps = 40;

    private static readonly double[] s_penalties = [3e-2, 3e-3, 3e-4];

    private readonly Candidate _start;
    private readonly double _penalty;
    private readonly RefittedCandidate? _stronger;

    private RefittedCandidate(Candidate start, double penalty, RefittedCandidate? stronger) =>
        (_start, _penalty, _stronger) = (start, penalty, stronger);

    /// <inheritdoc/>
    public override string Name => string.Create(
        CultureInfo.InvariantCulture, $"{_start.Name}, last layer refitted, penalty {_penalty:G1}");

    /// <summary>One for each of several penalties, the strongest first.</summary>
    public static IEnumerable<RefittedCandidate> All(Candidate start)
    {
        RefittedCandidate? stronger = null;
        foreach (double penalty in s_penalties)
            yield return stronger = new RefittedCandidate(start, penalty, stronger);
    }

    /// <inheritdoc/>
    /// <remarks>A weaker penalty starts where a stronger one ended, if that was tried.</remarks>
    public override FittedNetwork Fit(CandidateFits fits, CancellationToken cancel)
    {
        FittedNetwork network = fits.Known(_stronger) ?? fits.Of(_start, cancel);
        var spec = (MlpSpec)network.Spec;
        FeatureRows rows = fits.LinearRows;
        int units = spec.Hidden[0], width = units + spec.Inputs;
        float[] inputs = Inputs(spec, network.Parameters, rows), scale = BringToUnitSquares(inputs, width);
        float[] weights = Copy(network.Parameters, new float[spec.Classes * (width + 1)], toLast: false);
        for (int i = 0; i < spec.Classes * width; i++) weights[i] *= scale[i % width];
        weights = LogisticRegression.Fit(inputs, rows.Labels, spec.Classes, _penalty, weights, Steps, cancel);
        for (int i = 0; i < spec.Classes * width; i++) weights[i] /= scale[i % width];
        return network with { Parameters = Copy([.. network.Parameters], weights, toLast: true) };

        // Between the network's last layer and the weights (classes, units + inputs) and biases of a linear model.
        float[] Copy(float[] parameters, float[] linear, bool toLast)
        {
            for (int c = 0; c < spec.Classes; c++)
            {
                Part("head.weight", c, units, linear.AsSpan(c * width, units));
                Part("skip.weight", c, spec.Inputs, linear.AsSpan(c * width + units, spec.Inputs));
            }
            Part("head.bias", 0, spec.Classes, linear.AsSpan(spec.Classes * width));
            return toLast ? parameters : linear;

            void Part(string slot, int row, int length, Span<float> own)
            {
                Span<float> part = spec.Layout[slot].Of(parameters.AsSpan()).Slice(row * length, length);
                if (toLast) own.CopyTo(part);
                else part.CopyTo(own);
            }
        }
    }

    /// <summary>The hidden units and then the features of each row, (rows, units + features).</summary>
    private static float[] Inputs(MlpSpec spec, float[] parameters, FeatureRows rows)
    {
        MlpSpec hidden = new() { Inputs = spec.Inputs, Hidden = [], Classes = spec.Hidden[0] };
        float[] first = new float[hidden.Layout.Count];
        spec.Layout["hidden1.weight"].Of(parameters.AsSpan()).CopyTo(hidden.Layout["head.weight"].Of(first.AsSpan()));
        spec.Layout["hidden1.bias"].Of(parameters.AsSpan()).CopyTo(hidden.Layout["head.bias"].Of(first.AsSpan()));
        float[] values = FineTuning.Logits(hidden, first, rows);
        int units = hidden.Classes, width = units + spec.Inputs;
        float[] inputs = new float[rows.Labels.Length * width];
        for (int row = 0; row < rows.Labels.Length; row++)
        {
            Span<float> own = inputs.AsSpan(row * width, width);
            for (int h = 0; h < units; h++) own[h] = Math.Max(0, values[row * units + h]);
            rows.Features.AsSpan(row * spec.Inputs, spec.Inputs).CopyTo(own[units..]);
        }
        return inputs;
    }

    /// <summary>Divides each column by the root of its mean square, which is returned.</summary>
    private static float[] BringToUnitSquares(float[] rows, int width)
    {
        float[] scale = new float[width];
        for (int i = 0; i < rows.Length; i++) scale[i % width] += rows[i] * rows[i];
        for (int j = 0; j < width; j++)
            scale[j] = scale[j] > 0 ? MathF.Sqrt(scale[j] / (rows.Length / (float)width)) : 1;
        for (int i = 0; i < rows.Length; i++) rows[i] /= scale[i % width];
        return scale;
    }
}
