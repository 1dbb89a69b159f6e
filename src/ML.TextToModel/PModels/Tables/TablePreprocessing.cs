using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// Raw rows hold one number per column of a table: the number itself, or the index of a category; NaN where missing.
/// Each column becomes features of mean 0 and, but for rare marks, deviation 1.
/// </summary>
public sealed record TablePreprocessing : Preprocessing
{
    private const int MostMarks = 1_000;   // of all columns: hundreds must not become many thousands of features

    private readonly ColumnEncoding[] _columns;

    /// <summary>Puts a preprocessing together.</summary>
    /// <param name="columns">The columns' encodings, in order.</param>
    [JsonConstructor]
    public TablePreprocessing(IReadOnlyList<ColumnEncoding> columns) => _columns = [.. columns];

    /// <summary>The columns' encodings, in order.</summary>
    public IReadOnlyList<ColumnEncoding> Columns => _columns;

    /// <summary>The number of features.</summary>
    [JsonIgnore]
    public int Width => _columns.Sum(column => column.Width);

    /// <inheritdoc/>
    internal override int FormatVersion => _columns.Select(column => column.FormatVersion).Append(1).Max();

    /// <inheritdoc/>
    public override int RawLength(Shape input) => _columns.Length;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> raw, Span<float> input)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            int width = _columns[i].Width;
            if (width > 0) _columns[i].Encode(raw[i], input[..width]);
            input = input[width..];
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(Shape input)
    {
        if (_columns.Contains(null)) return ["A column of the preprocessing is missing."];
        List<string> faults = [.. _columns.SelectMany(column => column.Faults())];
        if (_columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() != _columns.Length)
            faults.Add("A column is named twice.");
        if (faults.Count == 0 && (input.Rank != 1 || input[0] != Width))
            faults.Add($"{Width} features of {_columns.Length} columns do not fit the p-model.");
        return faults;
    }

    /// <summary>Fits an encoding to each column of <paramref name="rows"/>.</summary>
    /// <param name="names">The columns' names.</param>
    /// <param name="categories">The categories of each column, null for a column of numbers.</param>
    /// <param name="rows">Raw rows, one after the other.</param>
    /// <param name="options">What to do with numbers. Default: those of its own.</param>
    /// <exception cref="ArgumentException">There is no column, or the rows cannot be cut evenly.</exception>
    public static TablePreprocessing Fit(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>?> categories, ReadOnlySpan<float> rows,
        TablePreprocessingOptions? options = null)
    {
        int width = names.Count;
        if (width == 0 || categories.Count != width || rows.Length % width != 0)
            throw new ArgumentException($"{rows.Length} numbers are not rows of {width} columns.", nameof(rows));
        options ??= new TablePreprocessingOptions();
        int marks = Math.Clamp(
            MostMarks / Math.Max(1, categories.Count(own => own is not null)), 2, CategoricalEncoding.MostMarks);
        float[] column = new float[rows.Length / width];
        var encodings = new ColumnEncoding[width];
        for (int i = 0; i < width; i++)
        {
            for (int row = 0; row < column.Length; row++) column[row] = rows[row * width + i];
            encodings[i] = categories[i] is { } own
                ? CategoricalEncoding.Fit(names[i], own, column, marks)
                : options.FitNumber(names[i], column);
        }
        return new TablePreprocessing(encodings);
    }

    /// <inheritdoc/>
    public bool Equals(TablePreprocessing? other) => other is not null && _columns.SequenceEqual(other._columns);

    /// <inheritdoc/>
    public override int GetHashCode() => _columns.Length;
}
