using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Rows of numbers of one task, preprocessed once.</summary>
public sealed class RowExamples : IExampleSource
{
    private readonly float[] _inputs;
    private readonly int[] _labels;
    private readonly int _width;

    /// <summary>Preprocesses raw rows.</summary>
    /// <param name="rows">Raw rows, one after the other.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="preprocessing">How a row becomes an input of the same length.</param>
    /// <exception cref="ArgumentException">
    /// There is no row, the rows cannot be cut evenly, or the preprocessing is for rows of another length.
    /// </exception>
    public RowExamples(ReadOnlySpan<float> rows, ReadOnlySpan<int> labels, FeaturePreprocessing preprocessing)
    {
        if (labels.IsEmpty || rows.IsEmpty || rows.Length % labels.Length != 0)
            throw new ArgumentException($"{rows.Length} numbers are not {labels.Length} rows.", nameof(rows));
        _labels = labels.ToArray();
        _width = rows.Length / labels.Length;
        if (preprocessing.Faults(InputShape).FirstOrDefault() is { } fault)
            throw new ArgumentException(fault, nameof(preprocessing));
        _inputs = new float[rows.Length];
        for (int start = 0; start < rows.Length; start += _width)
            preprocessing.Apply(rows.Slice(start, _width), _inputs.AsSpan(start, _width));
    }

    /// <inheritdoc/>
    public int Tasks => 1;

    /// <inheritdoc/>
    public Shape InputShape => [_width];

    /// <inheritdoc/>
    public int Count(int task) => _labels.Length;

    /// <inheritdoc/>
    public int Label(int task, int example) => _labels[example];

    /// <inheritdoc/>
    public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs)
    {
        for (int i = 0; i < examples.Length; i++)
            _inputs.AsSpan(examples[i] * _width, _width).CopyTo(inputs[(i * _width)..]);
    }
}
