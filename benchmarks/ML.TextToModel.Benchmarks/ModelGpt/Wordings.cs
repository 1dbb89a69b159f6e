using System.Globalization;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>
/// The hypernetwork that ships, on the test rows of the split that it learned: each table from five wordings of its
/// requirement, and from another table's requirement.
/// </summary>
internal static class Wordings
{
    private const int Repeats = 25;

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        UciTable[] tables = [.. UciTables.All.Where(table => table.IsPresent())];
        HypernetworkGenerator generator = HypernetworkGenerator.Shipped;
        List<double> means = [], others = [], seconds = [];
        for (int i = 0; i < tables.Length; i++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            string name = tables[i].Name;
            TableSample sample = tables[i].Load();
            int[][] parts = TableSplit.OfProtocol(name, sample.Labels, 0);
            TableSample fit = sample.Subset(parts[0]);
            TablePreprocessing preprocessing = TablePreprocessing.Fit(fit.Columns, fit.Categories, fit.Values);
            FeatureRows test = FeatureRows.Encode(preprocessing, sample.Subset(parts[2]));
            TaskDescription words = TaskDescription.Uci[name];
            FittedClassifier Generate(string requirement) =>
                generator.Generate(requirement, sample.Classes, preprocessing, words);
            double Score(string requirement)
            {
                FittedClassifier made = Generate(requirement);
                return Accuracy.Of(made.Spec, made.Parameters, test);
            }
            double[] scores = [.. words.Wordings.Select(Score)];
            double unseen = scores.Skip(HypernetworkStudy.LearnedWordings).Average();
            string wrong = TaskDescription.Uci[tables[(i + 1) % tables.Length].Name].Wordings[^1];
            (double other, double time) = (Score(wrong), Timing.Seconds(() => Generate(words.Wordings[^1]), Repeats));
            means.Add(unseen);
            others.Add(other);
            seconds.Add(time);
            string each = string.Join(", ", scores.Select(s => s.ToString("F4", CultureInfo.InvariantCulture)));
            yield return new($"{name}, unseen wordings", unseen, "share", N: test.Labels.Length,
                Detail: string.Create(CultureInfo.InvariantCulture,
                    $"wordings {each}; another table's requirement {other:F4}; {time * 1e3:F3} ms"));
        }
        if (tables.Length == 0) yield break;
        yield return new("mean accuracy, unseen wordings", means.Average(), "share", N: tables.Length,
            Detail: string.Create(CultureInfo.InvariantCulture,
                $"another table's requirement {others.Average():F4}; median {Timing.Median(seconds) * 1e3:F3} ms"));
    }
}
