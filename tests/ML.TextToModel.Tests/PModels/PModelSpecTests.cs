using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels.Tests;

public sealed class PModelSpecTests
{
    [Fact]
    public void The_CNN_of_Tina_has_5370_parameters_for_ten_classes()
    {
        var spec = new CnnSpec { Classes = 10 };
        Assert.Equal(5_370, spec.Layout.Count);
        Assert.Equal(
            "conv1.weight (16, 3, 3, 3) at 0, conv2.weight (32, 16, 3, 3) at 432, head.weight (10, 32) at 5040, " +
            "head.bias (10) at 5360", Describe(spec));
        Assert.Equal([false, false, true, true], spec.Layout.Slots.Select(slot => slot.PerClass));
        Assert.Equal([27, 144, 32, 32], spec.Layout.Slots.Select(slot => slot.FanIn));
        Assert.Equal([32, 32, 3], spec.InputShape);
    }

    [Fact]
    public void An_MLP_has_two_tensors_per_layer_and_one_for_the_skip()
    {
        var spec = new MlpSpec { Classes = 3, Inputs = 13, Hidden = [16, 8], Skip = true };
        Assert.Equal(
            "hidden1.weight (16, 13) at 0, hidden1.bias (16) at 208, hidden2.weight (8, 16) at 224, " +
            "hidden2.bias (8) at 352, head.weight (3, 8) at 360, head.bias (3) at 384, skip.weight (3, 13) at 387",
            Describe(spec));
        Assert.Equal(426, spec.Layout.Count);
        Assert.Equal([false, false, false, false, true, true, true], spec.Layout.Slots.Select(slot => slot.PerClass));
    }

    [Fact]
    public void A_linear_head_has_a_row_and_a_bias_per_class() => Assert.Equal(
        "head.weight (10, 512) at 0, head.bias (10) at 5120", Describe(new LinearSpec { Classes = 10, Inputs = 512 }));

    [Fact]
    public void A_changed_copy_has_a_layout_of_its_own()
    {
        var spec = new CnnSpec { Classes = 10 };
        Assert.Equal(5_370, spec.Layout.Count);
        Assert.Equal(5_370 + 90 * 33, (spec with { Classes = 100 }).Layout.Count);
        Assert.Equal(10 * 17 + 432, (spec with { Channels = [16], Strides = [2] }).Layout.Count);
        Assert.Equal(5_370, spec.Layout.Count);
    }

    [Fact]
    public void A_spec_does_not_change_with_the_list_it_was_made_of()
    {
        List<int> channels = [16, 32], strides = [2, 1], hidden = [8];
        var cnn = new CnnSpec { Classes = 10, Channels = channels, Strides = strides };
        var mlp = new MlpSpec { Classes = 2, Inputs = 3, Hidden = hidden };
        channels[0] = 4096;
        strides.Clear();
        hidden[0] = 9;
        Assert.Equal(new CnnSpec { Classes = 10 }, cnn);
        Assert.Equal([8], mlp.Hidden);
    }

    [Theory, MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Specs_are_equal_exactly_where_kind_and_sizes_are(string name)
    {
        PModelSpec spec = SmallModels.Specs[name];
        PModelSpec copy = spec with { Classes = spec.Classes };
        Assert.NotSame(spec, copy);
        Assert.Equal(spec, copy);
        Assert.Equal(spec.GetHashCode(), copy.GetHashCode());
        Assert.NotEqual(spec, spec with { Classes = 9 });
        Assert.Single(SmallModels.Specs.Values, other => other == spec);
    }

    [Fact]
    public void Specs_print_their_sizes()
    {
        Assert.Equal("CNN 32×32, 3 → 16/2 → 32/1 → 10", new CnnSpec { Classes = 10 }.ToString());
        Assert.Equal("MLP 13-32-3 + skip", new MlpSpec { Classes = 3, Inputs = 13, Skip = true }.ToString());
        Assert.Equal("linear 512-10", new LinearSpec { Classes = 10, Inputs = 512 }.ToString());
    }

    [Theory, MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Initial_parameters_fill_their_range(string name)
    {
        PModelSpec spec = SmallModels.Specs[name];
        float[] parameters = spec.Initialize(new Rng(3));
        Assert.Equal(parameters, spec.Initialize(new Rng(3)));
        Assert.NotEqual(parameters, spec.Initialize(new Rng(4)));
        foreach (ParameterSlot slot in spec.Layout.Slots)
        {
            float[] values = slot.Of(parameters.AsSpan()).ToArray();
            bool beforeRelu = slot.Name.EndsWith("weight", StringComparison.Ordinal) && !slot.PerClass;
            double bound = Math.Sqrt((beforeRelu ? 6.0 : 1) / slot.FanIn);
            Assert.All(values, value => Assert.InRange(value, -bound, bound));
            if (values.Length > 100) Assert.InRange(values.Max() - values.Min(), 1.8 * bound, 2 * bound);
        }
    }

    [Fact]
    public void Every_fault_of_the_sizes_is_named_at_once() => Assert.Equal(
        [
            "0 classes are not between 1 and 1000000.", "0 × 2000 pixels are not between 1 and 1024 on each side.",
            "17 convolutions are not between 1 and 16.",
            "1 strides do not fit 17 convolutions.", "A convolution has from 1 to 4096 channels.",
            "A stride is from 1 to 8.",
        ],
        new CnnSpec
        {
            Classes = 0, Height = 0, Width = 2000, Channels = [.. Enumerable.Range(0, 17)], Strides = [9],
        }.Faults());

    public static TheoryData<PModelSpec, string> Wrong => new()
    {
        { new LinearSpec { Classes = 1_000_001, Inputs = 1 }, "1000001 classes are not between 1 and 1000000." },
        { new LinearSpec { Classes = 2, Inputs = 0 }, "0 inputs are not between 1 and 1000000." },
        { new MlpSpec { Classes = 2, Inputs = -1 }, "-1 inputs are not between 1 and 1000000." },
        { new MlpSpec { Classes = 2, Inputs = 1, Hidden = [4, 0] }, "A hidden layer has from 1 to 1000000 units." },
        {
            new MlpSpec { Classes = 2, Inputs = 1, Hidden = [.. Enumerable.Repeat(1, 65)] },
            "65 hidden layers are more than 64."
        },
        {
            new LinearSpec { Classes = 1_000_000, Inputs = 1_000_000 },
            "1000001000000 parameters are more than 268435456."
        },
        {
            new CnnSpec { Classes = 2, Height = 1024, Width = 1024, Channels = [17], Strides = [1] },
            "A convolution gives more than 16777216 values."
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Sizes_out_of_range_are_named(PModelSpec spec, string fault) => Assert.Equal([fault], spec.Faults());

    [Theory, MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Sound_sizes_have_no_fault(string name) => Assert.Empty(SmallModels.Specs[name].Faults());

    private static string Describe(PModelSpec spec) =>
        string.Join(", ", spec.Layout.Slots.Select(slot => $"{slot.Name} {slot.Shape} at {slot.Offset}"));
}
