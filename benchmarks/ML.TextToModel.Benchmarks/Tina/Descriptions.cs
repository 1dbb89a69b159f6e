using ML.TextToModel.Encoders;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Descriptions without the class's word in place of names: the WordNet glosses that the generator was trained with,
/// and others of each class that were written for this check and that no training saw.
/// </summary>
internal static class Descriptions
{
    private const double LeastAccuracy = 0.3;   // 20 points above chance

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        double[] names = study.Accuracies(study.Tasks, task => study.Generate(task).Parameters.ToArray());
        yield return TinaStudy.Row("names, p-Acc", names);
        foreach ((string check, string resource) in new[]
        {
            ("WordNet glosses, wording of the training, p-Acc", "images.descriptions.txt"),
            ("descriptions in other words than any training's, p-Acc", "descriptions.txt"),
        })
        {
            ILookup<string, string> texts = Read(resource);
            double[] described = study.Accuracies(study.Tasks, task => study.Generator.Generate(
                [.. task.Select(c => new ClassText(study.Name(c), texts[study.Name(c)].First()))], null,
                study.Context.Cancel).Parameters.ToArray());
            yield return (TinaStudy.Row(check, described, $"names {TinaStudy.Gain(described, names)}") with
            {
                Target = LeastAccuracy,
            }).Judge(study.Complete);
        }
    }

    /// <summary>The descriptions of each class: lines of a name, a tab and a description.</summary>
    private static ILookup<string, string> Read(string resource)
    {
        using Stream stream = typeof(Descriptions).Assembly.GetManifestResourceStream(resource)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).ToLookup(cells => cells[0], cells => cells[1]);
    }
}
