namespace ML.TextToModel.Llm;

/// <summary>A row, text or image as it may be sent: masked and cut.</summary>
/// <param name="Fields">Its fields by their names; empty for an image.</param>
/// <param name="Label">Its class; null where unknown.</param>
/// <param name="Png">The image as a PNG file; empty for others.</param>
internal sealed record LlmSample(
    IReadOnlyList<KeyValuePair<string, string>> Fields, string? Label, ReadOnlyMemory<byte> Png)
{
    public bool IsImage => !Png.IsEmpty;
}
