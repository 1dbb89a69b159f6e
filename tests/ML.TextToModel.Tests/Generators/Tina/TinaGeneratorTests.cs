using System.Text;
using System.Text.Json;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Tina.Tests;

public sealed class TinaGeneratorTests
{
    private static readonly string[] s_texts = ["bear", "bus", "sweet_pepper", "wolf", "zebra", "something striped"];

    private static readonly ITextEncoder s_encoder = new PrecomputedTextEncoder("random", s_texts, Vectors());

    [Fact]
    public void Another_order_of_the_classes_permutes_the_weights_to_the_bit()
    {
        TinaGenerator generator = Generator();
        FittedClassifier one = Make(generator, null, "wolf", "bear", "bus");
        FittedClassifier other = Make(generator, null, "bus", "wolf", "bear");
        Assert.Equal(["bus", "wolf", "bear"], other.Classes);
        int[] places = [2, 0, 1];   // of other's classes in the first
        foreach (ParameterSlot slot in one.Spec.Layout.Slots)
        {
            float[] a = slot.Of(one.Parameters).ToArray(), b = slot.Of(other.Parameters).ToArray();
            int length = slot.PerClass ? slot.Count / 3 : slot.Count;
            float[] moved = slot.PerClass ? [.. places.SelectMany(p => a[(p * length)..((p + 1) * length)])] : a;
            Assert.Equal(moved, b);
        }
    }

    [Fact]
    public void Without_the_canonical_order_weights_still_follow_the_classes()
    {
        TinaGenerator generator = Generator();
        TinaGeneratorOptions asGiven = new() { CanonicalOrder = false };
        FittedClassifier one = Make(generator, asGiven, "wolf", "bear", "bus");
        FittedClassifier other = Make(generator, asGiven, "bear", "wolf", "bus");
        ParameterSlot bias = one.Spec.Layout["head.bias"];
        float[] a = bias.Of(one.Parameters).ToArray(), b = bias.Of(other.Parameters).ToArray();
        Closeness.AssertClose([a[1], a[0], a[2]], b, 1e-4);
    }

    [Theory, InlineData(1, 0), InlineData(5, 0), InlineData(5, 1)]
    public void The_same_seed_gives_the_same_bits_and_another_one_others(int steps, double churn)
    {
        TinaGeneratorOptions options = new() { Steps = steps, Churn = churn, Seed = 4 };
        float[] Bits(TinaGeneratorOptions with) => Make(Generator(), with, "wolf", "bear").Parameters.ToArray();
        Assert.Equal(Bits(options), Bits(options));
        Assert.NotEqual(Bits(options), Bits(options with { Seed = 5 }));
    }

    [Theory, InlineData(RequirementSource.Llm, null), InlineData(RequirementSource.User, "grey, hunts in packs")]
    public void A_class_of_the_training_keeps_its_name_unless_the_user_describes_it(
        RequirementSource source, string? description)
    {
        TaskRequirement requirement = new()
        {
            Classes =
            [
                new("Wolf", "grey, hunts in packs"), new("tiger", "something striped"), new("bus"),
            ],
            Origins = new Dictionary<string, Origin> { [RequirementFields.Descriptions] = new(source) },
        };
        Assert.Equal(
            [new ClassText("Wolf", description), new ClassText("tiger", "something striped"), new ClassText("bus")],
            Generator().TextsOf(requirement));
    }

    [Fact]
    public void A_class_that_was_not_in_the_training_is_named_with_its_nearest()
    {
        FittedClassifier classifier =
            Make(Generator(), null, "wolf", "zebra", new ClassText("tiger", "something striped"), "sweet_pepper");
        string[] notes = [.. classifier.Card.Notes];
        Assert.Equal(3, notes.Length);   // the last is of the training
        Assert.Matches("^'zebra' was not among the classes of the training.*nearest to it are .*, .*, ", notes[0]);
        Assert.Matches("^'tiger' is known by its description alone; nearest", notes[1]);
        JsonElement classes = classifier.Card.Requirement!.Value.GetProperty("classes");
        Assert.Equal("tiger", classes[2].GetProperty("name").ToString());
    }

    [Theory]
    [InlineData("Name at least two classes.", "bear")]
    [InlineData("The class 'bear' is named twice.", "bear", "bus", "Bear")]
    [InlineData("A class has no name", "bear", " ")]
    [InlineData("random has no vector of 'unicorn'", "bear", "unicorn")]
    public void Classes_that_cannot_be_served_are_refused(string why, params string[] names) =>
        Assert.Contains(why, Assert.Throws<ModelInputException>(
            () => Make(Generator(), null, [.. names.Select(name => new ClassText(name))])).Message);

