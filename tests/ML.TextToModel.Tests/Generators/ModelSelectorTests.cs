using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Generators.Tests;

public sealed class ModelSelectorTests
{
    private static TaskRequirement Table { get; } = new()
    {
        Modality = Modality.Table,
        Task = TaskKind.Classification,
        Classes = ["a", "b", "c"],
        Data = new() { Rows = 100 },
        Inputs = new()
        {
            Columns =
            [
                new("x", ColumnKind.Numeric), new("y", ColumnKind.Categorical, Values: 3),
                new("id", ColumnKind.IdLike, ColumnRole.Ignored), new("kind", ColumnKind.Categorical, ColumnRole.Label),
            ],
        },
    };

    private static ModelChoice Select(TaskRequirement requirement) => new ModelSelector().Select(requirement);

    [Fact]
    public void Without_limits_a_table_gets_the_largest_network()
    {
        ModelChoice choice = Select(Table);
        Assert.Equal(GeneratorKind.InContext, choice.Generator);
        MlpSpec spec = Assert.IsType<MlpSpec>(choice.Spec);
        Assert.Equal((4, 3, 4), (spec.Inputs, spec.Classes, choice.TableOptions!.Members));
        Assert.Contains($"{spec.Layout.Count:N0} parameters", choice.Explanation);
        Assert.DoesNotContain('\n', choice.Explanation);
    }

    [Theory]
    [InlineData(1_500, GeneratorKind.InContext, 2)]
    [InlineData(600, GeneratorKind.InContext, 1)]
    [InlineData(15, GeneratorKind.Linear, null)]
    public void A_limit_of_parameters_makes_it_smaller(long limit, GeneratorKind generator, int? members)
    {
        ModelChoice choice = Select(Table with { Budget = new(Parameters: limit) });
        Assert.Equal(generator, choice.Generator);
        if (members is not null) Assert.Equal(members, choice.TableOptions!.Members);
        Assert.InRange(choice.Spec.Layout.Count, 1, limit);
        Assert.EndsWith("larger ones exceed the budget", choice.Explanation);
    }

    [Fact]
    public void Time_and_memory_are_limits_too_and_what_cannot_be_met_is_said()
    {
        ModelChoice largest = Select(Table);
        ModelCost cost = ModelCost.Of(largest.Spec);
        foreach (ModelBudget budget in new[]
        {
            new ModelBudget(MillisecondsPerRow: 0.9 * cost.MillisecondsPerRow),
            new ModelBudget(Megabytes: 0.9 * cost.Megabytes),
        }) Assert.InRange(Select(Table with { Budget = budget }).Spec.Layout.Count, 1, largest.Spec.Layout.Count - 1);
        ModelInputException refused = Assert.Throws<ModelInputException>(
            () => Select(Table with { Budget = new(Parameters: 3) }));
        Assert.StartsWith("Nothing fits the budget; the smallest is MLP 4-3, logistic regression: 15", refused.Message);
    }

    [Theory, InlineData(Modality.Image, "images by"), InlineData(Modality.Unknown, "nothing says otherwise")]
    public void Class_names_alone_are_served_by_the_generator_of_images(Modality modality, string why)
    {
        ModelChoice choice = Select(new() { Modality = modality, Classes = ["cat", "dog", "fox"] });
        Assert.Equal((GeneratorKind.Tina, 3), (choice.Generator, choice.Spec.Classes));
        Assert.IsType<CnnSpec>(choice.Spec);
        Assert.Contains(why, choice.Explanation);
    }

    [Theory, InlineData(0, 0), InlineData(100, 100)]
    public void A_table_without_labels_is_served_by_its_requirement(long rows, long unlabelled)
    {
        ModelChoice choice = Select(Table with { Data = new() { Rows = rows, Unlabelled = unlabelled } });
        Assert.Equal((GeneratorKind.Hypernetwork, 3), (choice.Generator, choice.Spec.Classes));
        Assert.Contains("expect little", choice.Explanation);
        Assert.Equal(GeneratorKind.Hypernetwork, Select(Table with
        {
            Inputs = new() { Columns = [new("x", ColumnKind.Numeric)] },
        }).Generator);
    }

    [Fact]
    public void Texts_are_served_by_their_labels_or_else_by_class_texts()
    {
        TaskRequirement texts = new()
        {
            Modality = Modality.Text, Classes = ["good", "bad"], Inputs = new() { Texts = ["review"] },
        };
        ModelChoice likeness = Select(texts), labelled = Select(
            texts with { Label = "label", Data = new() { Rows = 10 } });
        Assert.Equal((GeneratorKind.ClassTexts, 96), (likeness.Generator, ((LinearSpec)likeness.Spec).Inputs));
        Assert.Equal((GeneratorKind.InContext, 96), (labelled.Generator, ((MlpSpec)labelled.Spec).Inputs));
        labelled = Select(texts with
        {
            Label = "label", Data = new() { Rows = 10 }, Inputs = new() { Texts = ["question", "answer"] },
        });
        Assert.Equal(192, ((MlpSpec)labelled.Spec).Inputs);
    }

    [Fact]
    public void What_nothing_can_serve_is_refused_in_words()
    {
        Refused(new() { Modality = Modality.Text }, "which classes");
        Refused(
            new() { Modality = Modality.Text, Classes = ["a", "b"], Inputs = new() { Texts = ["q", "a"] } },
            "give labelled pairs");
        Refused(Table with { Task = TaskKind.Score }, "asks for a number");
        Refused(Table with { Classes = [] }, "which column of the table holds them");
        Refused(Table with { Data = null, Inputs = new() }, "which columns the table has");
        Refused(new() { Modality = Modality.Image, Classes = ["cat"] }, "--classes a,b");

        static void Refused(TaskRequirement requirement, string why) =>
            Assert.Contains(why, Assert.Throws<ModelInputException>(() => Select(requirement)).Message);
    }
}
