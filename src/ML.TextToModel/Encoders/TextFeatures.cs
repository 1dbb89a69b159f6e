namespace ML.TextToModel.Encoders;

/// <summary>
/// The numbers that classifiers of texts take. Of one text the encoder's vector; of a pair u, v the products and the
/// distances u ∘ v, |u - v|, which InferSent (arXiv 1705.02364, section 3.1) has beside u and v.
/// </summary>
public static class TextFeatures
{
    /// <summary>How many there are.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="texts">1, or 2 for a pair.</param>
    public static int Length(ITextEncoder encoder, int texts) => texts * encoder.Length;

    /// <summary>Writes them.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="texts">A text or a pair.</param>
    /// <param name="row">Receives <see cref="Length"/> numbers.</param>
    /// <exception cref="ModelInputException">A text cannot be encoded; the message says why.</exception>
    public static void Write(ITextEncoder encoder, IReadOnlyList<string> texts, Span<float> row)
    {
        int length = encoder.Length;
        for (int i = 0; i < texts.Count; i++) encoder.Encode(texts[i], row.Slice(i * length, length));
        if (texts.Count == 1) return;
        Span<float> products = row[..length], distances = row.Slice(length, length);
        for (int i = 0; i < length; i++)
            (products[i], distances[i]) = (products[i] * distances[i], Math.Abs(products[i] - distances[i]));
    }
}
