using Microsoft.ML.Data;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.MLNet;

/// <summary>
/// The one place where a description, rows, or both become a classifier; what else can make one is to be asked here.
/// </summary>
internal sealed class ClassifierSource(TextToModelOptions options, FittingTask task, FittingContext fitting)
{
    /// <summary>Makes the classifier.</summary>
    /// <param name="rows">The rows; may have no label.</param>
    /// <param name="classes">All classes.</param>
    /// <param name="places">The place of each label in the order in which labels were met.</param>
    /// <exception cref="ModelInputException">There is too little to make one of; the message says what to add.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public SavedModel Make(TrainingRows rows, LabelClasses classes, int[] places)
    {
        fitting.Cancel.ThrowIfCancellationRequested();
        if (classes.Names.Count < 2)
            throw new ModelInputException(
                $"There are {classes.Names.Count} classes to tell apart; name at least two by Classes, or give rows "
                + $"that have them in the column '{options.LabelColumnName}'.");
        SavedModel model = Choose(rows, classes, places);
        return task.Requirement is { } requirement
            ? model with { Classifier = WithRequirement(model.Classifier, requirement) }
            : model;
    }

    private SavedModel Choose(TrainingRows rows, LabelClasses classes, int[] places)
    {
        if (options.ImageColumnName is not null) return OfImages(rows, classes, places);
        if (rows.Labelled > 0) return OfRows(rows, classes, places);
        if (options.TextColumnName is not null)
        {
            ClassText[] described = task.Describe(classes.Names);
            return Complete(new TextGenerator().Generate(described), rows, classes);
        }
        return task.Of(classes.Names) is { Sentence.Length: > 0 } requirement
            ? Complete(OfDescription(requirement, rows), rows, classes)
            : throw new ModelInputException(
                $"No row has a label in the column '{options.LabelColumnName}', and a classifier of features needs "
                + "some, or a TaskDescription; images and texts need only Classes.");
    }

    /// <summary>
    /// From what the requirement says of task, classes and features; their scale is that of rows without labels or,
    /// where there are none, the requirement says it too.
    /// </summary>
    private static FittedClassifier OfDescription(TaskRequirement requirement, TrainingRows rows)
    {
        IReadOnlyList<string> names = rows.Input.SlotNames();
        float[] values = rows.LoadUnlabelled(names.Count);
        return values.Length == 0
            ? HypernetworkGenerator.Shipped.Generate(requirement, names)
            : HypernetworkGenerator.Shipped.Generate(
                requirement, TablePreprocessing.Fit(names, new IReadOnlyList<string>?[names.Count], values));
    }

    private SavedModel OfImages(TrainingRows rows, LabelClasses classes, int[] places)
    {
        TinaGenerator generator = options.ImageGenerator ?? TinaGenerator.Shipped;
        FittedClassifier classifier = generator.Generate(
            task.Of(classes.Names) is { } requirement ? generator.TextsOf(requirement) : task.Describe(classes.Names),
            new TinaGeneratorOptions { Seed = fitting.Seed }, fitting.Cancel);
        if (rows.Labelled > 0 && options.ImageEpochs > 0)
        {
            SavedModel shape = Complete(classifier, rows, classes);
            (float[] values, int[] labels) = rows.Load(classifier.RowLength, shape.ImageSize);
            LabelledRows examples = new(classifier, values, [.. labels.Select(label => places[label])]);
            classifier = ImageRefinement.Of(classifier, examples, options, fitting);
        }
        return Complete(classifier, rows, classes);
    }

    private SavedModel OfRows(TrainingRows rows, LabelClasses classes, int[] places)
    {
        bool text = options.TextColumnName is not null;
        int width = text ? WordTextEncoder.Shipped.Length : ((VectorDataViewType)rows.Input.Type).Size;
        (float[] values, int[] labels) = rows.Load(width, size: null);
        labels = [.. labels.Select(label => places[label])];
        // Keys may have no rows: the generator makes a classifier of the others, and their scores stay 0.
        int[] present = [.. labels.Distinct().Order()];
        Dictionary<int, int> own = present.Index().ToDictionary(one => one.Item, one => one.Index);
        TableSample sample = TableSample.Of(
            rows.Input.SlotNames(width), values, [.. present.Select(place => classes.Names[place])],
            [.. labels.Select(label => own[label])]);
        TableGenerator tables = new(options.TableGenerator ?? InContextGenerator.Shipped);
        TableGeneratorOptions refinement = options.Refinement with
        {
            Seed = fitting.Seed, Task = options.TaskDescription ?? options.Refinement.Task,
            Budget = options.Budget ?? options.Refinement.Budget,
        };
        FittedClassifier classifier = text
            ? new TextGenerator().Generate(
                new EncodedTexts([rows.Input.Name], sample, LeftOut: 0), tables, refinement, fitting.Cancel)
            : tables.Generate(sample, refinement, fitting.Cancel);
        return new SavedModel(classifier, rows.Input.Kind, present, classes.Names.Count);
    }

    /// <summary>A model whose classifier has all classes in their order.</summary>
    private static SavedModel Complete(FittedClassifier classifier, TrainingRows rows, LabelClasses classes) =>
        new(classifier, rows.Input.Kind, [.. Enumerable.Range(0, classes.Names.Count)], classes.Names.Count);

    private static FittedClassifier WithRequirement(FittedClassifier classifier, TaskRequirement requirement) => new(
        classifier.Spec, classifier.Parameters, classifier.Classes, classifier.Preprocessing,
        classifier.Card with { Requirement = RequirementJson.ToElement(RequirementCard.Of(requirement)) });
}
