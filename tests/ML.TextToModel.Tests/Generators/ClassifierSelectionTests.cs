using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Baselines.Tests;

public sealed class ClassifierSelectionTests
{
    public static TheoryData<string> Names => new(SmallModels.Specs.Keys);

    [Theory, MemberData(nameof(Names))]
    public void Selected_probabilities_are_the_generic_ones_renormalised(string name)
    {
        FittedClassifier generic = SmallModels.Classifier(SmallModels.Specs[name] with { Classes = 6 });
        int[] rows = [4, 0, 3];
        FittedClassifier selected = ClassifierSelection.Select(generic, ["class 4", "class 0", "class 3"]);
        Assert.Equal(["class 4", "class 0", "class 3"], selected.Classes);
        Assert.Equal(generic.Spec with { Classes = 3 }, selected.Spec);
        Assert.Same(generic.Preprocessing, selected.Preprocessing);
        foreach (float[] row in SmallModels.Rows(generic, 5))
        {
            float[] all = SmallModels.Predict(generic, row);
            float sum = rows.Sum(c => all[c]);
            Closeness.AssertClose([.. rows.Select(c => all[c] / sum)], SmallModels.Predict(selected, row), 1e-5);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Class_rows_are_picked_in_order_and_everything_else_is_kept(string name)
    {
        PModelSpec six = SmallModels.Specs[name] with { Classes = 6 }, two = six with { Classes = 2 };
        float[] parameters = [.. Enumerable.Range(0, six.Layout.Count).Select(i => (float)i)];
        float[] selected = ClassifierSelection.Select(six, parameters, two, [5, 1]);
        foreach (ParameterSlot slot in two.Layout.Slots)
        {
            float[] source = six.Layout[slot.Name].Of(parameters.AsSpan()).ToArray();
            int row = slot.PerClass ? source.Length / 6 : 0;
            Assert.Equal(
                slot.PerClass ? [.. source[(5 * row)..], .. source[row..(2 * row)]] : source,
                slot.Of(selected.AsSpan()).ToArray());
        }
    }

    [Fact]
    public void All_classes_in_their_order_are_the_generic_model()
    {
        FittedClassifier generic = SmallModels.Classifier(SmallModels.Specs["cnn"]);
        Assert.Equal(
            generic.Parameters.ToArray(), ClassifierSelection.Select(generic, generic.Classes).Parameters.ToArray());
    }

    [Fact]
    public void The_card_tells_of_the_selection_and_keeps_what_still_holds()
    {
        FittedClassifier generic = SmallModels.Classifier(SmallModels.Specs["cnn"], card: new ClassifierCard
        {
            Generator = "generic-training", Seed = 7, Notes = ["for research"],
            Metrics = [new CardMetric("accuracy", 0.3, "test")],
        });
        ClassifierCard card = ClassifierSelection.Select(generic, ["class 1"]).Card;
        Assert.Equal("classifier-selection", card.Generator);
        Assert.Equal(7ul, card.Seed);
        Assert.Equal(["for research"], card.Notes);
        Assert.Empty(card.Metrics);
    }

    [Fact]
    public void An_unknown_class_is_answered_with_the_known_ones()
    {
        FittedClassifier small = SmallModels.Classifier(new LinearSpec { Classes = 3, Inputs = 1 });
        Assert.Equal(
            "The generic model does not know the class 'cat'. It knows: class 0, class 1, class 2.",
            Assert.Throws<ModelInputException>(() => ClassifierSelection.Select(small, ["class 0", "cat"])).Message);
        FittedClassifier large = SmallModels.Classifier(new LinearSpec { Classes = 103, Inputs = 1 });
        Assert.EndsWith(
            ", class 98, class 99 and 3 more.",
            Assert.Throws<ModelInputException>(() => ClassifierSelection.Select(large, ["cat"])).Message);
    }

    [Fact]
    public void A_class_named_twice_or_none_at_all_is_refused()
    {
        FittedClassifier generic = SmallModels.Classifier(SmallModels.Specs["linear"]);
        Assert.Equal(
            "The classifier does not fit together. The class 'class 1' is named twice.",
            Assert.Throws<ModelInputException>(
                () => ClassifierSelection.Select(generic, ["class 1", "class 1"])).Message);
        Assert.Equal(
            "No class is named; name at least one.",
            Assert.Throws<ModelInputException>(() => ClassifierSelection.Select(generic, [])).Message);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        var spec = new LinearSpec { Classes = 3, Inputs = 2 };
        float[] parameters = new float[spec.Layout.Count];
        Assert.StartsWith(
            "1 rows are not 2 classes.",
            Assert.Throws<ArgumentException>(
                () => ClassifierSelection.Select(spec, parameters, spec with { Classes = 2 }, [1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ClassifierSelection.Select(spec, parameters, spec with { Classes = 1 }, [3]));
    }
}
