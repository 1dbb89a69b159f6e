using System.Text.Json;
using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>
/// Where a fitted classifier comes from and how good it is; everything that is known and nothing else.
/// </summary>
public sealed record ClassifierCard
{
    /// <summary>What made the parameters, for example <c>generic-training</c> or <c>classifier-selection</c>.</summary>
    public string Generator { get; init => field = value ?? ""; } = "";   // a file may lack it

    /// <summary>The sha256 of the generator's file in hexadecimal, where it has one.</summary>
    public string? GeneratorSha256 { get; init; }

    /// <summary>The seed that was used.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The requirement in its JSON form, where there was one.</summary>
    public JsonElement? Requirement { get; init; }

    /// <summary>Measured figures, for example <c>test accuracy</c>; each says on what it was measured.</summary>
    public IReadOnlyList<CardMetric> Metrics { get; init => field = value ?? []; } = [];

    /// <summary>The candidates that were tried.</summary>
    public IReadOnlyList<CardCandidate> Candidates { get; init => field = value ?? []; } = [];

    /// <summary>Remarks for the user, such as the terms of the training data.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];

    /// <summary>What a file cannot hold, one sentence each; empty if nothing.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Metrics.Contains(null!) || Candidates.Contains(null!) || Notes.Contains(null!))
            yield return "A metric, candidate or note of the card is null.";
        else if (!Metrics.Select(m => m.Value).Concat(Candidates.Select(c => c.Validation ?? 0)).All(double.IsFinite))
            yield return "A figure of the card is not a finite number.";
    }
}

/// <summary>A measured figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Data">On what it was measured.</param>
public sealed record CardMetric(string Name, double Value, string Data);

/// <summary>A candidate that was tried.</summary>
/// <param name="Name">What it was.</param>
/// <param name="Validation">Its score on validation rows, if measured.</param>
/// <param name="Chosen">Whether it became the classifier.</param>
public sealed record CardCandidate(
    string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Validation, bool Chosen);
