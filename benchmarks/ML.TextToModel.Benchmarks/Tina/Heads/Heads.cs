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

    /// <summary>
    /// A check for each backbone and data set; a quick run has only the first backbone and one data set.
    /// </summary>
    public static IEnumerable<BenchmarkCheck> Checks() =>
        from backbone in HeadBackbones.All
        from data in KnownDatasets.All
        let cell = $"heads, {backbone.Name}, {data.Name}"
        select new BenchmarkCheck(cell, context =>
            context.Options.Quick && (backbone != HeadBackbones.All[0] || data.Name != Quick)
                ? []
                : Run(context, cell, backbone.Name, backbone.Load, data));

    private static IEnumerable<BenchmarkRow> Run(
        BenchmarkContext context, string cell, string name, Func<Backbone?> load, KnownDataset data)
    {
        string? absent = !data.IsPresent(ImageSplit.Train) || !data.IsPresent(ImageSplit.Test)
            ? $"{data.Name} is absent; set {KnownDatasets.RootVariable} or --data-root"
            : null;
        Backbone? backbone = absent is null ? load() : null;
        return backbone is null
            ? [BenchmarkRow.Absent(cell, "share", absent ?? "the file of the backbone is absent")]
            : Cell(context, cell, name, backbone, data);
    }

    private static IEnumerable<BenchmarkRow> Cell(
        BenchmarkContext context, string cell, string name, Backbone backbone, KnownDataset data)
    {
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
        yield return Row($"Tina with an adapter of rank {HeadTina.AdapterRank}", study.AdaptedTina);

        BenchmarkRow Row(string method, HeadResult result) => TinaStudy.Row(
            $"{cell}, {method}", result.Accuracies,
            $"{TinaStudy.Gain(result.Accuracies, selection.Accuracies)} to selection; {result.Settings}");
    }
}
