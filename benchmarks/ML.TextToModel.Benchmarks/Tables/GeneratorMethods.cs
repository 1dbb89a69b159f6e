using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>The in-context generator, alone and refined, and other starts that get the same refinement.</summary>
internal sealed class GeneratorMethods(InContextGenerator? generator, string? absent, CancellationToken cancel)
{
    public static readonly TableGeneratorOptions Refined = new(), NoLinear = new() { Linear = false };

    public TableMethod Alone =>
        Create("in-context", TableGeneratorOptions.InContextOnly, g => new TableGenerator(g));

    public TableMethod Default => Create("in-context + refinement", Refined, g => new TableGenerator(g));

    public TableMethod WithoutLinear =>
        Create("in-context + refinement, no linear", NoLinear, g => new TableGenerator(g));

    /// <summary>Starts that the generator must beat; they cost little, so refinement has all the time.</summary>
    public IEnumerable<TableMethod> Controls(TableGeneratorOptions options)
    {
        string suffix = options.Linear ? "" : ", no linear";
        yield return Create("random MLP + refinement" + suffix, options, g => new TableGenerator(
            (table, rng) => (g.Spec(table), g.Spec(table).Initialize(rng))));
        yield return Create("random features, ridge + refinement" + suffix, options, g => new TableGenerator(
            (table, rng) => RandomFeatures.Emit(g.Spec(table), table, rng)));
    }

    private TableMethod Create(
        string name, TableGeneratorOptions options, Func<InContextGenerator, TableGenerator> create) =>
        new(name, round => TablePredictions.Of(round, () =>
        {
            FittedClassifier classifier = create(generator!).Generate(round.Known, options, cancel);
            return (classifier, classifier.Card.Candidates.FirstOrDefault(c => c.Chosen)?.Name ?? "");
        }))
        {
            Absent = absent,
        };
}
