using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Encoders;

/// <summary>Vectors of some texts that another program computed, such as CLIP's of class names.</summary>
public sealed class PrecomputedTextEncoder : ITextEncoder
{
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly float[] _vectors;

    /// <summary>Takes the vectors and scales them to length 1.</summary>
    /// <param name="name">What made them.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="vectors">Their vectors, one after the other.</param>
    /// <exception cref="ModelInputException">
    /// There is no text, one is named twice, or a vector is missing, zero or not finite.
    /// </exception>
    public PrecomputedTextEncoder(string name, IReadOnlyList<string> texts, ReadOnlySpan<float> vectors)
    {
        if (texts.Count == 0) throw new ModelInputException("There is no text to have a vector.");
        if (vectors.Length == 0 || vectors.Length % texts.Count != 0)
            throw new ModelInputException(
                $"{vectors.Length} numbers are not one vector for each of {texts.Count} texts.");
        (Name, Length) = (name, vectors.Length / texts.Count);
        _vectors = vectors.ToArray();
        for (int i = 0; i < texts.Count; i++)
        {
            if (!_rows.TryAdd(texts[i], i)) throw new ModelInputException($"The text '{texts[i]}' is there twice.");
            Span<float> vector = _vectors.AsSpan(i * Length, Length);
            double squares = 0;
            foreach (float value in vector) squares += (double)value * value;
            if (!(squares > 0) || !double.IsFinite(squares))
                throw new ModelInputException($"The vector of '{texts[i]}' is zero or not finite.");
            float scale = (float)(1 / Math.Sqrt(squares));
            foreach (ref float value in vector) value *= scale;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Length { get; }

    /// <summary>The texts that have a vector.</summary>
    public IReadOnlyCollection<string> Texts => _rows.Keys;

    /// <summary>Reads vectors (texts, length) from an npy file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="texts">The text of each row.</param>
    /// <exception cref="ModelInputException">The file is damaged, or does not fit the texts.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PrecomputedTextEncoder Load(string path, IReadOnlyList<string> texts)
    {
        try
        {
            NpyFile file = NpyFile.Read(path);
            if (file.Shape.Length != 2 || file.Shape[0] != texts.Count)
                throw new ModelInputException(
                    $"It has the shape ({string.Join(", ", file.Shape)}), not a row for each of {texts.Count} texts.");
            return new PrecomputedTextEncoder(Path.GetFileNameWithoutExtension(path), texts, file.Values);
        }
        catch (Exception e) when (e is TensorFileException or ModelInputException)
        {
            throw new ModelInputException($"{path} holds no vectors of these texts. {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Encode(string text, Span<float> vector)
    {
        if (!_rows.TryGetValue(text, out int row))
            throw new ModelInputException(
                $"{Name} has no vector of '{text}'; it has those of {_rows.Count} texts, such as " +
                $"'{_rows.Keys.First()}'.");
        _vectors.AsSpan(row * Length, Length).CopyTo(vector);
    }
}
