using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;
using ML.TextToModel.Training.Tests;

namespace ML.TextToModel.Audits.Tests;

public sealed class AuditTests
{
    private const int TaskSize = 3, PModels = 30;

    private static readonly ImageSet s_images = TinyTrainings.Images;
    private static readonly ImagePreprocessing s_pixels =
        ImagePreprocessing.Fit(s_images.Images, ImageSet.Side * ImageSet.Side);

    private static readonly CnnSpec s_all = TinyTrainings.Spec with { Classes = 12 };
    private static readonly FittedClassifier s_generic =
        new(s_all, s_all.Initialize(new Rng(1)), s_images.ClassNames, s_pixels);

    private static readonly ZooSample s_zoo = new(
        TinyTrainings.Spec,
        [.. Enumerable.Range(0, PModels).Select(i =>
        {
            int[] classes = new Rng(2).Split((ulong)i).Permutation(12)[..TaskSize];
            return (classes, PModelOf(classes, new Rng(3).Split((ulong)i)));
        })]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_generator_that_returns_members_of_the_zoo_is_exposed()
    {
        ZooMemory memory = new(s_zoo, s_generic);
        ZooNeighbours neighbours = new(s_zoo);
        AuditReport report = Run((task, _) => memory.PModel(neighbours.NearestByClasses(task), task), s_zoo);
        ZooComparison zoo = report.Zoo!;
        Assert.Equal(0, zoo.Shared.Ratio);
        Assert.Equal(1, zoo.Shared.ShareBelowLow);
        Assert.True(zoo.LooksMemorised);
        Assert.Equal(1, zoo.Errors.NearestByParameters.Value);
        Assert.Equal((0, 0), (report.Noise.Distance.Value, report.Noise.LabelsChanged.Value));
        Assert.Equal(
            report.Of(AuditMethod.NearestByClasses)!.Accuracy, report.Of(AuditMethod.Generated)!.Accuracy);
        Assert.Contains("they look like copies from the zoo.", AuditVerdict.Of(report));
    }

    [Fact]
    public void A_generator_as_good_as_training_is_no_copy()
    {
        AuditReport report = Run(
            (task, seed) => PModelOf(task, new Rng(seed).Split(string.Join(',', task))), s_zoo);
        Assert.InRange(report.Zoo!.Shared.Ratio, 0.9, 1.1);
        Assert.InRange(report.Zoo.Rows!.Ratio, 0.8, 1.2);
        Assert.False(report.Zoo.LooksMemorised);
        Assert.InRange(report.Zoo.Errors.NearestByParameters.Value, 0.1, 0.99);
        Assert.InRange(report.Noise.Distance.Value, 0.01, 1);
        Assert.InRange(report.Noise.LabelsChanged.Value, 0.001, 1);
        Assert.Contains("they are no copies from the zoo.", AuditVerdict.Of(report));
        Assert.Equal(Enum.GetValues<AuditMethod>(), report.Accuracies.Select(row => row.Method));
    }

    [Fact]
    public void The_mean_of_the_zoo_lies_amid_it()
    {
        float[] mean = new ZooMemory(s_zoo, s_generic).Mean;
        Assert.InRange(Run((_, _) => mean, s_zoo).Zoo!.Shared.Ratio, 0.6, 0.8);
    }

    [Fact]
    public void A_generator_that_does_not_read_its_prompt_is_found_out()
    {
        float[] always = PModelOf([0, 1, 2], new Rng(9));
        AuditReport report = Run((_, _) => always);
        Assert.Null(report.Zoo);
        Assert.Equal(0, report.Of(AuditMethod.ShuffledPrompt)!.Difference.Value);
        Assert.Equal(0, report.Of(AuditMethod.OtherClasses)!.Difference.Value);
        Assert.StartsWith("The classifiers hardly follow their prompt", AuditVerdict.Of(report));
        Assert.Null(report.Of(AuditMethod.Averaged));
    }

    [Fact]
    public void No_task_is_one_of_the_zoos_and_the_same_seed_gives_the_same_tasks()
    {
        List<string>[] asked = [[], []];
        foreach (List<string> own in asked)
        {
            Audit audit = new(
                (classes, seed, _) =>
                {
                    own.Add(string.Join(',', classes.Select(one => one.Name)));
                    return Fitted(classes, PModelOf([0, 1, 2], new Rng(seed)));
                },
                s_images.ClassNames.Take(5).ToArray(), s_generic, s_images, new() { Tasks = 3 },
                s_zoo with { Entries = [.. Combinations().Skip(3)] });
            audit.Run(cancel: Cancel);
        }
        Assert.Equal(asked[0], asked[1]);
        Assert.Equal(
            Combinations().Take(3).Select(entry => Key(entry.Classes.Select(c => s_images.ClassNames[c]))).Order(),
            asked[0].Skip(1).Select(names => Key(names.Split(','))).Distinct().Order());   // the first is empty

        static IEnumerable<(int[] Classes, float[] Parameters)> Combinations() =>
            from a in Enumerable.Range(0, 5)
            from b in Enumerable.Range(a + 1, 4 - a)
            from c in Enumerable.Range(b + 1, 4 - b)
            select ((int[])[c, a, b], PModelOf([a, b, c], new Rng((ulong)(a + 5 * b + 25 * c))));

        static string Key(IEnumerable<string> names) => string.Join(',', names.Order());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("4 tasks of 13 classes cannot be drawn", () => Run(null!, options: new() { Tasks = 4, TaskSize = 13 }));
        Refused(
            "There are no 13 combinations of 11 of the 12 known classes",
            () => Run(null!, options: new() { Tasks = 13, TaskSize = 11 }));
        Refused("The zoo has fewer than two", () => Run(null!, s_zoo with { Entries = [s_zoo.Entries[0]] }));
        Refused(
            "The generator was not trained from this generic model.",
            () => Run((task, _) => PModelOf(task, new Rng(1)), pixels: s_pixels with { Mean = [0, 0, 0] }));

        static void Refused(string why, Action run) =>
            Assert.StartsWith(why, Assert.Throws<ModelInputException>(run).Message);
    }

    [Fact]
    public void An_encoder_without_such_words_leaves_the_empty_prompt_out()
    {
        Audit audit = new(
            (classes, seed, _) => classes[0].Name == "first"
                ? throw new ModelInputException("No vector of 'first'.")
                : Fitted(classes, PModelOf([0, 1, 2], new Rng(seed))),
            s_images.ClassNames.ToArray(), s_generic, s_images, new() { Tasks = 2, TaskSize = TaskSize });
        AuditReport report = audit.Run(cancel: Cancel);
        Assert.Null(report.Of(AuditMethod.EmptyPrompt));
        Assert.Equal(["The prompt that says nothing was left out. No vector of 'first'."], report.Remarks);
    }

    [Fact]
    public void It_can_be_stopped()
    {
        using CancellationTokenSource stop = new();
        Audit audit = Start((_, seed) => PModelOf([0, 1, 2], new Rng(seed)), s_zoo);
        Assert.Throws<OperationCanceledException>(() => audit.Run(new Every(stop.Cancel), stop.Token));
    }

    private static AuditReport Run(
        Func<int[], ulong, float[]> parameters, ZooSample? zoo = null, AuditOptions? options = null,
        Preprocessing? pixels = null) => Start(parameters, zoo, options, pixels).Run(cancel: Cancel);

    private static Audit Start(
        Func<int[], ulong, float[]> parameters, ZooSample? zoo = null, AuditOptions? options = null,
        Preprocessing? pixels = null) => new(
            (classes, seed, _) => Fitted(
                classes, parameters([.. classes.Select(one => Math.Max(0, Place(one.Name)))], seed), pixels),
            s_images.ClassNames.ToArray(), s_generic, s_images, options ?? new() { Tasks = 20, TaskSize = TaskSize },
            zoo);

    private static int Place(string name) => s_images.ClassNames.ToList().IndexOf(name);

    private static FittedClassifier Fitted(
        IReadOnlyList<ClassText> classes, float[] parameters, Preprocessing? pixels = null) => new(
            TinyTrainings.Spec, parameters, [.. classes.Select(one => one.Name)], pixels ?? s_pixels);

    /// <summary>The generic model's rows of some classes, all of it moved a little at random, as by training.</summary>
    private static float[] PModelOf(int[] classes, Rng rng)
    {
        float[] parameters = ClassifierSelection.Select(s_all, s_generic.Parameters, TinyTrainings.Spec, classes);
        foreach (ref float value in parameters.AsSpan()) value += (float)(0.1 * rng.NextNormal());
        return parameters;
    }

    private sealed class Every(Action action) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => action();
    }
}
