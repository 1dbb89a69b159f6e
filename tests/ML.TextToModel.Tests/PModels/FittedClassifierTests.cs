using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels.Tests;

public sealed class FittedClassifierTests
{
    private static readonly LinearSpec Spec = new() { Classes = 2, Inputs = 3 };
    private static readonly FeaturePreprocessing AsIs = new([], [], []);

    [Fact]
    public void Probabilities_are_those_of_the_formula()
    {
        // Logits 1 · 2 + 0.5 and -1 · 2; softmax by hand.
        var classifier = new FittedClassifier(Spec, [1, 0, 0, -1, 0, 0, 0.5f, 0], ["yes", "no"], AsIs);
        double yes = 1 / (1 + Math.Exp(-2 - 2.5));
        float[] probabilities = SmallModels.Predict(classifier, [2, 7, -7]);
        Assert.Equal(yes, probabilities[0], 1e-6);
        Assert.Equal(1 - yes, probabilities[1], 1e-6);
    }

    [Theory, MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Probabilities_are_from_0_to_1_and_sum_to_1(string name)
    {
        FittedClassifier classifier = SmallModels.Classifier(SmallModels.Specs[name]);
        foreach (float[] row in SmallModels.Rows(classifier, 10))
        {
            float[] probabilities = SmallModels.Predict(classifier, row);
            Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
            Assert.Equal(1, probabilities.Sum(), 1e-5);
        }
    }

    [Fact]
    public void A_classifier_keeps_copies_of_parameters_and_names()
    {
        float[] parameters = [1, 0, 0, -1, 0, 0, 0.5f, 0];
        string[] names = ["yes", "no"];
        var classifier = new FittedClassifier(Spec, parameters, names, AsIs);
        float[] before = SmallModels.Predict(classifier, [2, 7, -7]);
        parameters.AsSpan().Fill(9);
        names[0] = "maybe";
        Assert.Equal(before, SmallModels.Predict(classifier, [2, 7, -7]));
        Assert.Equal(1, classifier.Parameters[0]);
        Assert.Equal(["yes", "no"], classifier.Classes);
    }

    [Fact]
    public void Spans_of_another_length_are_refused()
    {
        var classifier = new FittedClassifier(Spec, new float[8], ["yes", "no"], AsIs);
        Assert.StartsWith("A row of this classifier has 3 numbers, not 2.",
            Assert.Throws<ArgumentException>(() => classifier.Predict(new float[2], new float[2])).Message);
        Assert.StartsWith("There are 2 classes, not 3.",
            Assert.Throws<ArgumentException>(() => classifier.Predict(new float[3], new float[3])).Message);
    }

    public static TheoryData<string, string[], float[], Preprocessing> Wrong => new()
    {
        { "1 class names do not fit 2 classes.", ["a"], new float[8], AsIs },
        { "A class has no name.", ["a", " "], new float[8], AsIs },
        { "A class has no name.", ["a", null!], new float[8], AsIs },
        { "A class name is not Unicode.", ["a", "\ud800"], new float[8], AsIs },
        { "The class 'a\\b?' is named twice.", ["a\\b\u001b", "a\\b\u001b"], new float[8], AsIs },
        { "The p-model does not take images.", ["a", "b"], new float[8], new ImagePreprocessing([0, 0, 0], [1, 1, 1]) },
        { "7 parameters are not the 8 of the architecture.", ["a", "b"], new float[7], AsIs },
        {
            "The tensor 'head.bias' holds an infinity or NaN; a diverged training needs a lower rate.",
            ["a", "b"], [0, 0, 0, 0, 0, 0, 0, float.NaN], AsIs
        },
        {
            "The tensor 'head.weight' holds an infinity or NaN; a diverged training needs a lower rate.",
            ["a", "b"], [float.NegativeInfinity, 0, 0, 0, 0, 0, 0, 0], AsIs
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Parts_that_do_not_fit_are_named(
        string fault, string[] classes, float[] parameters, Preprocessing preprocessing) =>
        Assert.Equal(
            "The classifier does not fit together. " + fault,
            Assert.Throws<ModelInputException>(
                () => new FittedClassifier(Spec, parameters, classes, preprocessing)).Message);

    [Fact]
    public void All_faults_are_named_at_once() => Assert.Equal(
        "The classifier does not fit together. 0 classes are not between 1 and 1000000. 0 inputs are not between " +
        "1 and 1000000. 1 class names do not fit 0 classes. A class has no name. " +
        "A figure of the card is not a finite number.",
        Assert.Throws<ModelInputException>(() => new FittedClassifier(
            new LinearSpec { Classes = 0, Inputs = 0 }, [], [""], AsIs,
            new ClassifierCard { Metrics = [new CardMetric("loss", double.NaN, "test")] })).Message);

    [Fact]
    public void Missing_numbers_of_a_row_count_as_the_mean()
    {
        FittedClassifier classifier = SmallModels.Classifier(new LinearSpec { Classes = 3, Inputs = 2 });
        var preprocessing = (FeaturePreprocessing)classifier.Preprocessing;
        Assert.Equal(
            SmallModels.Predict(classifier, [.. preprocessing.Mean]),
            SmallModels.Predict(classifier, [float.NaN, float.NaN]));
    }
}
