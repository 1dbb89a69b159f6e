using ML.TextToModel.Datasets;
using ML.TextToModel.Datasets.Tests;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Tests;

/// <summary>With the shipped checkpoint.</summary>
[Collection(nameof(EngineSettings))]
public sealed class TableGeneratorTests
{
    [Fact]
    public void Moons_are_told_apart_by_the_emitted_network_alone()
    {
        TableSample known = Moons(150, seed: 1), unknown = Moons(400, seed: 2);
        FittedClassifier emitted = Generate(known, TableGeneratorOptions.InContextOnly);
        FittedClassifier linear = Generate(known, new() { InContext = false, FineTune = false });
        double emittedAccuracy = Accuracy(emitted, unknown), linearAccuracy = Accuracy(linear, unknown);
        Assert.Empty(emitted.Card.Candidates);
        Assert.InRange(emittedAccuracy, linearAccuracy + 0.02, 1);
    }

    [Fact]
    public void Refinement_tells_rings_apart_and_says_what_it_tried()
    {
        FittedClassifier refined = Generate(Rings(300, seed: 1), new());
        Assert.InRange(Accuracy(refined, Rings(400, seed: 2)), 0.93, 1);
        Assert.Single(refined.Card.Candidates, candidate => candidate.Chosen);
        string[] names = [.. refined.Card.Candidates.Select(candidate => candidate.Name)];
        Assert.Contains("in-context", names);
        Assert.Contains(names, name => name.StartsWith("logistic regression", StringComparison.Ordinal));
        Assert.Equal(
            refined.Card.Candidates.Min(candidate => candidate.Validation),
            refined.Card.Candidates.Single(candidate => candidate.Chosen).Validation);
    }

    [Fact]
    public void Every_part_can_be_switched_off()
    {
        TableGeneratorOptions everything = new() { PerClass = true };
        Assert.Equal(
            [
                "in-context", "in-context, N epochs", "in-context, last layer refitted",
                "in-context, one network per class", "logistic regression", "mean of …",
            ],
            Tried(everything));
        Assert.DoesNotContain("in-context, one network per class", Tried(everything with { PerClass = false }));
        Assert.DoesNotContain("in-context, last layer refitted", Tried(everything with { Refit = false }));
        Assert.DoesNotContain("in-context, N epochs", Tried(everything with { FineTune = false }));
        Assert.DoesNotContain("logistic regression", Tried(everything with { Linear = false }));
        Assert.Equal(["logistic regression"], Tried(everything with { InContext = false }));
        Assert.Empty(Tried(everything with { ValidationShare = 0 }));

        static string[] Tried(TableGeneratorOptions options) =>
        [
            .. Generate(Moons(60, seed: 1), options).Card.Candidates
                .Select(one => one.Name.StartsWith("mean of", StringComparison.Ordinal) ? "mean of …"
                    : one.Name.EndsWith("epochs", StringComparison.Ordinal) ? "in-context, N epochs"
                    : one.Name.Split(", penalty")[0])
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_one_thread_and_two()
    {
        TableSample sample = Moons(120, seed: 3);
        float[][] parameters =
        [
            .. new[] { 1, 2 }.Select(threads => EngineSettings.WithThreads(
                threads, () => Generate(sample, new TableGeneratorOptions { Seed = 5 }).Parameters.ToArray())),
        ];
        Assert.Equal(parameters[0], parameters[1]);
    }

    [Fact]
    public void Ranks_are_taken_where_asked_for_and_tame_a_skewed_column()
    {
        TableSample known = Skewed(200, seed: 1), unknown = Skewed(400, seed: 2);
        FittedClassifier plain = Generate(known, TableGeneratorOptions.InContextOnly);
        FittedClassifier ranked = Generate(known, TableGeneratorOptions.InContextOnly with { Quantiles = true });
        Assert.IsType<QuantileEncoding>(((TablePreprocessing)ranked.Preprocessing).Columns[0]);
        Assert.IsType<NumericEncoding>(((TablePreprocessing)plain.Preprocessing).Columns[0]);
        Assert.InRange(Accuracy(ranked, unknown), Accuracy(plain, unknown) + 0.1, 1);
    }

    [Fact]
    public void The_day_of_the_week_and_words_for_yes_and_no_are_learned_from()
    {
        DateTime first = new(2021, 1, 1);
        TableSample Sample(int start) => TableGeneratorTests.Sample("day,member,open\n"
            + string.Concat(Enumerable.Range(start, 300).Select(i =>
            {
                DateTime day = first.AddDays(i * 11 % 600);
                bool weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, member = i % 2 == 0;
                return $"{day:yyyy-MM-dd},{(member ? "yes" : "no")},{(weekend && !member ? "shut" : "open")}\n";
            })));
        FittedClassifier classifier = Generate(Sample(0), new());
        Assert.InRange(Accuracy(classifier, Sample(300)), 0.97, 1);   // 0.86 are open
        ColumnEncoding[] columns = [.. ((TablePreprocessing)classifier.Preprocessing).Columns];
        Assert.Equal("yyyy-M-d", Assert.IsType<DateEncoding>(columns[0]).Style);
        Assert.True(Assert.IsType<NumericEncoding>(columns[1]).IsBoolean);
    }

    [Fact]
    public void The_card_names_columns_without_influence()
    {
        FittedClassifier classifier = Generate(
            Sample("number,remark,same,x,kind\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
                $"{i},some remark about {i},7,{i % 2 + 0.1 * (i % 3)},{(i % 2 == 0 ? "a" : "b")}\n"))),
            TableGeneratorOptions.InContextOnly);
        Assert.Equal(
            [
                "Left out, as texts count only where nothing stands beside them: remark.",
                "Left out, as every row has another value, such as a number of the row: number.",
                "Without influence, as all rows have the same value: same.",
            ], classifier.Card.Notes);
        Assert.Empty(Generate(Moons(50, seed: 1), TableGeneratorOptions.InContextOnly).Card.Notes);
    }

