using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Datasets;
using ML.TextToModel.MLNet;
using ML.TextToModel.Requirements;

namespace Mission;

/// <summary>A table: Fisher's irises, a third of them kept back.</summary>
internal sealed class Flowers : IMission
{
    private const string SepalLength = "sepal length", SepalWidth = "sepal width",
        PetalLength = "petal length", PetalWidth = "petal width";

    private readonly Lazy<Flower[]> _flowers = new(Load);

    public string Name => "table";

    public string Description => "Which species is an iris of: setosa, versicolor or virginica? "
        + "It is measured by sepal length, sepal width, petal length and petal width.";

    public IDataView Rows(MLContext context, Given given) => View(context, given switch
    {
        Given.Nothing => [],
        Given.Unlabelled => _flowers.Value.Where((_, i) => i % 3 > 0).Select(one => one with { Label = "" }),
        _ => _flowers.Value.Where((_, i) => i % 3 > 0),
    });

    public IDataView Kept(MLContext context) => View(context, _flowers.Value.Where((_, i) => i % 3 == 0));

    public IEstimator<ITransformer> Step(
        MLContext context, string? description, IRequirementGenerator requirements) =>
        context.Transforms.Concatenate("Features", SepalLength, SepalWidth, PetalLength, PetalWidth)
            .Append(context.MulticlassClassification.Trainers.TextToModel(context, new TextToModelOptions
            {
                TaskDescription = description, RequirementGenerator = requirements, Seed = 1,
            }));

    private static Flower[] Load()
    {
        TableSample iris = UciTables.All.Single(table => table.Name == "iris").Load();
        return
        [
            .. iris.Labels.Select((label, i) => new Flower
            {
                SepalLength = iris.Row(i)[0], SepalWidth = iris.Row(i)[1], PetalLength = iris.Row(i)[2],
                PetalWidth = iris.Row(i)[3], Label = iris.Classes[label].Replace("Iris-", ""),
            }),
        ];
    }

    private static IDataView View(MLContext context, IEnumerable<Flower> flowers) =>
        context.Data.LoadFromEnumerable(flowers.ToArray());

    private sealed record Flower
    {
        [ColumnName(Flowers.SepalLength)]
        public float SepalLength { get; init; }

        [ColumnName(Flowers.SepalWidth)]
        public float SepalWidth { get; init; }

        [ColumnName(Flowers.PetalLength)]
        public float PetalLength { get; init; }

        [ColumnName(Flowers.PetalWidth)]
        public float PetalWidth { get; init; }

        public string Label { get; init; } = "";
    }
}
