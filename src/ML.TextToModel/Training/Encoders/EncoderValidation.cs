using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>How a text encoder does on texts that its training did not see; NaN where there are none.</summary>
/// <param name="FoundFirst">
/// The share of held-out definitions whose cosine with the first name of their synset is the highest among those of all
/// held-out synsets.
/// </param>
/// <param name="FoundAmongTen">The share where it is among the ten highest.</param>
/// <param name="WordNetSpearman">
/// Spearman's correlation of the cosine of two held-out definitions with the share of WordNet's paths that
/// their synsets have in common.
/// </param>
/// <param name="StsSpearman">That of the cosine of two sentences of STS-B with their score.</param>
/// <param name="StsPearson">Pearson's correlation of the same.</param>
public sealed record EncoderScore(
    double FoundFirst, double FoundAmongTen, double WordNetSpearman, double StsSpearman, double StsPearson);

/// <summary>Scores text encoders on held-out definitions of WordNet and on scored sentence pairs.</summary>
/// <param name="corpus">WordNet, which synsets are held out, and scored pairs that are in no training.</param>
public sealed class EncoderValidation(TextCorpus corpus)
{
    private const int RandomPairs = 20_000, Ten = 10;
    private const ulong Seed = 0xC0517E;

    private readonly int[] _heldOut =
        [.. corpus.HeldOut.Where(i => corpus.Synsets[i].Members.Count > 0).Order()];

    private readonly WordNetPaths _paths = new(corpus.Synsets);

    /// <summary>The scores of an encoder.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public EncoderScore Score(ITextEncoder encoder, CancellationToken cancel = default)
    {
        float[][] names = [.. _heldOut.Select(i => Vector(encoder, corpus.Synsets[i].Members[0]))];
        float[][] definitions = [.. _heldOut.Select(i => Vector(encoder, corpus.Synsets[i].Definition))];
        cancel.ThrowIfCancellationRequested();
        int[] ranks =
        [
            .. definitions.Select((definition, i) =>
            {
                float right = Cosine(definition, names[i]);
                return names.Count(name => Cosine(definition, name) > right);
            }),
        ];
        cancel.ThrowIfCancellationRequested();
        Rng rng = new(Seed);
        (int A, int B)[] pairs =
        [
            .. Enumerable.Range(0, RandomPairs)
                .Select(_ => (A: rng.NextInt(_heldOut.Length), B: rng.NextInt(_heldOut.Length)))
                .Where(pair => pair.A != pair.B),
        ];
        double[] near = [.. pairs.Select(pair => (double)Cosine(definitions[pair.A], definitions[pair.B]))];
        double[] kin = [.. pairs.Select(pair => _paths.Similarity(_heldOut[pair.A], _heldOut[pair.B]))];
        double[] cosines =
            [.. corpus.Tested.Select(pair => (double)Cosine(Vector(encoder, pair.A), Vector(encoder, pair.B)))];
        double[] scores = [.. corpus.Tested.Select(pair => (double)pair.Score)];
        return new(
            ranks.Count(rank => rank == 0) / (double)ranks.Length,
            ranks.Count(rank => rank < Ten) / (double)ranks.Length, RankCorrelation.Spearman(near, kin),
            RankCorrelation.Spearman(cosines, scores), RankCorrelation.Pearson(cosines, scores));
    }

    private static float[] Vector(ITextEncoder encoder, string text)
    {
        float[] vector = new float[encoder.Length];
        encoder.Encode(text, vector);
        return vector;
    }

    private static float Cosine(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