    [Theory]
    [InlineData(40, 150, 2)]     // more features than the tables of its training had
    [InlineData(60, 500, 3)]     // many more
    [InlineData(240, 3, 60)]     // many more classes
    [InlineData(2, 3, 2)]        // one row of each class
    [InlineData(6, 2, 2)]        // hardly any rows
    [InlineData(3000, 4, 3)]     // more rows than it looks at
    public void Tables_of_unusual_sizes_give_finite_probabilities(int rows, int columns, int classes)
    {
        Rng rng = new(9);
        string csv = string.Join(',', Enumerable.Range(0, columns).Select(j => $"x{j}")) + ",label\n"
            + string.Concat(Enumerable.Range(0, rows).Select(i => string.Concat(
                Enumerable.Range(0, columns).Select(j => FormattableString.Invariant(
                    $"{rng.NextNormal() + (j == 0 ? i % classes : 0):F3},"))) + $"class {i % classes}\n"));
        TableSample sample = Sample(csv);
        FittedClassifier classifier = Generate(sample, new());
        double chance = 1.0 / classes;
        Assert.InRange(Accuracy(classifier, sample), 1.2 * chance, 1);
    }

    [Fact]
    public void Missing_and_constant_columns_do_no_harm()
    {
        TableSample sample = Sample(
            "a,empty,constant,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
                $"{(i % 7 == 0 ? "" : i % 2 == 0 ? "1.5" : "-2")},,7,{(i % 2 == 0 ? "x" : "y")}\n")));
        FittedClassifier classifier = Generate(sample, new());
        Assert.InRange(Accuracy(classifier, sample), 0.85, 1);
        float[] probabilities = new float[2];
        classifier.Predict([float.NaN, float.PositiveInfinity, float.NegativeInfinity], probabilities);
        Assert.Equal(1, probabilities.Sum(), 1e-5);
    }

    [Fact]
    public void Options_out_of_range_are_named() => Assert.StartsWith(
        "There is nothing to generate. 0 members are not from 1 to 64.",
        Assert.Throws<ModelInputException>(() => Generate(Moons(50, seed: 1), new() { Members = 0 })).Message);

    [Fact]
    public void A_cancelled_generation_stops() => Assert.Throws<OperationCanceledException>(() =>
        new TableGenerator(InContextGenerator.Shipped).Generate(
            Moons(50, seed: 1), cancel: new CancellationToken(canceled: true)));

    [Fact]
    public void Real_tables_are_classified_well()
    {
        TestInput.Shared("");
        foreach ((string name, double least) in new[] { ("iris", 0.9), ("wine", 0.92), ("wdbc", 0.92), ("car", 0.95) })
        {
            TableSample sample = UciTables.All.Single(table => table.Name == name).Load();
            int[][] parts = TableSplit.Stratified(sample.Labels, [0.7, 0.3], new Rng(1));
            FittedClassifier classifier = Generate(sample.Subset(parts[0]), new());
            Assert.InRange(Accuracy(classifier, sample.Subset(parts[1])), least, 1);
        }
    }

    private static FittedClassifier Generate(TableSample sample, TableGeneratorOptions options) =>
        new TableGenerator(InContextGenerator.Shipped).Generate(sample, options);

    private static double Accuracy(FittedClassifier classifier, TableSample sample) =>
        TableScores.Of(classifier, sample).Accuracy!.Value;

    private static TableSample Moons(int rows, ulong seed)
    {
        Rng rng = new(seed);
        return Sample("x,y,moon\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
        {
            double angle = Math.PI * rng.NextDouble();
            (double x, double y) = i % 2 == 0
                ? (Math.Cos(angle), Math.Sin(angle))
                : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
            (x, y) = (x + 0.15 * rng.NextNormal(), y + 0.15 * rng.NextNormal());
            return FormattableString.Invariant($"{x:F4},{y:F4},{(i % 2 == 0 ? "upper" : "lower")}\n");
        })));
    }

    /// <summary>The class depends on where the logarithm of a number lies, over ten powers of ten.</summary>
    private static TableSample Skewed(int rows, ulong seed)
    {
        Rng rng = new(seed);
        return Sample("x,y,kind\n" + string.Concat(Enumerable.Range(0, rows).Select(_ =>
        {
            double power = 10 * rng.NextDouble() - 5;
            return FormattableString.Invariant(
                $"{Math.Pow(10, power):G6},{rng.NextNormal():F3},{(power > 0 ? "large" : "small")}\n");
        })));
    }

    private static TableSample Rings(int rows, ulong seed)
    {
        Rng rng = new(seed);
        return Sample("x,y,ring\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
        {
            double angle = 2 * Math.PI * rng.NextDouble(), radius = (i % 2 == 0 ? 1 : 2.2) + 0.2 * rng.NextNormal();
            return FormattableString.Invariant(
                $"{radius * Math.Cos(angle):F4},{radius * Math.Sin(angle):F4},{(i % 2 == 0 ? "inner" : "outer")}\n");
        })));
    }

    private static TableSample Sample(string csv)
    {
        using MemoryStream stream = TestInput.Utf8(csv);
        string label = csv[..csv.IndexOf('\n')].Split(',')[^1];
        return TableSample.From(Table.Load(stream, new TableOptions { Label = label }));
    }
}
