using System.CommandLine;
using System.Text.Json;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.PModels;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m show</c>: prints what a classifier is and where it comes from.</summary>
internal sealed class ShowCommand : Verb<ShowDocument>
{
    private const string About =
        "Prints the card of a classifier: architecture, classes, where it comes from, how good it is.";

    private const string Details =
        """
        Examples:
          t2m show generic.t2m
          t2m show generic.t2m --json
        """;

    private readonly Argument<string> _model = ModelFile.Argument();

    public ShowCommand(Session session) : base("show", About, Details, session, ToolJson.Relaxed.ShowDocument) =>
        Add(_model);

    protected override ShowDocument Run(ParseResult arguments)
    {
        string path = arguments.GetValue(_model)!;
        FittedClassifier model = ModelFile.Load(path);
        ClassifierCard card = model.Card;
        return new(
            path, OutputFile.Sha256(path), new FileInfo(path).Length, model.Spec, model.Spec.Layout.Count,
            model.Classes, model.Preprocessing, card.Generator, card.GeneratorSha256, card.Seed, card.Requirement,
            card.Metrics, card.Candidates, card.Notes);
    }

    protected override void Print(ShowDocument document, IAnsiConsole console) => console.WritePairs(
    [
        ("classifier", $"{document.Model} ({document.Bytes:N0} bytes)"),
        ("sha256", document.Sha256),
        .. Sentence(document.Requirement) is { } task ? [("task", task)] : Array.Empty<(string, string)>(),
        ("architecture", Architecture(document.Spec)),
        ("parameters", $"{document.Parameters:N0}"),
        ("classes", $"{document.Classes.Count}: {Tables.Some(document.Classes)}"),
        ("input", Input(document.Preprocessing, document.Spec)),
        ("made by", document.Generator.Length > 0 ? document.Generator : "unknown"),
        .. document.Seed is { } seed ? [("seed", $"{seed}")] : Array.Empty<(string, string)>(),
        .. document.Metrics.Select(metric => (metric.Name, $"{metric.Value:F4} ({metric.Data})")),
        .. document.Candidates.Select(candidate => ("candidate",
            $"{candidate.Name}: {Tables.Figure(candidate.Validation)}{(candidate.Chosen ? ", chosen" : "")}")),
        .. document.Notes.Select(note => ("note", note)),
    ]);

    private static string? Sentence(JsonElement? requirement) =>
        requirement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("sentence", out JsonElement text)
            && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    private static string Architecture(PModelSpec spec) => spec switch
    {
        CnnSpec cnn => "CNN of 3×3 convolutions: " + string.Join(", ",
            cnn.Channels.Zip(cnn.Strides, (channels, stride) => $"{channels} channels (stride {stride})")),
        MlpSpec mlp =>
            $"MLP, hidden layers {string.Join(", ", mlp.Hidden)}{(mlp.Skip ? ", with a linear path past them" : "")}",
        _ => "linear",
    };

    private static string Input(Preprocessing preprocessing, PModelSpec spec) => preprocessing switch
    {
        FeaturePreprocessing { Columns.Count: > 0 } features =>
            $"{features.Columns.Count} columns: {Tables.Some(features.Columns)}",
        FeaturePreprocessing => $"{spec.InputShape.ElementCount} columns, by their position",
        TablePreprocessing table =>
            $"{table.Columns.Count} columns: {Tables.Some([.. table.Columns.Select(column => column.Name)])}",
        TextPreprocessing { Columns: [var column] } => $"texts, in a column such as {column}",
        TextPreprocessing pair => $"pairs of texts, in columns such as {Tables.Some(pair.Columns)}",
        BackbonePreprocessing backbone => $"{backbone.Spec.Width}×{backbone.Spec.Height} colour images, through the " +
            $"backbone {backbone.Spec.Name}: {backbone.Layout.Count:N0} weights, " +
            $"{backbone.Spec.FeatureLength} features",
        _ => $"{spec.InputShape[1]}×{spec.InputShape[0]} colour images",
    };
}
