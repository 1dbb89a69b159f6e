using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.PModels;

namespace ML.TextToModel.MLNet.Tests;

public sealed class SavingTests
{
    /// <summary>Says to <see cref="A_fresh_process_scores_what_another_saved"/> where to read and write.</summary>
    private const string FolderVariable = "T2M_SAVED_PIPELINE";

    private readonly MLContext _context = new(seed: 1);

    [RealFact]
    public void A_fresh_process_gives_the_same_bits_for_2_3_10_and_100_classes()
    {
        foreach (int classes in new[] { 2, 3, 10, 100 })
        {
            Row[] rows = Data.Rows(classes * 8, classes);
            IDataView view = Data.View(_context, rows);
            var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
                .Append(_context.MulticlassClassification.Trainers.TextToModel(_context, new TextToModelOptions
                {
                    Refinement = new() { FineTune = false, Refit = false },
                }))
                .Append(_context.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
            ITransformer model = pipeline.Fit(view);
            Assert.Equal(Lines(model.Transform(view)), InFreshProcess(model, view, rows));
        }
    }

    [RealFact]
    public void The_classifier_is_found_in_what_was_loaded()
    {
        IDataView view = Data.View(_context, Data.Rows(60));
        var pipeline = _context.Transforms.NormalizeMinMax("Features")
            .Append(_context.MulticlassClassification.Trainers.TextToModel(_context));
        var model = pipeline.Fit(view);
        using MemoryStream stream = new();
        _context.Model.Save(model, view.Schema, stream);
        MLContext other = new();
        FittedClassifier found = TextToModelTransformer.ModelOf(other, other.Model.Load(stream, out _));
        Assert.Equal(model.LastTransformer.Model.Parameters.ToArray(), found.Parameters.ToArray());
        Assert.Equal(model.LastTransformer.Model.Classes, found.Classes);
    }

    [RealFact]
    public void A_binary_pipeline_saves_and_loads()
    {
        IDataView view = Data.View(_context, Data.Rows(60, classes: 2));
        ITransformer model = _context.BinaryClassification.Trainers.TextToModel(_context, nameof(Row.Flag)).Fit(view);
        using MemoryStream stream = new();
        _context.Model.Save(model, view.Schema, stream);
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Assert.Equal(
            Data.Column<float>(model.Transform(view), "Probability"),
            Data.Column<float>(loaded.Transform(view), "Probability"));
    }

    [RealFact]
    public void A_model_of_a_later_version_or_a_damaged_one_says_so()
    {
        IDataView view = Data.View(_context, Data.Rows(60));
        FittedClassifier model = _context.MulticlassClassification.Trainers.TextToModel(_context).Fit(view).Model;
        string text = new SavedModel(model, InputKind.Floats, [0, 1, 2], 3).Write();
        Refused(text.Replace("TextToModel 1\n", "TextToModel 2\n"), "Update the package");
        Refused(text.Replace('\n', ' '), "no TextToModel classifier");
        Refused(text.Replace("\"Slots\":3", "\"Slots\":1"), "damaged");
        Refused(text[..^100], "damaged");

        void Refused(string damaged, string message)
        {
            LabelClasses classes = new LabelClasses<float>(["a", "b", "c"], [0, 1, 2], NumberDataViewType.Single);
            ITransformer steps = StepChain.Of(_context, "Features", InputKind.Floats, damaged, classes).Fit(view);
            Exception error = Assert.ThrowsAny<Exception>(() => Data.Scores(steps.Transform(view)));
            while (error.InnerException is { } inner && error is not ModelInputException) error = inner;
            Assert.Contains(message, error.Message);
        }
    }

    /// <summary>The other process's part; skipped in a run of its own.</summary>
    [RealFact]
    public void A_fresh_process_scores_what_another_saved()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Another test runs this one in a process of its own.");
        MLContext context = new();
        ITransformer model = context.Model.Load(Path.Combine(folder!, "model.zip"), out _);
        float[][] features =
        [
            .. File.ReadLines(Path.Combine(folder!, "rows.csv"))
                .Select(line => line.Split(',').Select(n => float.Parse(n, CultureInfo.InvariantCulture)).ToArray()),
        ];
        IDataView view = Data.View(context, [.. features.Select(row => new Row { Features = row })]);
        File.WriteAllLines(Path.Combine(folder!, "scores.txt"), Lines(model.Transform(view)));
    }

    private string[] InFreshProcess(ITransformer model, IDataView view, Row[] rows)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            _context.Model.Save(model, view.Schema, Path.Combine(folder, "model.zip"));
            File.WriteAllLines(Path.Combine(folder, "rows.csv"), rows.Select(row => string.Join(
                ',', row.Features.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))));
            ProcessStartInfo start = new(
                "dotnet",
                [
                    typeof(SavingTests).Assembly.Location, "-noColor", "-method",
                    $"{typeof(SavingTests).FullName}.{nameof(A_fresh_process_scores_what_another_saved)}",
                ])
            {
                RedirectStandardOutput = true, UseShellExecute = false, Environment = { [FolderVariable] = folder },
            };
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output);
            return File.ReadAllLines(Path.Combine(folder, "scores.txt"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The bits of all scores of each row, and the predicted label.</summary>
    private static string[] Lines(IDataView scored) =>
    [
        .. Data.Scores(scored).Zip(
            Data.Column<ReadOnlyMemory<char>>(scored, "Predicted"),
            (scores, label) => string.Join(' ', scores.Select(s => $"{BitConverter.SingleToInt32Bits(s):x8}")) + label),
    ];
}
