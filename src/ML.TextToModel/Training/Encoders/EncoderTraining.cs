using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains the text encoder to tell which of a batch of texts belongs to which of another (InfoNCE, van den Oord et al.
/// 2018, in both directions), the cosines of things to be like those of their paths in WordNet, and the cosine of
/// scored sentence pairs to be their score.
/// </summary>
public sealed class EncoderTraining : ITraining
{
    private readonly TextCorpus _corpus;
    private readonly EncoderTrainingOptions _options;
    private readonly ulong _seed;
    private readonly Rng _rng;
    private readonly Vocabulary _vocabulary;
    private readonly TokenizedTexts _texts;
    private readonly TextPairs _pairs;
    private readonly WordNetPaths _paths;
    private readonly ParameterSet _parameters = new();
    private readonly Tensor _table;
    private readonly AdamW _optimizer;

    /// <summary>Prepares a training at its first step: chooses the vocabulary and the first vectors.</summary>
    /// <param name="corpus">The texts.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides the pairs, and a little of the first vectors.</param>
    /// <exception cref="ModelInputException">An option is out of range, or the corpus has no text.</exception>
    public EncoderTraining(TextCorpus corpus, EncoderTrainingOptions options, ulong seed)
    {
        if (options.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        (_corpus, _options, _seed) = (corpus, options, seed);
        _rng = new Rng(seed).Split("training");
        WordFrequencies frequencies = new(corpus);
        _vocabulary = frequencies.MostFrequent(options.Words, options.Subwords);
        _texts = new TokenizedTexts(_vocabulary);
        _paths = new WordNetPaths(corpus.Synsets);
        _pairs = new TextPairs(corpus, _paths, frequencies, _texts, options);
        float[] initial = FirstVectors.Of(
            corpus, _paths, frequencies, _vocabulary, options.Length, new Rng(seed).Split("initial"));
        _table = new ParameterBuilder(_parameters, new Rng(0)).Create(
            "vectors", [_vocabulary.Rows, options.Length], (values, _) => initial.CopyTo(values));
        _optimizer = new AdamW(_parameters, new AdamWOptions { Rate = options.Rate, Decay = 0 });
    }

    /// <summary>The number of weights.</summary>
    public long Parameters => _parameters.Size;

    /// <summary>The number of words with a vector of their own.</summary>
    public int Words => _vocabulary.Words.Count;

    /// <inheritdoc/>
    public int Step => _optimizer.StepCount;

    /// <inheritdoc/>
    public int TotalSteps => _options.Steps;

    /// <summary>Pairs of texts seen so far.</summary>
    public long Examples => (long)Step * _options.Pairs;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
    [
        .. _parameters,
        .. _optimizer.State.Select(s => KeyValuePair.Create($"optimizer/{s.Key}", s.Value)),
    ];

    /// <summary>The encoder as it is now.</summary>
    public WordTextEncoder Encoder => new(_vocabulary, _table.ToArray(), Mean());

    /// <summary>Writes the encoder.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteCheckpoint(string path) =>
        TextEncoderCheckpoint.Write(path, _vocabulary, _table.ToArray(), Mean(), Step, _seed);

    /// <inheritdoc/>
    public float Advance()
    {
        if (Step >= TotalSteps) throw new InvalidOperationException($"All {TotalSteps} steps are taken.");
        using TensorScope scope = new();
        Rng rng = _rng.Split((ulong)Step);
        EncoderStep step = EncoderStep.Draw(_pairs, _paths, _texts, _options, rng);
        Tensor loss = step.Loss(_table, _options);
        _optimizer.Rate = _options.Rate * (float)Schedule.WarmUpCosine(Step, _options.WarmUp, TotalSteps);
        _optimizer.Step(loss.Backward());
        return loss.Item();
    }

    /// <inheritdoc/>
    public void ResumeAt(int step) => _optimizer.StepCount = step;

    /// <summary>The mean vector of the first names of all synsets.</summary>
    private float[] Mean()
    {
        WordTextEncoder encoder = new(_vocabulary, _table.ToArray(), new float[_options.Length]);
        double[] sum = new double[_options.Length];
        float[] vector = new float[_options.Length];
        int count = 0;
        foreach (Synset synset in _corpus.Synsets)
        {
            if (synset.Members.Count == 0 || _texts.Tokens(synset.Members[0]).Length == 0) continue;
            encoder.Encode(synset.Members[0], vector);
            for (int i = 0; i < vector.Length; i++) sum[i] += vector[i];
            count++;
        }
        return [.. sum.Select(s => (float)(s / Math.Max(1, count)))];
    }
}
