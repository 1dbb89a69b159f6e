using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.InContext.Tests;

public sealed class InContextNetworkTests
{
    private static readonly InContextOptions s_small = new()
    {
        Units = 5, CodeLength = 4, Width = 16, Layers = 2, Heads = 2, Hidden = 24,
    };

    [Fact]
    public void The_linear_path_of_an_untrained_network_starts_as_linear_discriminant_analysis()
    {
        ContextTable table = Tables.Random(60, 5, classes: 3, seed: 1);
        InContextNetwork network = new(s_small, new Rng(2));
        network.Parameters.Single(p => p.Key == "solver.gains").Value.AsSpan().Clear();   // not fitted further
        InContextGenerator generator = new(network);
        (float[] whitened, float scale) = ClassWhitening.Of(table);
        float[] expected = new float[3 * 5];
        for (int c = 0; c < 3; c++)
        {
            int[] own = [.. Enumerable.Range(0, table.Rows).Where(row => table.Labels[row] == c)];
            for (int j = 0; j < 5; j++) expected[c * 5 + j] = scale * own.Average(row => whitened[row * 5 + j]);
        }
        float[] parameters = generator.Emit(table, new Rng(3));
        ParameterSlot skip = generator.Spec(table).Layout["skip.weight"];
        Closeness.AssertClose(expected, skip.Of(parameters.AsSpan()).ToArray(), 1e-3);
    }

    [Fact]
    public void Tables_in_one_batch_do_not_influence_each_other()
    {
        ContextTable[] tables = [Tables.Random(30, 6, 4, seed: 1), Tables.Random(30, 11, 2, seed: 2)];
        InContextNetwork network = Trained(new Rng(3));
        ContextBatch both = new(s_small, 2, 30, features: 11, classes: 4);
        for (int i = 0; i < 2; i++) both.Set(i, tables[i], new Rng((ulong)i));
        Tensor[] together = network.Forward(both);
        for (int i = 0; i < 2; i++)
        {
            ContextBatch alone = new(s_small, 1, 30, tables[i].Columns, tables[i].Classes);
            alone.Set(0, tables[i], new Rng((ulong)i));
            Tensor[] own = network.Forward(alone);
            Closeness.AssertClose(
                own[0].ToArray(), together[0].Narrow(0, i, 1).Narrow(2, 0, tables[i].Columns).ToArray(), 1e-4);
            Closeness.AssertClose(own[1].ToArray(), together[1].Narrow(0, i, 1).ToArray(), 1e-4);
            Closeness.AssertClose(
                own[3].ToArray(), together[3].Narrow(0, i, 1).Narrow(1, 0, tables[i].Classes).ToArray(), 1e-3);
            Tensor skip = together[4].Narrow(0, i, 1).Narrow(1, 0, tables[i].Classes).Narrow(2, 0, tables[i].Columns);
            Closeness.AssertClose(own[4].ToArray(), skip.ToArray(), 1e-3);
        }
    }

    [Fact]
    public void Gradients_are_those_of_central_differences()
    {
        InContextNetwork network = Trained(new Rng(5));
        ContextBatch batch = new(s_small, 2, 24, features: 6, classes: 3);
        for (int i = 0; i < 2; i++) batch.Set(i, Tables.Random(24, 5 + i, 3 - i, seed: (ulong)i), new Rng((ulong)i));
        Tensor queries = Tensor.Normal([2, 6, 6], new Rng(8));
        int[] answers = [0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0];
        GradientCheck.Run(
            network.Parameters,
            () => network.Spec(6, 3).Forward(network.Forward(batch), queries).CrossEntropy(answers));
    }

    [Fact]
    public void A_checkpoint_keeps_the_network_to_half_precision()
    {
        InContextNetwork network = Trained(new Rng(6));
        string path = Path.GetTempFileName();
        try
        {
            new InContextCheckpoint(s_small, 12, 345, 6).Write(path, network.Parameters);
            (InContextCheckpoint checkpoint, InContextNetwork read) = InContextCheckpoint.Read(path);
            Assert.Equal(new InContextCheckpoint(s_small, 12, 345, 6), checkpoint);
            foreach ((string name, Tensor weight) in network.Parameters)
                Closeness.AssertClose(weight.ToArray(), read.Parameters[name].ToArray(), 2e-3);
            File.WriteAllText(path, "damaged");
            Assert.StartsWith(
                $"{path} is no checkpoint of the in-context generator.",
                Assert.Throws<ModelInputException>(() => InContextCheckpoint.Read(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Sizes_out_of_range_are_named() => Assert.Equal(
        [
            "The size 'units' is 0, not between 1 and 4096.",
            "4096 layers of width 4095 have more than 67,108,864 weights.",
            "4 heads do not divide the width 4095.",
        ], new InContextOptions { Units = 0, Layers = 4096, Width = 4095 }.Faults());

    /// <summary>A network whose emitted weights all depend on its input, as after training.</summary>
    private static InContextNetwork Trained(Rng rng)
    {
        InContextNetwork network = new(s_small, rng);
        foreach ((string name, Tensor weight) in network.Parameters)
            if (!name.Contains("norm", StringComparison.Ordinal)) rng.Split(name).FillNormal(weight.AsSpan(), 0, 0.2);
        return network;
    }
}
