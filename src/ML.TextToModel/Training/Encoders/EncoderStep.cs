using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// The texts of one step of the training, encoded together, and its loss: pairs that belong together (texts 0 to P - 1
/// and P to 2P - 1), things, and scored sentences (first ones, then second ones).
/// </summary>
internal sealed class EncoderStep
{
    private const float Masked = -1e4f;

    private readonly EncoderBatch _texts;
    private readonly int[] _abouts, _things;
    private readonly float[] _scores;
    private readonly WordNetPaths _paths;

    private EncoderStep(EncoderBatch texts, WordNetPaths paths, int pairs, int things, int scored)
    {
        (_texts, _paths) = (texts, paths);
        (_abouts, _things, _scores) = (new int[pairs], new int[things], new float[scored]);
    }

    /// <summary>Draws a step.</summary>
    public static EncoderStep Draw(
        TextPairs pairs, WordNetPaths paths, TokenizedTexts texts, EncoderTrainingOptions options, Rng rng)
    {
        EncoderBatch batch = new(texts, options);
        EncoderStep step = new(
            batch, paths, options.Pairs, pairs.HasThings ? options.Kin : 0, pairs.HasScored ? options.ScoredPairs : 0);
        List<int[]> seconds = [];
        for (int i = 0; i < step._abouts.Length; i++)
        {
            (int[] first, int[] second, step._abouts[i]) = pairs.Draw(rng);
            batch.Add(first, rng);
            seconds.Add(second);
        }
        foreach (int[] second in seconds) batch.Add(second, rng);
        for (int i = 0; i < step._things.Length; i++)
        {
            (int[] text, step._things[i]) = pairs.DrawThing(rng);
            batch.Add(text, rng);
        }
        seconds.Clear();
        for (int i = 0; i < step._scores.Length; i++)
        {
            (int[] first, int[] second, step._scores[i]) = pairs.DrawScored(rng);
            batch.Add(first, rng);
            seconds.Add(second);
        }
        foreach (int[] second in seconds) batch.Add(second, rng);
        return step;
    }

    /// <summary>The loss with a table of vectors.</summary>
    public Tensor Loss(Tensor table, EncoderTrainingOptions options)
    {
        Tensor vectors = _texts.Vectors(table);
        int pairs = _abouts.Length, things = _things.Length, scored = _scores.Length;
        Tensor loss = Contrastive(
            vectors.Narrow(0, 0, pairs), vectors.Narrow(0, pairs, pairs), options.Temperature);
        if (things > 1) loss += Kin(vectors.Narrow(0, 2 * pairs, things)) * options.KinWeight;
        if (scored == 0) return loss;
        int first = 2 * pairs + things;
        Tensor cosines = (vectors.Narrow(0, first, scored) * vectors.Narrow(0, first + scored, scored)).Sum(1);
        return loss + (cosines - Tensor.From(_scores, [scored, 1])).Square().Mean() * options.ScoreWeight;
    }

    /// <summary>InfoNCE in both directions; pairs that are about the same are not told apart.</summary>
    private Tensor Contrastive(Tensor a, Tensor b, float temperature)
    {
        int count = _abouts.Length;
        int[] answers = [.. Enumerable.Range(0, count)];
        Tensor mask = Tensor.Zeros([count, count]);
        foreach (int[] same in answers.GroupBy(i => _abouts[i]).Select(group => group.ToArray()))
            foreach (int i in same)
                foreach (int j in same)
                    if (i != j) mask.AsSpan()[i * count + j] = Masked;
        Tensor logits = a.MatMul(b.Transpose()) * (1 / temperature) + mask;
        return (logits.CrossEntropy(answers) + logits.Transpose().CrossEntropy(answers)) * 0.5f;
    }

    /// <summary>
    /// The mean squared distance of the cosines of things from the cosines of their paths, the latter moved and scaled
    /// so that different things have 0 on average and equal ones 1.
    /// </summary>
    private Tensor Kin(Tensor vectors)
    {
        const double highestMean = 0.9;   // where all things are nearly the same
        int count = _things.Length;
        float[] target = new float[count * count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            target[i * count + i] = 1;
            for (int j = 0; j < i; j++)
            {
                target[i * count + j] = target[j * count + i] = _paths.Similarity(_things[i], _things[j]);
                sum += target[i * count + j];
            }
        }
        float mean = (float)Math.Min(highestMean, sum / (count * (count - 1) / 2));
        foreach (ref float value in target.AsSpan()) value = (value - mean) / (1 - mean);
        return (vectors.MatMul(vectors.Transpose()) - Tensor.From(target, [count, count])).Square().Mean();
    }
}
