using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Training;

/// <summary>
/// The batches of a training: which examples of a task come at which step, and how they are changed, depends on the
/// seed, the task's key and the step alone, so a training can go on at any step and with other tasks beside it. Each
/// task goes through its examples in an order shuffled anew for each pass; a batch that reaches the end of a pass is
/// filled from the next one.
/// </summary>
internal sealed unsafe class BatchFeed
{
    private readonly IExampleSource _examples;
    private readonly Rng[] _orderRng, _augmentationRng;
    private readonly int[][] _order;
    private readonly long[] _pass;
    private readonly int[] _chosen;

    public BatchFeed(IExampleSource examples, int batchSize, Rng rng)
    {
        (_examples, BatchSize) = (examples, batchSize);
        int[] tasks = [.. Enumerable.Range(0, examples.Tasks)];
        _orderRng = [.. tasks.Select(t => rng.Split("order").Split(examples.Key(t)))];
        _augmentationRng = [.. tasks.Select(t => rng.Split("augmentation").Split(examples.Key(t)))];
        _order = [.. tasks.Select(t => new int[examples.Count(t)])];
        _pass = [.. tasks.Select(_ => -1L)];
        _chosen = new int[tasks.Length * batchSize];
        Labels = new int[_chosen.Length];
    }

    public int BatchSize { get; }

    /// <summary>The labels of the last batch, task after task.</summary>
    public int[] Labels { get; }

    /// <summary>The inputs (T, B, …) of a step.</summary>
    public Tensor Next(int step)
    {
        int tasks = _examples.Tasks;
        long first = (long)step * BatchSize;
        for (int t = 0; t < tasks; t++) Choose(t, first);
        Tensor inputs = Tensor.Empty(_examples.InputShape.Insert(0, BatchSize).Insert(0, tasks));
        var job = new FillJob(this, first, inputs.Pointer, _examples.InputShape.ElementCount);
        Workers.Run(tasks * BatchSize, ref job);
        return inputs;
    }

    private void Choose(int task, long first)
    {
        for (int i = 0; i < BatchSize; i++)
        {
            (long pass, long place) = Math.DivRem(first + i, _order[task].Length);
            int example = Order(task, pass)[place];
            _chosen[task * BatchSize + i] = example;
            Labels[task * BatchSize + i] = _examples.Label(task, example);
        }
    }

    private int[] Order(int task, long pass)
    {
        int[] order = _order[task];
        if (_pass[task] == pass) return order;
        // A batch may span the end of a pass; the order of the pass before is then done with.
        _pass[task] = pass;
        for (int i = 0; i < order.Length; i++) order[i] = i;
        _orderRng[task].Split((ulong)pass).Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>A part is one example.</summary>
    private readonly struct FillJob(BatchFeed feed, long first, float* inputs, int length) : IParallelJob
    {
        public void Run(int part)
        {
            (int task, int place) = Math.DivRem(part, feed.BatchSize);
            Rng augmentation = feed._augmentationRng[task].Split((ulong)(first + place));
            Span<float> input = new(inputs + (long)part * length, length);
            feed._examples.Fill(task, feed._chosen.AsSpan(part, 1), augmentation, input);
        }
    }
}
