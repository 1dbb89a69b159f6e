using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Preprocessed rows with their classes.</summary>
/// <param name="Features">(rows, columns), row after row.</param>
/// <param name="Columns">The number of features of a row.</param>
/// <param name="Labels">The class of each row.</param>
internal sealed record FeatureRows(float[] Features, int Columns, int[] Labels) : IExampleSource
{
    /// <inheritdoc/>
    public int Tasks => 1;

    /// <inheritdoc/>
    public Shape InputShape => [Columns];

    /// <inheritdoc/>
    public int Count(int task) => Labels.Length;

    /// <inheritdoc/>
    public int Label(int task, int example) => Labels[example];

    /// <inheritdoc/>
    public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs)
    {
        for (int i = 0; i < examples.Length; i++)
            Features.AsSpan(examples[i] * Columns, Columns).CopyTo(inputs[(i * Columns)..]);
    }
}
