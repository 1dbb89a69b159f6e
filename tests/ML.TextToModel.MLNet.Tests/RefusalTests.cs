using Microsoft.ML;
using Microsoft.ML.Data;

namespace ML.TextToModel.MLNet.Tests;

public sealed class RefusalTests
{
    private readonly MLContext _context = new(seed: 1);

    [RealFact]
    public void A_missing_or_unfit_column_is_named()
    {
        IDataView rows = Data.View(_context, Data.Rows(30));
        Says("no column 'Pixels'", new TextToModelOptions { FeatureColumnName = "Pixels" }, rows);
        Says("'Label' is of type String", new TextToModelOptions { FeatureColumnName = "Label" }, rows);
        Says("'Features' is of type", new TextToModelOptions { TextColumnName = "Features" }, rows);
        Says("'Features' is of type", new TextToModelOptions { LabelColumnName = "Features" }, rows);
    }

    [RealFact]
    public void Too_little_to_learn_from_is_refused_with_what_to_add()
    {
        IDataView rows = Data.View(_context, Data.Rows(30)), none = Data.View(_context);
        Says("name at least two by Classes", new TextToModelOptions(), none);
        Says("a classifier of features needs some", new TextToModelOptions { Classes = ["a", "b"] }, none);
        Says("none of the named classes", new TextToModelOptions { Classes = ["class 000", "class 001"] }, rows);
    }

    [RealFact]
    public void A_binary_classifier_takes_only_a_boolean_label()
    {
        var trainer = _context.BinaryClassification.Trainers.TextToModel(_context, nameof(Row.Number));
        var error = Assert.Throws<ModelInputException>(() => trainer.Fit(Data.View(_context, Data.Rows(30))));
        Assert.Contains("takes Boolean", error.Message);
    }

    [RealFact]
    public void Options_out_of_range_are_all_named_at_once()
    {
        TextToModelOptions options = new() { ImageEpochs = -1, Budget = TimeSpan.FromSeconds(-1) };
        var error = Assert.Throws<ModelInputException>(() => _context.Transforms.TextToModel(_context, options));
        Assert.Contains("-1 epochs", error.Message);
        Assert.Contains("budget", error.Message);
    }

    [RealFact]
    public void A_cancelled_context_stops_the_fit()
    {
        // Cancelling is AutoML's: not public, but what users of it meet.
        typeof(MLContext).GetMethod(
            "CancelExecution", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .Invoke(_context, []);
        var trainer = _context.MulticlassClassification.Trainers.TextToModel(_context);
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(Data.View(_context, Data.Rows(90))));
    }

    [RealFact]
    public void The_log_of_the_context_says_what_is_made()
    {
        List<string> messages = [];
        _context.Log += (_, e) => messages.Add(e.Message);
        _context.MulticlassClassification.Trainers.TextToModel(_context).Fit(Data.View(_context, Data.Rows(60)));
        Assert.Contains(messages, message => message.Contains("60 labelled rows", StringComparison.Ordinal));
    }

    private void Says(string part, TextToModelOptions options, IDataView rows)
    {
        var trainer = _context.MulticlassClassification.Trainers.TextToModel(_context, options);
        Assert.Contains(part, Assert.Throws<ModelInputException>(() => trainer.Fit(rows)).Message);
    }
}
