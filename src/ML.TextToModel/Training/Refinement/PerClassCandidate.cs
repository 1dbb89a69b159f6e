using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// For more classes than the generator was trained for: it emits a network per class, which tells it from all others,
/// and they stand side by side in one. Their logarithmic odds are the logits.
/// </summary>
/// <param name="emit">Emits one network of one hidden layer and a linear path.</param>
/// <param name="contextRows">Rows that the generator looks at, at most.</param>
internal sealed class PerClassCandidate(
    Func<ContextTable, Rng, (MlpSpec Spec, float[] Parameters)> emit, int contextRows) : Candidate
{
    /// <inheritdoc/>
    public override string Name => "in-context, one network per class";

    /// <inheritdoc/>
    public override FittedNetwork Fit(CandidateFits fits, CancellationToken cancel)
    {
        ContextTable table = fits.Table.Context(contextRows, fits.Rng.Split("rows"));
        MlpSpec? merged = null;
        float[] parameters = [];
        for (int c = 0; c < table.Classes; c++)
        {
            cancel.ThrowIfCancellationRequested();
            int[] labels = [.. table.Labels.Select(label => label == c ? 1 : 0)];
            (MlpSpec spec, float[] one) =
                emit(table with { Labels = labels, Classes = 2 }, fits.Rng.Split("class").Split((ulong)c));
            if (merged is null)
            {
                merged = spec with { Hidden = [spec.Hidden[0] * table.Classes], Classes = table.Classes };
                parameters = new float[merged.Layout.Count];
            }
            Place(spec, one, merged, parameters, c);
        }
        return new(merged!, parameters);
    }

    /// <summary>Puts the network of a class in its place; its two logits become their difference.</summary>
    private static void Place(MlpSpec spec, float[] one, MlpSpec merged, float[] parameters, int index)
    {
        int units = spec.Hidden[0];
        foreach (string hidden in new[] { "hidden1.weight", "hidden1.bias" })
        {
            ReadOnlySpan<float> own = spec.Layout[hidden].Of(one.AsSpan());
            own.CopyTo(merged.Layout[hidden].Of(parameters.AsSpan())[(index * own.Length)..]);
        }
        Difference("head.weight", (index * merged.Classes + index) * units);
        Difference("head.bias", index);
        Difference("skip.weight", index * spec.Inputs);

        void Difference(string slot, int start)
        {
            ReadOnlySpan<float> own = spec.Layout[slot].Of(one.AsSpan());
            Span<float> target = merged.Layout[slot].Of(parameters.AsSpan())[start..];
            int length = own.Length / 2;
            for (int i = 0; i < length; i++) target[i] = own[length + i] - own[i];
        }
    }
}
