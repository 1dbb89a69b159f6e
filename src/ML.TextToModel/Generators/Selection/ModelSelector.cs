using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using static System.FormattableString;

namespace ML.TextToModel.Generators;

/// <summary>
/// The rules by which a generator that ships is chosen: of labelled rows as many emitted networks as the budget allows,
/// then a linear one, texts as their vectors; of a table without labels what its requirement gives, of texts without
/// labels likeness to the class texts; of class texts alone the CNN. Safe for use by several threads.
/// </summary>
public sealed class ModelSelector : IModelSelector
{
    private const int MostCategories = 64;   // of a column, each of which becomes a feature
    private static readonly int[] s_members = [4, 2, 1];

    /// <inheritdoc/>
    public ModelChoice Select(TaskRequirement requirement)
    {
        if (requirement.Task == TaskKind.Score)
            throw new ModelInputException("The task asks for a number; classifiers tell classes apart.");
        return requirement.Modality switch
        {
            Modality.Table => Largest(Tables(requirement), requirement.Budget),
            Modality.Text => Largest(Texts(requirement), requirement.Budget),
            _ => Largest(Images(requirement), requirement.Budget),
        };
    }

    private static IEnumerable<ModelChoice> Tables(TaskRequirement requirement)
    {
        if (requirement.Classes.Count < 2)
            throw new ModelInputException(
                "Nothing says which classes to tell apart: say which column of the table holds them, or name them.");
        int inputs = Math.Max(1, Inputs(requirement));
        if (!HasLabels(requirement))
        {
            if (requirement.Inputs.Columns.Count == 0)
                throw new ModelInputException(
                    "Nothing says which columns the table has: give rows, with labels or without, or name them in the "
                    + "requirement.");
            yield return new(
                GeneratorKind.Hypernetwork,
                new MlpSpec
                {
                    Classes = requirement.Classes.Count, Inputs = inputs,
                    Hidden = HypernetworkGenerator.Shipped.Options.Hidden,
                },
                "from the requirement alone, without labels; expect little unless the task is one of the ten tables "
                + "that this generator learned");
            yield break;
        }
        foreach (ModelChoice choice in OfRows(inputs, requirement.Classes.Count)) yield return choice;
    }

    private static IEnumerable<ModelChoice> Texts(TaskRequirement requirement)
    {
        if (requirement.Classes.Count < 2)
            throw new ModelInputException(
                "Nothing says which classes to tell apart: name them, or give labelled texts.");
        int length = WordTextEncoder.Shipped.Length, texts = Math.Max(1, requirement.Inputs.Texts.Count);
        if (HasLabels(requirement)) return OfRows(texts * length, requirement.Classes.Count);
        if (texts > 1)
            throw new ModelInputException(
                "Pairs of texts cannot be told apart by class texts alone: give labelled pairs, and say which column "
                + "holds the classes.");
        return
        [
            new(
                GeneratorKind.ClassTexts, new LinearSpec { Classes = requirement.Classes.Count, Inputs = length },
                "by the likeness of each text to the class texts, without labels; expect little of classes that words "
                + "do not give away"),
        ];
    }

    /// <summary>What can be made of labelled rows of so many features.</summary>
    private static IEnumerable<ModelChoice> OfRows(int inputs, int classes)
    {
        MlpSpec one = new()
        {
            Classes = classes, Inputs = inputs, Hidden = [InContextGenerator.Shipped.Options.Units], Skip = true,
        };
        foreach (int members in s_members)
        {
            MlpSpec spec = one with { Hidden = [one.Hidden[0] * members] };
            yield return new(GeneratorKind.InContext, spec, $"{members} emitted networks in one")
            {
                TableOptions = new() { Members = members },
            };
        }
        yield return new(GeneratorKind.Linear, one with { Hidden = [], Skip = false }, "logistic regression")
        {
            TableOptions = new() { InContext = false, Refit = false, FineTune = false },
        };
    }

    private static IEnumerable<ModelChoice> Images(TaskRequirement requirement)
    {
        if (requirement.Classes.Count < 2)
            throw new ModelInputException(
                "Nothing says which classes to tell apart: name them (--classes a,b,…), or give labelled data.");
        PModelSpec spec = TinaGenerator.Shipped.Checkpoint.Spec with { Classes = requirement.Classes.Count };
        string why = requirement.Modality == Modality.Image
            ? "for images by their class texts"
            : "taken to be for images, as nothing says otherwise and there are no data";
        yield return new(GeneratorKind.Tina, spec, why);
    }

    private static ModelChoice Largest(IEnumerable<ModelChoice> choices, ModelBudget budget)
    {
        ModelChoice? tried = null;
        foreach (ModelChoice choice in choices)
        {
            ModelCost cost = ModelCost.Of(choice.Spec);
            string line = Invariant($"{choice.Spec}, {choice.Explanation}: {cost}");
            if (cost.Fits(budget))
                return choice with { Explanation = tried is null ? line : $"{line}; larger ones exceed the budget" };
            tried = choice with { Explanation = line };
        }
        throw new ModelInputException($"Nothing fits the budget; the smallest is {tried!.Explanation}.");
    }

    /// <summary>Whether there are rows, and some of them have a label.</summary>
    private static bool HasLabels(TaskRequirement requirement) =>
        requirement.Data is { } data && data.Rows > data.Unlabelled
        && (requirement.Label is not null || data.Counts.Count > 0
            || requirement.Inputs.Columns.Any(column => column.Role == ColumnRole.Label));

    /// <summary>The features of the input columns: one for a number, one for each category.</summary>
    private static int Inputs(TaskRequirement requirement) => requirement.Inputs.Columns
        .Where(column => column.Role == ColumnRole.Input)
        .Sum(column => column.Kind switch
        {
            ColumnKind.Text or ColumnKind.IdLike => 0,
            ColumnKind.Categorical => Math.Clamp(column.Values ?? MostCategories, 1, MostCategories),
            _ => 1,
        });
}
