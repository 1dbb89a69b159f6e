using System.ComponentModel;
using System.Text.Json;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.SemanticKernel;

/// <summary>
/// What an agent can do with classifiers, in a folder of its own: names of files are relative to it, and lead neither
/// out of it nor through links; only files that end in .t2m are written. Replies are JSON; what the agent did wrong is
/// said in a field <c>error</c>, without the folder's place. Safe for use by several threads.
/// </summary>
/// <param name="generator">Makes requirements; one with a language model sends it samples of the data.</param>
/// <param name="folder">The folder.</param>
/// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
public sealed class TextToModelTools(IRequirementGenerator generator, string folder)
{
    /// <summary>Rows or images of which <see cref="PredictAsync"/> tells the predictions, at most.</summary>
    public const int MostPredictions = 100;

    private const long MaxCells = 1_000_000;
    private const string Extension = ".t2m";

    private readonly WorkFolder _folder = new(folder);

    /// <summary>The requirement of a task, as JSON.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [Description("Finds out what a classification task is: what is classified, which classes there are, and what the "
        + "data are like. Gives the requirement as JSON.")]
    public Task<string> DescribeTaskAsync(
        [Description("The task in a sentence.")] string? task = null,
        [Description("The classes, with commas between them; none where the task or the data name them.")]
        string? classes = null,
        [Description("A table (CSV, TSV, ARFF, JSON), image, zip or folder of images in the folder.")]
        string? data = null,
        [Description("The table's column with the classes.")] string? label = null,
        CancellationToken cancellationToken = default) => AnswerAsync(async () =>
            RequirementJson.Write(await RequirementAsync(task, classes, data, label, cancellationToken)));

    /// <summary>Makes a classifier and writes it.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [Description("Makes a classifier: of a table or of texts with labels, of images or texts by the names of "
        + "their classes, or of rows without labels by what is said of them. "
        + "Writes it into the folder, in place of an older one of that name.")]
    public Task<string> GenerateClassifierAsync(
        [Description("The file to write; it ends in .t2m.")] string model,
        [Description("The task in a sentence.")] string? task = null,
        [Description("The classes, with commas between them; none where the task or the data name them.")]
        string? classes = null,
        [Description("A table (CSV, TSV, ARFF, JSON), image, zip or folder of images in the folder.")]
        string? data = null,
        [Description("The table's column with the classes.")] string? label = null,
        CancellationToken cancellationToken = default) => AnswerAsync(async () =>
        {
            string path = _folder.Output(Named(model));
            TaskRequirement requirement = await RequirementAsync(task, classes, data, label, cancellationToken);
            ModelChoice choice = new ModelSelector().Select(requirement);
            (FittedClassifier made, int rows) = choice.Generator switch
            {
                GeneratorKind.Tina => (OfClasses(requirement, cancellationToken), 0),
                GeneratorKind.Hypernetwork => OfRequirement(requirement, data, label),
                GeneratorKind.ClassTexts => (OfClassTexts(requirement), 0),
                _ => OfTable(requirement, choice, data, label, cancellationToken),
            };
            FittedClassifier classifier = new(
                made.Spec, made.Parameters, made.Classes, made.Preprocessing,
                made.Card with { Requirement = RequirementJson.ToElement(RequirementCard.Of(requirement)) });
            classifier.Save(path);
            return JsonSerializer.Serialize(
                new ClassifierReply(
                    model, requirement.Sentence, classifier.Classes, choice.Explanation, rows,
                    [.. requirement.Remarks, .. classifier.Card.Notes]),
                ToolJson.Plain.ClassifierReply);
        });

    /// <summary>Classifies rows or images.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [Description("Classifies the rows of a table, or images, by a classifier in the folder. Gives the class and its "
        + "probability for each of the first 100.")]
    public Task<string> PredictAsync(
        [Description("The classifier's file.")] string model,
        [Description("A table (CSV, TSV, ARFF, JSON), image, zip or folder of images in the folder.")] string data,
        CancellationToken cancellationToken = default) => AnswerAsync(() =>
        {
            FittedClassifier classifier = FittedClassifier.Load(_folder.Input(Named(model)));
            (int rows, int failed) = (0, 0);
            List<PredictionReply> predictions = [];
            float[] probabilities = new float[classifier.Classes.Count];
            foreach (ClassifierRow row in ClassifierRows.Read(_folder.Input(data), classifier))
            {
                cancellationToken.ThrowIfCancellationRequested();
                PredictionReply prediction = Predict(classifier, row, probabilities);
                rows++;
                if (prediction.Error is not null) failed++;
                if (rows <= MostPredictions) predictions.Add(prediction);
            }
            return Task.FromResult(JsonSerializer.Serialize(
                new PredictionsReply(rows, failed, predictions), ToolJson.Plain.PredictionsReply));
        });

    private PredictionReply Predict(FittedClassifier classifier, ClassifierRow row, float[] probabilities)
    {
        if (row.Error is not null) return new(_folder.Hide(row.Place), null, null, _folder.Hide(row.Error));
        classifier.Predict(row.Values, probabilities);
        float most = probabilities.Max();
        return probabilities.Any(float.IsNaN)
            ? new(_folder.Hide(row.Place), null, null, "the numbers are too large for the model")
            : new(_folder.Hide(row.Place), classifier.Classes[Array.IndexOf(probabilities, most)], most, null);
    }

    private async Task<TaskRequirement> RequirementAsync(
        string? task, string? classes, string? data, string? label, CancellationToken cancel)
    {
        string? path = string.IsNullOrEmpty(data) ? null : _folder.Input(data);
        bool images = path is not null && ClassifierRows.IsImages(path);
        TaskInput input = new()
        {
            Description = task,
            Classes =
            [
                .. (classes ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(name => new ClassRequirement(name)),
            ],
            Table = path is null || images ? null : TableData.Of(path, Options(label)),
            Images = images ? ImageData.Of(path!) : null,
        };
        if (path is null && string.IsNullOrWhiteSpace(task) && input.Classes.Count == 0)
            throw new ModelInputException("Say what the task is: a sentence, classes, or data.");
        return await generator.GenerateAsync(input, cancel: cancel);
    }

    private static FittedClassifier OfClasses(TaskRequirement requirement, CancellationToken cancel) =>
        TinaGenerator.Shipped.Generate(TinaGenerator.Shipped.TextsOf(requirement), cancel: cancel);

    private static FittedClassifier OfClassTexts(TaskRequirement requirement) => new TextGenerator().Generate(
        [.. requirement.Classes.Select(one => new ClassText(one.Name, one.Description))]);

    private (FittedClassifier Classifier, int Rows) OfRequirement(
        TaskRequirement requirement, string? data, string? label)
    {
        if (string.IsNullOrEmpty(data)) return (HypernetworkGenerator.Shipped.Generate(requirement), 0);
        Table table = Load(requirement, data, label);
        return (HypernetworkGenerator.Shipped.Generate(requirement, RawRows.From(table)), table.RowCount);
    }

    private (FittedClassifier Classifier, int Rows) OfTable(
        TaskRequirement requirement, ModelChoice choice, string? data, string? label, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(data)) throw new ModelInputException("Name the table to make the classifier of.");
        Table table = Load(requirement, data, label);
        EncodedTexts? texts = requirement.Modality == Modality.Text
            ? EncodedTexts.From(table, requirement.Inputs.Texts, WordTextEncoder.Shipped, cancel)
            : null;
        TableSample sample = texts?.Sample ?? TableSample.From(table);
        if (!requirement.Classes.Select(one => one.Name).ToHashSet().SetEquals(sample.Classes))
            throw new ModelInputException($"The table has other classes: {string.Join(", ", sample.Classes)}.");
        TableGenerator tables = new(InContextGenerator.Shipped);
        TableGeneratorOptions options = choice.TableOptions ?? new();
        FittedClassifier classifier = texts is null
            ? tables.Generate(sample, options, cancel)
            : new TextGenerator().Generate(texts, tables, options, cancel);
        return (classifier, sample.Rows);
    }

    private Table Load(TaskRequirement requirement, string data, string? label) =>
        Table.Load(_folder.Input(data), Options(label ?? requirement.Label) with
        {
            BadRows = BadRows.Report,
            MaxCells = MaxCells,
            Kinds = requirement.Inputs.Texts.ToDictionary(column => column, _ => ColumnKind.Text),
            Ignore =
            [
                .. requirement.Inputs.Columns.Where(column => column.Role == ColumnRole.Ignored)
                    .Select(column => column.Name),
            ],
        });

    private static TableOptions Options(string? label) =>
        new() { Label = string.IsNullOrEmpty(label) ? null : label };

    private static string Named(string model) =>
        model.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? model
            : throw new ModelInputException($"The name of a classifier ends in {Extension}, and '{model}' does not.");

    private async Task<string> AnswerAsync(Func<Task<string>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is ModelInputException or IOException or UnauthorizedAccessException)
        {
            return JsonSerializer.Serialize(new ErrorReply(_folder.Hide(e.Message)), ToolJson.Plain.ErrorReply);
        }
    }
}
