namespace ML.TextToModel.Training;

/// <summary>How to train the text encoder.</summary>
public sealed record EncoderTrainingOptions
{
    /// <summary>The length of a vector. Default 96.</summary>
    public int Length { get; init; } = 96;

    /// <summary>The most words with a vector of their own, the most frequent ones. Default 22,000.</summary>
    public int Words { get; init; } = 22_000;

    /// <summary>Vectors for the parts of all other words. Default 6,000.</summary>
    public int Subwords { get; init; } = 6_000;

    /// <summary>Steps in all. Default 3,000.</summary>
    public int Steps { get; init; } = 3_000;

    /// <summary>Pairs of texts in a step; each is told from all others of its step. Default 512.</summary>
    public int Pairs { get; init; } = 512;

    /// <summary>Scored pairs of sentences in a step. Default 16.</summary>
    public int ScoredPairs { get; init; } = 16;

    /// <summary>What the mean squared error of the scores is multiplied with. Default 2.</summary>
    public float ScoreWeight { get; init; } = 2;

    /// <summary>Synsets of things in a step whose likeness is that of their paths in WordNet. Default 256.</summary>
    public int Kin { get; init; } = 256;

    /// <summary>What the mean squared error of their cosines is multiplied with. Default 40.</summary>
    public float KinWeight { get; init; } = 40;

    /// <summary>The share of pairs that come from senses of things one can see. Default 0.6.</summary>
    public double ThingShare { get; init; } = 0.6;

    /// <summary>The share of pairs that are sentences. Default 0.2.</summary>
    public double SentenceShare { get; init; } = 0.2;

    /// <summary>
    /// The share of known words that are made of their parts instead, so that these learn. Default 0.1.
    /// </summary>
    public double SubwordShare { get; init; } = 0.1;

    /// <summary>The share of words that are left out of texts of more than three. Default 0.2.</summary>
    public double DropShare { get; init; } = 0.2;

    /// <summary>What cosines are divided by before the softmax. Default 0.1.</summary>
    public float Temperature { get; init; } = 0.1f;

    /// <summary>The learning rate of Adam at its peak. Default 1e-3.</summary>
    public float Rate { get; init; } = 1e-3f;

    /// <summary>
    /// Steps until the learning rate is at its peak; then it falls along half a cosine wave. Default 200.
    /// </summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>What is out of range, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (Length < 1) yield return $"A vector of length {Length} is too short.";
        if (Words < 1) yield return $"{Words} words are too few.";
        if (Subwords < 1) yield return $"{Subwords} vectors for parts of words are too few.";
        if (Steps < 1) yield return $"{Steps} steps are too few.";
        if (Pairs < 2) yield return $"{Pairs} pairs are too few to tell one from another.";
        if (ScoredPairs < 0) yield return $"{ScoredPairs} scored pairs are too few.";
        if (!(ScoreWeight >= 0)) yield return $"The weight {ScoreWeight} of scores is negative.";
        if (Kin < 0) yield return $"{Kin} synsets are too few.";
        if (!(KinWeight >= 0)) yield return $"The weight {KinWeight} of paths is negative.";
        if (!(ThingShare >= 0 && SentenceShare >= 0 && ThingShare + SentenceShare <= 1))
            yield return $"The shares {ThingShare} of things and {SentenceShare} of sentences are no shares of pairs.";
        if (SubwordShare is not (>= 0 and <= 1)) yield return $"The share {SubwordShare} of parts is not from 0 to 1.";
        if (DropShare is not (>= 0 and < 1)) yield return $"The share {DropShare} left out is not below 1.";
        if (!(Temperature > 0)) yield return $"The temperature {Temperature} is not positive.";
        if (!(Rate > 0)) yield return $"The rate {Rate} is not positive.";
        if (WarmUp < 0) yield return $"The warm-up of {WarmUp} steps is negative.";
    }
}
