using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Heads on frozen backbones: generated from class texts, against the rows of a generic head, closed forms and
/// fine-tuning, which see the task's training images.
/// </summary>
internal static class Heads
{
    private const string Quick = "miniimagenet";

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        int backbones = context.Choose(1, HeadBackbones.All.Count);
        foreach ((string name, Func<Backbone?> load) in HeadBackbones.All.Take(backbones))
        {
            if (load() is not { } backbone)
            {
                yield return BenchmarkRow.Absent($"heads, {name}", "share", "its file is absent");
                continue;
            }
            foreach (KnownDataset data in KnownDatasets.All.Where(d => !context.Options.Quick || d.Name == Quick))
            {
                string cell = $"heads, {name}, {data.Name}";
                if (!data.IsPresent(ImageSplit.Train) || !data.IsPresent(ImageSplit.Test))
                {
                    yield return BenchmarkRow.Absent(cell, "share", $"set {KnownDatasets.RootVariable}");
                    continue;
                }
                foreach (BenchmarkRow row in Cell(context, cell, name, backbone, data)) yield return row;
            }
        }
    }

    private static IEnumerable<BenchmarkRow> Cell(
        BenchmarkContext context, string cell, string name, Backbone backbone, KnownDataset data)
    {
        context.Log(cell);
        FittedClassifier own = ShippedResNet20.Classifier;
        HeadData features = HeadData.Load(context, name, backbone, data);
        bool seen = ReferenceEquals(backbone, ShippedResNet20.Backbone)
            && own.Classes.SequenceEqual(features.Train.ClassNames);
        HeadStudy study = new(context, $"{name} {data.Name}", features, seen ? own.Parameters.ToArray() : null);
        HeadResult selection = study.Selection;
        yield return Row("classifier selection", selection);
        HeadResult discriminant = study.Discriminant, ridge = study.Ridge;
        yield return Row("discriminant analysis of the task", discriminant);
        yield return Row("ridge regression of the task", ridge);
        yield return Row("fine-tuned", study.FineTuned);
        HeadResult tina = study.Tina;
        bool complete = !context.Options.Quick;
        yield return (Row("Tina / classifier selection", tina) with { Target = selection.Accuracies.Average() })
            .Judge(complete);
        yield return (Row("Tina / better closed form", tina) with
        {
            Target = Math.Max(discriminant.Accuracies.Average(), ridge.Accuracies.Average()),
        }).Judge(complete);

        BenchmarkRow Row(string method, HeadResult result) => TinaStudy.Row(
            $"{cell}, {method}", result.Accuracies,
            $"{TinaStudy.Gain(result.Accuracies, selection.Accuracies)} to selection; {result.Settings}");
    }
}
