using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.InContext.Prior;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Scores a generator on synthetic tables that are always the same and in no training: 16 each of 32, 100, 300 and 800
/// labelled rows, with 128 others to classify.
/// </summary>
public static class InContextValidation
{
    private const int TablesPerSize = 16, Queries = 128;
    private const ulong Seed = 0x7AB1E5;

    private static readonly int[] s_rows = [32, 100, 300, 800];

    /// <summary>The scores for each number of labelled rows.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static InContextScore[] Score(InContextGenerator generator, CancellationToken cancel = default)
    {
        TablePrior prior = new();
        InContextNetwork network = generator.Network;
        List<InContextScore> scores = [];
        foreach (int rows in s_rows)
        {
            cancel.ThrowIfCancellationRequested();
            using var noGradient = Tensor.NoGradient();
            using TensorScope scope = new();
            Rng rng = new Rng(Seed).Split((ulong)rows);
            TaskBatch batch = TaskBatch.Draw(prior, network.Options, rng, TablesPerSize, rows, Queries);
            Tensor logits = batch.Logits(network);
            int[] predicted = logits.ArgMax();
            int right = predicted.Zip(batch.Answers).Count(pair => pair.First == pair.Second);
            scores.Add(new(rows, logits.CrossEntropy(batch.Answers).Item(), right / (double)predicted.Length));
        }
        return [.. scores];
    }
}

/// <summary>How a generator did on tables of so many labelled rows.</summary>
/// <param name="Rows">The number of labelled rows.</param>
/// <param name="Loss">The mean cross-entropy.</param>
/// <param name="Accuracy">The mean accuracy, from 0 to 1.</param>
public sealed record InContextScore(int Rows, double Loss, double Accuracy);
