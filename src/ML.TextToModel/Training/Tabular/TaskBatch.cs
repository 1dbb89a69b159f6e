using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.InContext.Prior;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Training;

/// <summary>Synthetic tasks side by side, as tensors: the labelled rows and the rows to classify.</summary>
internal sealed class TaskBatch
{
    private TaskBatch(ContextBatch context, Tensor queries, int[] answers) =>
        (Context, Queries, Answers) = (context, queries, answers);

    /// <summary>The labelled rows.</summary>
    public ContextBatch Context { get; }

    /// <summary>The rows to classify, (tables, queries, features).</summary>
    public Tensor Queries { get; }

    /// <summary>Their classes, table after table.</summary>
    public int[] Answers { get; }

    /// <summary>
    /// Draws <paramref name="tables"/> tasks, task i from child i of <paramref name="rng"/>, on all threads.
    /// </summary>
    public static TaskBatch Draw(
        TablePrior prior, InContextOptions options, Rng rng, int tables, int rows, int queries)
    {
        SyntheticTask[] tasks = new SyntheticTask[tables];
        var drawing = new Drawing(prior, rng, rows, queries, tasks);
        Workers.Run(tables, ref drawing);
        int features = tasks.Max(task => task.Context.Columns);
        ContextBatch context = new(options, tables, rows, features, tasks.Max(task => task.Context.Classes));
        Tensor others = Tensor.Zeros([tables, queries, features]);
        var filling = new Filling(context, others, rng, tasks);
        Workers.Run(tables, ref filling);
        return new(context, others, [.. tasks.SelectMany(task => task.Answers)]);
    }

    /// <summary>
    /// The logits (tables, queries, classes) of the networks that <paramref name="network"/> emits for these tasks.
    /// </summary>
    public Tensor Logits(InContextNetwork network) =>
        network.Spec(Queries.Shape[2], Context.Classes).Forward(network.Forward(Context), Queries);

    private readonly struct Drawing(
        TablePrior prior, Rng rng, int rows, int queries, SyntheticTask[] tasks) : IParallelJob
    {
        public void Run(int part) =>
            tasks[part] = SyntheticTask.Draw(prior, rng.Split((ulong)part), rows, queries);
    }

    private readonly struct Filling(ContextBatch context, Tensor queries, Rng rng, SyntheticTask[] tasks) : IParallelJob
    {
        public void Run(int part)
        {
            context.Set(part, tasks[part].Context, rng.Split((ulong)part).Split("codes"));
            ContextBatch.SetRows(queries, part, tasks[part].Queries, tasks[part].Context.Columns);
        }
    }
}
