using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// Tables side by side as a network takes them: B tables of N rows each, with up to C classes and F places for features.
/// The features of a table take places drawn at random, so that no place means more than another.
/// </summary>
internal sealed class ContextBatch
{
    private const float Absent = -1e4f;   // the logit of a class that a table does not have

    private readonly int[][] _places;

    /// <summary>Makes a batch with undefined tables; fill each by <see cref="Set"/>.</summary>
    public ContextBatch(InContextOptions options, int tables, int rows, int classes)
    {
        (Options, Tables, Rows, Classes) = (options, tables, rows, classes);
        _places = new int[tables][];
        Features = Tensor.Zeros([tables, rows, options.Features]);
        Whitened = Tensor.Zeros([tables, rows, options.Features]);
        WhiteningScale = Tensor.Ones([tables, 1, 1]);
        EmbeddingScale = Tensor.Ones([tables, 1, 1]);
        RowCodes = Tensor.Zeros([tables, rows, options.CodeLength]);
        ClassCodes = Tensor.Zeros([tables, classes, options.CodeLength]);
        ClassMeans = Tensor.Zeros([tables, classes, rows]);
        LogShares = Tensor.Full([tables, classes], Absent);
        Present = Tensor.Zeros([tables, 1, 1, options.Units + classes]);
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

    /// <summary>Brings sums over few features to the size of sums over many, (B, 1, 1).</summary>
    public Tensor EmbeddingScale { get; }

    /// <summary>The code of each row's class, (B, N, code).</summary>
    public Tensor RowCodes { get; }

    /// <summary>The code of each class, (B, C, code).</summary>
    public Tensor ClassCodes { get; }

    /// <summary>1 / rows of class c where row n is of class c, else 0, (B, C, N).</summary>
    public Tensor ClassMeans { get; }

    /// <summary>The logarithm of each class' share of rows, (B, C); hugely negative for classes a table lacks.</summary>
    public Tensor LogShares { get; }

    /// <summary>1 for tokens of units and present classes, 0 for others, (B, 1, 1, units + C).</summary>
    public Tensor Present { get; }

    /// <summary>
    /// Puts a table in its place. Several threads may do so, each with tables of its own.
    /// </summary>
    /// <exception cref="ArgumentException">The table does not have the batch's rows, or has too many features.</exception>
    public void Set(int index, ContextTable table, Rng rng)
    {
        int places = Options.Features, codeLength = Options.CodeLength;
        if (table.Rows != Rows || table.Columns > places || table.Classes > Classes)
            throw new ArgumentException(
                $"A table of {table.Rows} rows, {table.Columns} features and {table.Classes} classes does not fit.",
                nameof(table));
        _places[index] = rng.Permutation(places)[..table.Columns];
        Scatter(index, table.Features, Features);
        (float[] whitened, float scale) = ClassWhitening.Of(table);
        Scatter(index, whitened, Whitened);
        WhiteningScale.AsSpan()[index] = scale;
        EmbeddingScale.AsSpan()[index] = MathF.Sqrt(places / (float)Math.Max(1, table.Columns));

        Span<float> codes = Part(ClassCodes, index), rowCodes = Part(RowCodes, index);
        rng.FillNormal(codes[..(table.Classes * codeLength)]);
        int[] counts = new int[table.Classes];
        foreach (int label in table.Labels) counts[label]++;
        Span<float> means = Part(ClassMeans, index);
        for (int row = 0; row < Rows; row++)
        {
            int c = table.Labels[row];
            codes.Slice(c * codeLength, codeLength).CopyTo(rowCodes[(row * codeLength)..]);
            means[c * Rows + row] = 1f / counts[c];
        }
        Span<float> shares = Part(LogShares, index), present = Part(Present, index);
        for (int c = 0; c < table.Classes; c++) shares[c] = MathF.Log(counts[c] / (float)Rows);
        present[..(Options.Units + table.Classes)].Fill(1);
    }

    /// <summary>
    /// Other rows of the tables, such as those to be classified, with features in the same places as the tables' own: from
    /// (rows, columns) of table <paramref name="index"/> to its part of <paramref name="target"/>, (B, rows, F).
    /// </summary>
    public void Scatter(int index, ReadOnlySpan<float> rows, Tensor target)
    {
        int[] places = _places[index];
        Span<float> part = Part(target, index);
        for (int i = 0, row = 0; i < rows.Length; row += Options.Features)
            foreach (int place in places) part[row + place] = rows[i++];
    }

    /// <summary>Undoes <see cref="Scatter"/>: rows of features from their places.</summary>
    public float[] Gather(int index, Tensor source)
    {
        int[] places = _places[index];
        ReadOnlySpan<float> part = Part(source, index);
        float[] rows = new float[part.Length / Options.Features * places.Length];
        for (int i = 0, row = 0; i < rows.Length; row += Options.Features)
            foreach (int place in places) rows[i++] = part[row + place];
        return rows;
    }

    private static Span<float> Part(Tensor tensor, int index)
    {
        int length = tensor.Count / tensor.Shape[0];
        return tensor.AsSpan().Slice(index * length, length);
    }
}
