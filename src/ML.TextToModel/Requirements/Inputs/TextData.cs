using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements;

/// <summary>Texts or pairs of them.</summary>
/// <param name="Name">What to call them in messages.</param>
/// <param name="Samples">The texts; may be read more than once.</param>
public sealed record TextData(string Name, IEnumerable<TextSample> Samples)
{
    /// <summary>The sentences of a set.</summary>
    public static TextData Of(TextSet set) => new(
        set.Task.Name, set.Examples.Select(example => new TextSample(
            example.TextA, example.TextB, example.Label < 0 ? null : set.Task.Classes[example.Label])));
}

/// <summary>A text or a pair.</summary>
/// <param name="Text">The (first) text.</param>
/// <param name="Second">The second text; null for single ones.</param>
/// <param name="Label">Its class; null where unknown.</param>
public sealed record TextSample(string Text, string? Second = null, string? Label = null);
