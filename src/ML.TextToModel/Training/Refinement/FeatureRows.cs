using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Preprocessed rows with their classes.</summary>
/// <param name="Features">(rows, columns), row after row.</param>
/// <param name="Columns">The number of features of a row.</param>
/// <param name="Labels">The class of each row.</param>
internal sealed record FeatureRows(float[] Features, int Columns, int[] Labels) : IExampleSource
{
    /// <summary>The rows of a table, each through its preprocessing.</summary>
    public static FeatureRows Encode(TablePreprocessing preprocessing, TableSample sample)
    {
        int width = preprocessing.Width;
        float[] features = new float[sample.Rows * width];
        for (int i = 0; i < sample.Rows; i++)
            preprocessing.Apply(sample.Row(i), features.AsSpan(i * width, width));
        return new(features, width, sample.Labels);
    }

    /// <summary>Some of the rows.</summary>
    public FeatureRows Subset(int[] rows)
    {
        float[] features = new float[rows.Length * Columns];
        for (int i = 0; i < rows.Length; i++)
            Features.AsSpan(rows[i] * Columns, Columns).CopyTo(features.AsSpan(i * Columns));
        return new(features, Columns, [.. rows.Select(row => Labels[row])]);
    }

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
