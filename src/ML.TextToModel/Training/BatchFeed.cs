using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Training;

/// <summary>
/// The batches of a training: which examples come at which step depends on the seed and the step alone, so a training can
/// go on at any step. Each task goes through its examples in an order shuffled anew for each pass; a batch that reaches
/// the end of a pass is filled from the next one.
/// </summary>
internal sealed unsafe class BatchFeed
{
    private readonly IExampleSource _examples;
    private readonly Rng _rng;
    private readonly int[]?[] _order;
    private readonly int[] _pass;
    private readonly int[] _chosen;

    public BatchFeed(IExampleSource examples, int batchSize, Rng rng)
    {
        (_examples, _rng, BatchSize) = (examples, rng, batchSize);
        _order = new int[examples.Tasks][];
        _pass = new int[examples.Tasks];
        _chosen = new int[examples.Tasks * batchSize];
        Labels = new int[_chosen.Length];
    }

    public int BatchSize { get; }

    /// <summary>The labels of the last batch, task after task.</summary>
    public int[] Labels { get; }

    /// <summary>The inputs (T, B, …) of a step.</summary>
    public Tensor Next(int step)
    {
        int tasks = _examples.Tasks, length = _examples.InputShape.ElementCount;
        for (int t = 0; t < tasks; t++) Choose(t, (long)step * BatchSize);
        Tensor inputs = Tensor.Empty(_examples.InputShape.Insert(0, BatchSize).Insert(0, tasks));
        FillJob job = new() { Feed = this, Inputs = inputs.Pointer, Length = length, Augmentation = _rng.Split("augmentation").Split((ulong)step) };
        Workers.Run(tasks * BatchSize, ref job);
        return inputs;
    }

    private void Choose(int task, long first)
    {
        int count = _examples.Count(task);
        for (int i = 0; i < BatchSize; i++)
        {
            (long pass, long place) = Math.DivRem(first + i, count);
            int example = Order(task, (int)pass)[place];
            _chosen[task * BatchSize + i] = example;
            Labels[task * BatchSize + i] = _examples.Label(task, example);
        }
    }

    private int[] Order(int task, int pass)
    {
        if (_order[task] is { } present && _pass[task] == pass) return present;
        // A batch may span the end of a pass; the order of the pass before is then done with.
        _pass[task] = pass;
        return _order[task] = _rng.Split("order").Split((ulong)task).Split((ulong)pass).Permutation(_examples.Count(task));
    }

    private struct FillJob : IParallelJob
    {
        public BatchFeed Feed;
        public float* Inputs;
        public int Length;
        public Rng Augmentation;

        public readonly void Run(int part) => Feed._examples.Fill(
            part / Feed.BatchSize, Feed._chosen.AsSpan(part, 1), Augmentation.Split((ulong)part), new Span<float>(Inputs + (long)part * Length, Length));
    }
}
