using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// Tables side by side as a network takes them: B tables of N rows each, with up to C classes and F features; what a
/// table has fewer of is zero, and masked where zero would say something.
/// </summary>
internal sealed class ContextBatch
{
    /// <summary>Numbers that say how large a table is.</summary>
    public const int TableInputCount = 4;

    /// <summary>
    /// The most classes of a table of the training. A network that is told of more makes more mistakes: of Gaussian
    /// classes with 10 rows each, 0.61 instead of 0.63 were told right for 40 classes, 0.57 instead of 0.60 for 60.
    /// </summary>
    private const int MostClasses = 10;

    private const float Absent = -1e4f;   // the logit of a class that a table does not have

    /// <summary>Makes a batch of zeros; fill in each table by <see cref="Set"/>.</summary>
    public ContextBatch(InContextOptions options, int tables, int rows, int features, int classes)
    {
        (Options, Tables, Rows, Classes) = (options, tables, rows, classes);
        Features = Tensor.Zeros([tables, rows, features]);
        Whitened = Tensor.Zeros([tables, rows, features]);
        WhiteningScale = Tensor.Ones([tables, 1, 1]);
        SumScale = Tensor.Ones([tables, 1, 1]);
        TableInputs = Tensor.Zeros([tables, 1, TableInputCount]);
        FeatureInputs = Tensor.Zeros([tables, features, FeatureStatistics.Count + options.CodeLength]);
        FeaturePresent = Tensor.Zeros([tables, 1, 1, features]);
        RowCodes = Tensor.Zeros([tables, rows, options.CodeLength]);
        ClassCodes = Tensor.Zeros([tables, classes, options.CodeLength]);
        ClassMeans = Tensor.Zeros([tables, classes, rows]);
        OneHot = Tensor.Zeros([tables, rows, classes]);
        LogShares = Tensor.Full([tables, classes], Absent);
        TokenPresent = Tensor.Zeros([tables, 1, 1, options.Units + classes]);
    }

    public InContextOptions Options { get; }

    public int Tables { get; }

    public int Rows { get; }

    public int Classes { get; }

    /// <summary>Rows, (B, N, F).</summary>
    public Tensor Features { get; }

    /// <summary>Rows of <see cref="ClassWhitening"/>, (B, N, F).</summary>
    public Tensor Whitened { get; }

    /// <summary>What these were divided by, (B, 1, 1).</summary>
    public Tensor WhiteningScale { get; }

    /// <summary>Brings sums over a table's features to the size of one, (B, 1, 1).</summary>
    public Tensor SumScale { get; }

    /// <summary>
    /// The <see cref="FeatureStatistics"/> and a random code of each feature, (B, F, statistics + code).
    /// </summary>
    public Tensor FeatureInputs { get; }

    /// <summary>
    /// Logarithms of a table's rows, features, classes, and rows per feature, brought to about ±1, (B, 1, 4).
    /// </summary>
    public Tensor TableInputs { get; }

    /// <summary>1 for features that a table has, (B, 1, 1, F).</summary>
    public Tensor FeaturePresent { get; }

    /// <summary>The code of each row's class, (B, N, code).</summary>
    public Tensor RowCodes { get; }

    /// <summary>The code of each class, (B, C, code).</summary>
    public Tensor ClassCodes { get; }

    /// <summary>1 / rows of class c where row n is of class c, else 0, (B, C, N).</summary>
    public Tensor ClassMeans { get; }

    /// <summary>1 where row n is of class c, else 0, (B, N, C).</summary>
    public Tensor OneHot { get; }

    /// <summary>
    /// The logarithm of each class' share of rows, (B, C); hugely negative for classes a table lacks.
    /// </summary>
    public Tensor LogShares { get; }

    /// <summary>1 for tokens of units and of classes that a table has, (B, 1, 1, units + C).</summary>
    public Tensor TokenPresent { get; }

    /// <summary>Puts a table in its place. Several threads may do so, each with tables of its own.</summary>
    /// <exception cref="ArgumentException">The table does not fit.</exception>
    public void Set(int index, ContextTable table, Rng rng)
    {
        int codeLength = Options.CodeLength;
        if (table.Rows != Rows || table.Columns > Features.Shape[2] || table.Classes > Classes)
            throw new ArgumentException(
                $"A table of {table.Rows} rows, {table.Columns} features and {table.Classes} classes does not fit.",
                nameof(table));
        SetRows(Features, index, table.Features, table.Columns);
        (float[] whitened, float scale) = ClassWhitening.Of(table);
        SetRows(Whitened, index, whitened, table.Columns);
        WhiteningScale.AsSpan()[index] = scale;
        SumScale.AsSpan()[index] = 1 / MathF.Sqrt(Math.Max(1, table.Columns));
        double columns = Math.Max(1, table.Columns);
        int classes = Math.Min(table.Classes, MostClasses);
        ReadOnlySpan<double> sizes = [table.Rows / 150.0, columns / 12, classes / 3.0, table.Rows / columns / 12];
        for (int i = 0; i < sizes.Length; i++) Part(TableInputs, index)[i] = (float)(Math.Log(sizes[i]) / 2);
        float[] statistics = FeatureStatistics.Of(table);
        int inputs = FeatureInputs.Shape[2];
        for (int j = 0; j < table.Columns; j++)
        {
            Span<float> own = Part(FeatureInputs, index).Slice(j * inputs, inputs);
            statistics.AsSpan(j * FeatureStatistics.Count, FeatureStatistics.Count).CopyTo(own);
            rng.FillNormal(own[FeatureStatistics.Count..]);
        }
        Part(FeaturePresent, index)[..table.Columns].Fill(1);

        Span<float> codes = Part(ClassCodes, index), rowCodes = Part(RowCodes, index);
        rng.FillNormal(codes[..(table.Classes * codeLength)]);
        int[] counts = new int[table.Classes];
        foreach (int label in table.Labels) counts[label]++;
        Span<float> means = Part(ClassMeans, index), oneHot = Part(OneHot, index);
        for (int row = 0; row < Rows; row++)
        {
            int c = table.Labels[row];
            codes.Slice(c * codeLength, codeLength).CopyTo(rowCodes[(row * codeLength)..]);
            means[c * Rows + row] = 1f / counts[c];
            oneHot[row * Classes + c] = 1;
        }
        Span<float> shares = Part(LogShares, index);
        for (int c = 0; c < table.Classes; c++) shares[c] = MathF.Log(counts[c] / (float)Rows);
        Part(TokenPresent, index)[..(Options.Units + table.Classes)].Fill(1);
    }

    /// <summary>Copies rows of a table, <paramref name="columns"/> long, to its part of (B, rows, F).</summary>
    public static void SetRows(Tensor target, int index, ReadOnlySpan<float> rows, int columns)
    {
        Span<float> part = Part(target, index);
        int width = target.Shape[2];
        for (int row = 0; (row + 1) * columns <= rows.Length && columns > 0; row++)
            rows.Slice(row * columns, columns).CopyTo(part[(row * width)..]);
    }

    private static Span<float> Part(Tensor tensor, int index)
    {
        int length = tensor.Count / tensor.Shape[0];
        return tensor.AsSpan().Slice(index * length, length);
    }
}
