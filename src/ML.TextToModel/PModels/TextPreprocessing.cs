using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// Raw rows are the numbers that a text encoder makes of a text or a pair of texts; what happens to them then is
/// <paramref name="Numbers"/>.
/// </summary>
/// <param name="Columns">The column of a table with the text, or the two with the pair, in order.</param>
/// <param name="Encoder">The encoder's name.</param>
/// <param name="EncoderPrint">Tells the encoder from others of that name.</param>
/// <param name="Numbers">The preprocessing of rows of numbers.</param>
public sealed record TextPreprocessing(
    IReadOnlyList<string> Columns, string Encoder, string EncoderPrint, Preprocessing Numbers) : Preprocessing
{
    private const int Most = 2;

    internal override int FormatVersion => Math.Max(5, Numbers.FormatVersion);

    /// <inheritdoc/>
    public override int RawLength(Shape input) => Numbers.RawLength(input);

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> raw, Span<float> input) => Numbers.Apply(raw, input);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(Shape input)
    {
        if (Columns.Count is not (1 or Most)) yield return $"{Columns.Count} columns are neither a text nor a pair.";
        if (Columns.Any(string.IsNullOrEmpty)) yield return "A column has no name.";
        if (Columns.Distinct(StringComparer.Ordinal).Count() != Columns.Count) yield return "A column is named twice.";
        if (string.IsNullOrWhiteSpace(Encoder) || string.IsNullOrWhiteSpace(EncoderPrint))
            yield return "The text encoder is not named.";
        if (Numbers is not (FeaturePreprocessing or TablePreprocessing))
        {
            yield return "Vectors of texts are numbers, whose preprocessing is of the kind features or table.";
            yield break;
        }
        foreach (string fault in Numbers.Faults(input)) yield return fault;
    }
}
