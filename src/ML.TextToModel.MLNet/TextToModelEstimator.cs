using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.PModels;

namespace ML.TextToModel.MLNet;

/// <summary>
/// A step of a pipeline that makes a classifier of what its options say, of the rows it is fitted to, or of both.
/// </summary>
/// <remarks>
/// The fitted step adds <c>PredictedLabel</c>, a key with the labels' original values; <c>Score</c>, a vector of one
/// probability per class under the class names; and <c>Probability</c>, the same. A binary one adds a boolean, the
/// logit of the positive class and its probability. A row with a number that is too large gets NaN and the missing key.
/// </remarks>
public sealed class TextToModelEstimator : IEstimator<TextToModelTransformer>
{
    private readonly MLContext _context;
    private readonly TextToModelOptions _options;
    private readonly bool _binary;

    internal TextToModelEstimator(MLContext context, TextToModelOptions options, bool binary)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("This step cannot be made. " + string.Join(' ', faults));
        (_context, _options, _binary) = (context, options, binary);
    }

    /// <summary>Makes the classifier.</summary>
    /// <param name="input">
    /// Rows to learn from; none where the options name the classes and the generator needs no rows.
    /// </param>
    /// <exception cref="ModelInputException">
    /// A column is missing or of another type, or there is nothing to make a classifier of; the message says why.
    /// </exception>
    /// <exception cref="OperationCanceledException">The context was cancelled.</exception>
    public TextToModelTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using FittingContext fitting = new(_context, _options.Seed);
        long start = Stopwatch.GetTimestamp();
        InputColumn column = InputColumn.Of(input.Schema, _options);
        DataViewSchema.Column? label = input.Schema.GetColumnOrNull(_options.LabelColumnName);
        LabelReader labels = LabelReader.Of(label, _binary);
        TrainingRows rows = new(input, column, label, labels, fitting.Cancel);
        (LabelClasses Classes, int[] Places)? known =
            _options.Classes.Count > 0 || rows.Labelled > 0 ? labels.Finish(_options.Classes) : null;
        FittingTask task = FittingTask.Of(_options, rows, known, fitting);
        (LabelClasses classes, int[] places) = known ?? labels.Finish(task.Required);
        fitting.Info($"{rows.Labelled} labelled rows, classes: {string.Join(", ", classes.Names.Take(20))}"
            + (classes.Names.Count > 20 ? $", … ({classes.Names.Count})." : "."));
        SavedModel model = new ClassifierSource(_options, task, fitting).Make(rows, classes, places);
        foreach (string note in model.Classifier.Card.Notes) fitting.Warn(note);
        fitting.Info($"{model.Classifier.Spec} in {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s.");
        ITransformer steps = StepChain
            .Of(_context, column.Name, column.Kind, model.Write(), _binary ? null : classes).Fit(input);
        return new TextToModelTransformer(steps, model.Classifier, column.Name, column.Type);
    }

    /// <summary>The columns of what <see cref="Fit"/> gives.</summary>
    /// <exception cref="ModelInputException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        InputKind kind = InputColumn.KindOf(inputSchema, _options);
        LabelClasses? classes = _binary ? null : LabelClasses.Example(LabelType(inputSchema));
        return StepChain.Of(_context, _options.InputColumnName, kind, "", classes).GetOutputSchema(inputSchema);
    }

    /// <summary>The type of a label's original values; null where keys have none.</summary>
    private DataViewType? LabelType(SchemaShape schema)
    {
        if (schema.Where(one => one.Name == _options.LabelColumnName).ToArray() is not [var label])
            return TextDataViewType.Instance;
        if (!label.IsKey) return label.ItemType;
        return label.Annotations.Where(one => one.Name == "KeyValues").Select(one => one.ItemType).FirstOrDefault();
    }
}
