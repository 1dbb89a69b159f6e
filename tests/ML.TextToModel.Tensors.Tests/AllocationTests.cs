using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Tensors.Tests;

/// <summary>
/// The numbers of a step live in pooled memory; what remains are the objects of the graph: tensors, nodes, lists of
/// inputs, axes and ranges.
/// </summary>
// All threads share one pool of buffers: a test beside these takes some away, and the measured thread makes new ones.
[Collection(nameof(EngineSettings))]
public sealed class AllocationTests
{
    private const int Batch = 64;

    [Fact]
    public void A_step_of_a_small_network_allocates_under_10_KB()
    {
        const int inputs = 32, hidden = 128, classes = 10;
        Rng rng = new(1);
        ParameterSet parameters = new();
        ParameterBuilder builder = new(parameters, rng);
        Linear first = new(builder["first"], inputs, hidden), second = new(builder["second"], hidden, classes);
        LayerNorm norm = new(builder["norm"], hidden);
        Tensor x = Tensor.Normal([Batch, inputs], rng);
        int[] labels = [.. Enumerable.Range(0, Batch).Select(i => i % classes)];
        Sgd sgd = new(parameters, new() { Rate = 0.05f });
        AssertStep(10_000, sgd, () => second.Forward(norm.Forward(first.Forward(x)).Gelu()).CrossEntropy(labels));
    }

    [Fact]
    public void A_step_of_a_transformer_of_12_blocks_allocates_under_100_KB()
    {
        const int tokens = 5, width = 16, blocks = 12;
        Rng rng = new(1);
        ParameterSet parameters = new();
        ParameterBuilder builder = new(parameters, rng);
        var layers = Enumerable.Range(0, blocks).Select(i => builder["blocks"][i]).Select(b => (
            First: new LayerNorm(b["norm1"], width), Attention: new MultiHeadAttention(b["attention"], width, heads: 8),
            Second: new LayerNorm(b["norm2"], width), Mlp: new Mlp(b["mlp"], width, 4 * width))).ToArray();
        Tensor x = Tensor.Normal([Batch, tokens, width], rng), target = Tensor.Normal([Batch, tokens, width], rng);
        AdamW adam = new(parameters, new() { Rate = 3e-3f, ClipNorm = 1 });
        AssertStep(100_000, adam, () =>
        {
            Tensor h = x;
            foreach (var layer in layers)
            {
                h = h + layer.Attention.Forward(layer.First.Forward(h));
                h = h + layer.Mlp.Forward(layer.Second.Forward(h));
            }
            return (h - target).Square().Mean();
        });
    }

    private static void AssertStep(long limit, Optimizer optimizer, Func<Tensor> forward)
    {
        float first = Step();
        for (int i = 0; i < 10; i++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        float last = Step();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(last < first, $"The loss went from {first} to {last}.");
        Assert.InRange(bytes, 1, limit);

        float Step()
        {
            using TensorScope scope = new();
            Tensor loss = forward();
            optimizer.Step(loss.Backward());
            return loss.Item();
        }
    }
}
