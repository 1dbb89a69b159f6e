namespace ML.TextToModel.Encoders;

/// <summary>Turns texts such as class names and descriptions into vectors; similar texts get similar ones.</summary>
public interface ITextEncoder
{
    /// <summary>What it is, for cards and messages.</summary>
    string Name { get; }

    /// <summary>The length of a vector.</summary>
    int Length { get; }

    /// <summary>Writes the vector of a text, of Euclidean length 1.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vector">Receives <see cref="Length"/> numbers.</param>
    /// <exception cref="ModelInputException">The text cannot be encoded; the message says why.</exception>
    void Encode(string text, Span<float> vector);
}
