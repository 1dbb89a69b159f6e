using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.InContext.Prior;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains the in-context generator on synthetic tables alone, through the cross-entropy of the networks that it emits
/// on rows that it did not see (MotherNet, arXiv 2312.08598, section 3; the prior is that of TabPFN, arXiv 2207.01848).
/// </summary>
public sealed class InContextTraining : ITraining
{
    private const int NarrowFeatures = 30;       // most tables of users are no wider
    private const double NarrowShare = 0.75;     // of steps: one wide table makes a whole batch wide

    private readonly InContextNetwork _network;
    private readonly InContextTrainingOptions _options;
    private readonly TablePrior _prior = new(), _narrowPrior = new(new PriorOptions { MaxFeatures = NarrowFeatures });
    private readonly ulong _seed;
    private readonly Rng _rng;
    private readonly AdamW _optimizer;
    private readonly ExponentialAverage _average;
    private readonly long _earlierSteps, _earlierTables;
    private long _tables;

    /// <summary>Prepares a training of a new network at its first step.</summary>
    /// <param name="sizes">The sizes of the network.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides the first weights and the tables.</param>
    /// <exception cref="ModelInputException">A size or option is out of range.</exception>
    public InContextTraining(InContextOptions sizes, InContextTrainingOptions options, ulong seed)
        : this(new InContextCheckpoint(Checked(sizes), 0, 0, seed),
            new InContextNetwork(sizes, new Rng(seed).Split("initial")), options, seed) { }

    private InContextTraining(
        InContextCheckpoint earlier, InContextNetwork network, InContextTrainingOptions options, ulong seed)
    {
        if (options.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        (_network, _options, _seed) = (network, options, seed);
        (_earlierSteps, _earlierTables) = (earlier.Steps, earlier.Tables);
        _rng = new Rng(seed).Split("training").Split((ulong)earlier.Steps);   // never the tables of an earlier run
        _optimizer = new AdamW(
            network.Parameters,
            new AdamWOptions { Rate = options.Rate, Decay = options.Decay, ClipNorm = options.ClipNorm });
        _average = new ExponentialAverage(network.Parameters, options.AverageDecay);
    }

    /// <summary>The number of weights.</summary>
    public long Parameters => _network.Parameters.Size;

    /// <summary>The sizes of the network.</summary>
    public InContextOptions Sizes => _network.Options;

    /// <summary>Tables seen so far, in all runs.</summary>
    public long Tables => _earlierTables + _tables;

    /// <summary>The generator with the running mean of the weights, as it is now.</summary>
    public InContextGenerator Generator
    {
        get
        {
            InContextNetwork mean = new(Sizes, new Rng(0));
            mean.Parameters.CopyFrom(_average.Parameters);
            return new InContextGenerator(mean);
        }
    }

    /// <summary>Prepares a training that goes on from the weights of a checkpoint, with new tables.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <param name="options">How to train; the learning rate warms up again.</param>
    /// <param name="seed">Decides the tables.</param>
    /// <exception cref="ModelInputException">The file is no checkpoint, or an option is out of range.</exception>
    public static InContextTraining From(string checkpoint, InContextTrainingOptions options, ulong seed)
    {
        (InContextCheckpoint earlier, InContextNetwork network) = InContextCheckpoint.Read(checkpoint);
        return new InContextTraining(earlier, network, options, seed);
    }

    /// <summary>Writes the running mean of the weights, as half-precision floats.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteCheckpoint(string path) =>
        new InContextCheckpoint(Sizes, _earlierSteps + Step, Tables, _seed).Write(path, _average.Parameters);

    /// <inheritdoc/>
    public int Step => _optimizer.StepCount;

    /// <inheritdoc/>
    public int TotalSteps => _options.Steps;

    /// <summary>Tables seen so far.</summary>
    public long Examples => _tables;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
    [
        .. _network.Parameters,
        .. _average.Parameters.Select(a => KeyValuePair.Create($"average/{a.Key}", a.Value)),
        .. _optimizer.State.Select(s => KeyValuePair.Create($"optimizer/{s.Key}", s.Value)),
    ];

    /// <inheritdoc/>
    public float Advance()
    {
        if (Step >= TotalSteps) throw new InvalidOperationException($"All {TotalSteps} steps are taken.");
        (int tables, int rows) = TablesAndRows(Step);
        Rng rng = _rng.Split((ulong)Step);
        TablePrior prior = rng.NextDouble() < NarrowShare ? _narrowPrior : _prior;
        using TensorScope scope = new();
        TaskBatch batch = TaskBatch.Draw(prior, Sizes, rng, tables, rows, _options.Queries);
        Tensor loss = batch.Logits(_network).CrossEntropy(batch.Answers);
        _optimizer.Rate = _options.Rate * (float)Schedule.WarmUpCosine(Step, _options.WarmUp, TotalSteps);
        _optimizer.Step(loss.Backward());
        _average.Update();
        _tables += tables;
        return loss.Item();
    }

    /// <inheritdoc/>
    public void ResumeAt(int step)
    {
        _optimizer.StepCount = step;
        _tables = Enumerable.Range(0, step).Sum(i => (long)TablesAndRows(i).Tables);
    }

    private (int Tables, int Rows) TablesAndRows(int step)
    {
        const int fewest = 4, most = 32;
        double logRows = _rng.Split((ulong)step).Split("rows")
            .NextUniform(Math.Log(_options.MinRows), Math.Log(_options.MaxRows + 1));
        int rows = (int)Math.Exp(logRows);
        return (Math.Clamp(_options.RowsPerStep / rows, fewest, most), rows);
    }

    private static InContextOptions Checked(InContextOptions sizes) =>
        sizes.Faults().ToArray() is { Length: > 0 } faults
            ? throw new ModelInputException("There is no such network. " + string.Join(' ', faults))
            : sizes;
}
