using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Tina.Tests;

public sealed class TinaGrowthTests
{
    [Theory]
    [InlineData(16, 24, 2)]   // a copy
    [InlineData(32, 24, 2)]
    [InlineData(48, 24, 2)]
    [InlineData(16, 40, 2)]   // not a multiple
    [InlineData(16, 72, 2)]
    [InlineData(16, 24, 5)]
    [InlineData(48, 100, 4)]
    public void A_grown_network_computes_the_same(int width, int hidden, int layers)
    {
        foreach (TokenLayout tokens in Enum.GetValues<TokenLayout>())
        {
            TinaNetwork network = SmallTina.Trained(tokens);
            TinaOptions sizes = network.Options.WithWidth(width) with { Hidden = hidden, Layers = layers };
            AssertSame(network, TinaGrowth.Grow(network, sizes, new Rng(4)));
        }
    }

    [Fact]
    public void Growing_twice_computes_the_same()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        TinaNetwork once = TinaGrowth.Grow(network, network.Options.WithWidth(32), new Rng(4));
        AssertSame(network, TinaGrowth.Grow(once, once.Options.WithWidth(64) with { Hidden = 80 }, new Rng(5)));
    }

    [Fact]
    public void The_grown_network_shares_no_weights_with_the_other()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        TinaNetwork grown = TinaGrowth.Grow(network, network.Options, new Rng(4));
        float before = network.Parameters["condition.weight"].AsSpan()[0];
        grown.Parameters["condition.weight"].AsSpan().Fill(7);
        Assert.Equal(before, network.Parameters["condition.weight"].AsSpan()[0]);
    }

    [Theory]
    [InlineData("condition.weight"), InlineData("row_encoder.weight"), InlineData("time.first.weight")]
    [InlineData("time.second.weight"), InlineData("blocks.0.modulation.weight")]
    [InlineData("blocks.0.attention.query.weight"), InlineData("blocks.0.attention.key_value.weight")]
    [InlineData("blocks.0.attention.output.weight"), InlineData("blocks.0.hidden.first.weight")]
    [InlineData("blocks.0.hidden.second.weight"), InlineData("last_modulation.weight")]
    public void Copies_have_gradients_that_are_not_proportional(string name)
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        TinaOptions sizes = network.Options.WithWidth(32) with { Hidden = 48 };
        TinaNetwork grown = TinaGrowth.Grow(network, sizes, new Rng(4));
        bool isHidden = name.EndsWith("hidden.first.weight", StringComparison.Ordinal);
        int units = isHidden ? network.Options.Hidden : network.Options.Width;
        TokenValues values = Forward(grown, 4, seed: 1);
        Tensor loss = (values.Chunks * values.Chunks).Sum() + (values.Rows * values.Rows).Sum();
        Tensor gradient = loss.Backward()[grown.Parameters[name]];
        for (int unit = 0; unit < units; unit++)
        {
            float[] one = gradient.Narrow(0, unit, 1).ToArray(), copy = gradient.Narrow(0, unit + units, 1).ToArray();
            double cosine = Product(one, copy) / Math.Sqrt(Product(one, one) * Product(copy, copy));
            Assert.True(cosine < 1 - 1e-7, $"unit {unit}: {cosine}");
        }

        static double Product(float[] a, float[] b) => a.Zip(b, static (x, y) => (double)x * y).Sum();
    }

    [Fact]
    public void The_gates_of_new_blocks_are_zero_but_learn()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        TinaNetwork grown = TinaGrowth.Grow(network, network.Options with { Layers = 3 }, new Rng(4));
        Tensor gates = grown.Parameters["blocks.2.modulation.weight"];
        Assert.All(gates.ToArray(), gate => Assert.Equal(0, gate));
        TokenValues values = Forward(grown, 4, seed: 1);
        float[] gradient = (values.Rows * values.Rows).Sum().Backward()[gates].ToArray();
        Assert.Contains(gradient, slope => Math.Abs(slope) > 1e-3);
    }

    [Fact]
    public void The_same_seed_grows_the_same_bits_and_another_one_others()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        float[] Weights(ulong seed) =>
            TinaGrowth.Grow(network, network.Options.WithWidth(32), new Rng(seed))
                .Parameters["row_decoder.weight"].ToArray();
        Assert.Equal(Weights(4), Weights(4));
        Assert.NotEqual(Weights(4), Weights(5));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        TinaOptions small = SmallTina.Options(TokenLayout.Chunked);
        AssertRefused("Its token layout is Chunked, not ClassRow.", small with { Tokens = TokenLayout.ClassRow });
        AssertRefused("Its chunk size is 50 and cannot become 60.", small with { ChunkSize = 60 });
        AssertRefused("Its condition length is 5 and cannot become 6.", small with { ConditionLength = 6 });
        AssertRefused("Its number of hidden units of the base is 256", small with { BaseHidden = 512 });
        AssertRefused("It is for 4 classes, not 5.", small with { MaxClasses = 5 });
        AssertRefused("Its width is 16, of which 24 is no multiple.", small.WithWidth(24));
        AssertRefused("Its width is 16, of which 8 is no multiple.", small.WithWidth(8));
        AssertRefused("Its heads have 8 channels, not 4.", small with { Heads = 4 });
        AssertRefused("time channels is 16 and cannot become 32.", small with { Width = 32, Heads = 4 });
        AssertRefused("It has 24 hidden channels, more than 23.", small with { Hidden = 23 });
        AssertRefused("It has 2 blocks, more than 1.", small with { Layers = 1 });
        AssertRefused("3 heads do not divide the width 16.", small with { Heads = 3 });
    }

    private static void AssertRefused(string why, TinaOptions sizes) => Assert.Contains(
        why,
        Assert.Throws<ModelInputException>(
            () => TinaGrowth.Grow(SmallTina.Trained(TokenLayout.Chunked), sizes, new Rng(1))).Message);

    private static void AssertSame(TinaNetwork one, TinaNetwork other)
    {
        for (ulong seed = 0; seed < 5; seed++)
            foreach (int classes in new[] { 2, 4 })
            {
                TokenValues expected = Forward(one, classes, seed), actual = Forward(other, classes, seed);
                Closeness.AssertClose(expected.Chunks.ToArray(), actual.Chunks.ToArray(), 1e-4, "chunks");
                Closeness.AssertClose(expected.Rows.ToArray(), actual.Rows.ToArray(), 1e-4, "rows");
            }
    }

    /// <summary>What a network predicts from random values of three p-models at random timesteps.</summary>
    private static TokenValues Forward(TinaNetwork network, int classes, ulong seed)
    {
        Rng rng = new Rng(seed).Split("values");
        float[] signal = [rng.NextFloat(), rng.NextFloat(), rng.NextFloat()];
        return network.Forward(network.Noise(3, classes, rng), signal, SmallTina.Conditions(3, classes, seed + 9));
    }
}
