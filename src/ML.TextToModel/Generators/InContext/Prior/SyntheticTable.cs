namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>A labelled table drawn by <see cref="TablePrior"/>. Never changes, so any thread may read it.</summary>
public sealed class SyntheticTable
{
    private readonly float[] _values;
    private readonly int[] _categories, _labels;

    internal SyntheticTable(int rows, int classes, float[] values, int[] categories, int[] labels, string component)
    {
        (Rows, Classes, Component) = (rows, classes, component);
        (_values, _categories, _labels) = (values, categories, labels);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns, the label not counted.</summary>
    public int Columns => _categories.Length;

    /// <summary>Number of classes, from 2.</summary>
    public int Classes { get; }

    /// <summary>Cells row by row, (Rows, Columns); NaN is a missing one, all others are finite.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>
    /// For each column 0 if it is numeric, else its number of categories k, from 2; its values are then 0 to k - 1.
    /// </summary>
    public IReadOnlyList<int> Categories => _categories;

    /// <summary>The class of each row, from 0 to <see cref="Classes"/> - 1; each has at least two rows.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Name of the family of functions that relates label and columns, for statistics.</summary>
    public string Component { get; }
}