    [Fact]
    public void Options_out_of_range_are_refused() => Assert.Contains(
        "0 steps are not from 1 to 1000. The churn 2 is not from 0 to 1.",
        Assert.Throws<ModelInputException>(
            () => Make(Generator(), new() { Steps = 0, Churn = 2 }, "bear", "bus")).Message);

    [Fact]
    public void A_cancelled_generation_stops() => Assert.Throws<OperationCanceledException>(
        () => Generator().Generate(["bear", "bus"], cancel: new CancellationToken(canceled: true)));

    [Theory, InlineData(TokenLayout.ClassRow), InlineData(TokenLayout.Chunked)]
    public void A_checkpoint_comes_back_in_half_precision(TokenLayout tokens)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "tina.safetensors");
        TinaNetwork network = SmallTina.Trained(tokens);
        TinaCheckpoint checkpoint = Checkpoint(network);
        checkpoint.Write(path, Space(), network.Parameters);
        (TinaCheckpoint read, ConditionSpace space, TinaNetwork copy) = TinaCheckpoint.Read(path);
        Assert.Equal(checkpoint.Classes, read.Classes);
        Assert.Equal((checkpoint.Options, checkpoint.Spec), (read.Options, read.Spec));
        Assert.Equal([.. Space().Mean, Space().Factor], [.. space.Mean, space.Factor]);
        foreach ((KeyValuePair<string, Tensor> a, KeyValuePair<string, Tensor> b)
            in network.Parameters.Zip(copy.Parameters))
            Closeness.AssertClose(a.Value.ToArray(), b.Value.ToArray(), 2e-3);
        TinaGenerator generator = TinaGenerator.Load(path, s_encoder);
        Assert.Matches("^[0-9a-f]{64}$", Make(generator, null, "bear", "bus").Card.GeneratorSha256);

        byte[] bytes = File.ReadAllBytes(path);
        foreach (int cut in new[] { 0, 7, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..cut]);
            Assert.Contains("is no checkpoint of Tina.", Assert.Throws<ModelInputException>(
                () => TinaGenerator.Load(path, s_encoder)).Message);
        }
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_checkpoint_that_says_nothing_of_time_channels_has_as_many_as_its_width()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "tina.safetensors");
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        Checkpoint(network).Write(path, Space(), network.Parameters);
        byte[] bytes = File.ReadAllBytes(path), key = Encoding.UTF8.GetBytes("\\\"timeChannels\\\":0,");
        int place = bytes.AsSpan().IndexOf(key);
        Assert.True(place > 0);
        bytes.AsSpan(place, key.Length).Fill((byte)' ');
        File.WriteAllBytes(path, bytes);
        Assert.Equal([16, 16], TinaCheckpoint.Read(path).Network.Parameters["time.first.weight"].Shape.ToArray());
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void An_encoder_of_another_length_is_refused() => Assert.Contains(
        " vectors of 2 numbers; this generator was trained with those of random, which have 5.",
        Assert.Throws<ModelInputException>(() =>
        {
            TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
            return new TinaGenerator(
                Checkpoint(network), Space(), network, new PrecomputedTextEncoder("short", ["a", "b"], [1, 2, 3, 4]));
        }).Message);

    private static FittedClassifier Make(
        TinaGenerator generator, TinaGeneratorOptions? options, params ClassText[] classes) =>
        generator.Generate(classes, options, TestContext.Current.CancellationToken);

    private static TinaGenerator Generator()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        return new TinaGenerator(Checkpoint(network), Space(), network, s_encoder);
    }

    private static TinaCheckpoint Checkpoint(TinaNetwork network) => new(
        TinaCheckpoint.CurrentFormat, network.Options, network.Spec, [.. network.Scale],
        new ImagePreprocessing([0.5f, 0.5f, 0.5f], [0.2f, 0.2f, 0.2f]), ["bear", "bus", "sweet_pepper", "wolf"],
        s_texts, "random", Space().Factor, NoiseKind.Cosine, "Task", 12, 3, ["Terms of the images."]);

    private static ConditionSpace Space() => ConditionSpace.Of(Vectors(), 5);

    private static float[] Vectors()
    {
        float[] vectors = new float[6 * 5];
        new Rng(9).FillNormal(vectors);
        return vectors;
    }
}
