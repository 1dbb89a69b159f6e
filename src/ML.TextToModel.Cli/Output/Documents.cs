using System.Text.Json;
using ML.TextToModel.Audits;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Output;

// What the verbs print with --json; docs/schemas describes each document. A figure that is not defined is null.

/// <summary>Why a verb has no result.</summary>
internal sealed record ErrorDocument(string Error, int ExitCode);

/// <summary><c>train generic</c>.</summary>
internal sealed record TrainGenericDocument(
    string Out, string Sha256, string Dataset, PModelSpec Spec, int Parameters, IReadOnlyList<string> Classes,
    int Epochs, int Steps, int TotalSteps, bool Complete, double? Accuracy, double? LogLoss, double? AucOvo,
    TrainingSeconds Seconds, double? ImagesPerSecond, int? ResumedAt, IReadOnlyList<string> Warnings);

/// <summary><c>train tabular</c>.</summary>
internal sealed record TrainTabularDocument(
    string Out, string Sha256, long Parameters, long Tables, int Steps, int TotalSteps, bool Complete, double Loss,
    double Accuracy, IReadOnlyList<TableFigures> RealTables, double Seconds, int? ResumedAt,
    IReadOnlyList<string> Warnings);

/// <summary><c>train hypernetwork</c>.</summary>
internal sealed record TrainHypernetworkDocument(
    string Out, string Sha256, long Parameters, IReadOnlyList<string> Tables, int Steps, int TotalSteps, bool Complete,
    double Accuracy, double Seconds, int? ResumedAt, IReadOnlyList<string> Warnings);

/// <summary><c>train tina</c>.</summary>
internal sealed record TrainTinaDocument(
    string Out, string Sha256, long Parameters, int Steps, int TotalSteps, bool Complete, double Accuracy,
    int Tasks, int ClassesOfTask, double? AccuracyOfUnseen, double Seconds, int? ResumedAt,
    IReadOnlyList<string> Warnings);

/// <summary><c>train encoder</c>.</summary>
internal sealed record TrainEncoderDocument(
    string Out, string Sha256, long Parameters, int Words, int Steps, int TotalSteps, bool Complete, double? FoundFirst,
    double? FoundAmongTen, double? WordnetSpearman, double? StsbSpearman, double? StsbPearson, double Seconds,
    int? ResumedAt, IReadOnlyList<string> Warnings);

/// <summary><c>zoo build</c>.</summary>
internal sealed record ZooBuildDocument(
    string Out, int PModels, PModelSpec Spec, int Files, double Accuracy, double Seconds,
    IReadOnlyList<string> Warnings);

/// <summary><c>audit</c>.</summary>
internal sealed record AuditDocument(
    string Checkpoint, string Sha256, string Dataset, int Tasks, int TaskSize, IReadOnlyList<AuditFigures> Accuracies,
    NoiseDependence Noise, ZooComparison? Zoo, string Verdict, double Seconds, IReadOnlyList<string> Warnings);

/// <summary>How a method does over the tasks; the difference is to the generated classifiers.</summary>
internal sealed record AuditFigures(string Method, SampleMean Accuracy, SampleMean Difference);

/// <summary>How a generator does on a real table, part of which it sees.</summary>
internal sealed record TableFigures(string Name, double? Accuracy, double? Auc);

/// <summary>How long the parts of a training took, in this run.</summary>
internal sealed record TrainingSeconds(double Read, double Train, double Evaluate, double Total);

/// <summary><c>eval</c>.</summary>
internal sealed record EvalDocument(
    string Model, string Data, long Rows, long Skipped, double? Accuracy, double? AucOvo, double? LogLoss,
    IReadOnlyList<ClassScore> PerClass, IReadOnlyList<long[]> Confusion, IReadOnlyList<SkipReason> SkipReasons,
    double Seconds, IReadOnlyList<string> Warnings);

/// <summary>The figures of one class.</summary>
internal sealed record ClassScore(string Class, long Support, double? Precision, double? Recall, double? F1);

/// <summary>Why rows were not scored, how many, and the first of them.</summary>
internal sealed record SkipReason(string Reason, long Rows, string First);

/// <summary><c>describe</c>; either the choice or the reason why there is none is null.</summary>
internal sealed record DescribeDocument(
    JsonElement Requirement, string? Out, string? Choice, string? WhyNoChoice, string? Prompt, double Seconds,
    IReadOnlyList<string> Warnings);

/// <summary><c>generate</c>.</summary>
internal sealed record GenerateDocument(
    string Model, string Sha256, string Generator, IReadOnlyList<string> Classes, PModelSpec Spec, int Parameters,
    int Rows, JsonElement? Requirement, string? Choice, IReadOnlyList<CardCandidate> Candidates,
    GenerationSeconds Seconds, IReadOnlyList<string> Warnings);

/// <summary>How long the parts of a generation took.</summary>
internal sealed record GenerationSeconds(double Read, double Generate, double Total);

/// <summary><c>export</c>.</summary>
internal sealed record ExportDocument(
    string Model, string Onnx, string Sha256, long Bytes, IReadOnlyList<string> Classes);

/// <summary><c>predict</c>: either the file that was written, or the predictions.</summary>
internal sealed record PredictDocument(
    string Model, long Rows, long Failed, string? Out, IReadOnlyList<string> Classes,
    IReadOnlyList<Prediction>? Predictions);

/// <summary>One row of input; either the error or the other two are null.</summary>
internal sealed record Prediction(string? File, string? PredictedLabel, float[]? Probabilities, string? Error);

/// <summary><c>show</c>.</summary>
internal sealed record ShowDocument(
    string Model, string Sha256, long Bytes, PModelSpec Spec, int Parameters, IReadOnlyList<string> Classes,
    Preprocessing Preprocessing, string Generator, string? GeneratorSha256, ulong? Seed, JsonElement? Requirement,
    IReadOnlyList<CardMetric> Metrics, IReadOnlyList<CardCandidate> Candidates, IReadOnlyList<string> Notes);

/// <summary><c>data list</c>.</summary>
internal sealed record DataListDocument(IReadOnlyList<string> Roots, IReadOnlyList<DataSetInfo> Datasets);

/// <summary>A known data set.</summary>
internal sealed record DataSetInfo(
    string Name, string Kind, string About, string Source, string Terms, bool Present, bool CanBeFetched,
    IReadOnlyList<DataFile> Files);

/// <summary><c>data get</c>.</summary>
internal sealed record DataGetDocument(
    string Root, IReadOnlyList<FetchedFile> Files, double Seconds, IReadOnlyList<string> Warnings);

/// <summary>A file that is there now.</summary>
internal sealed record FetchedFile(string Dataset, string Path, long Bytes, string Sha256, bool Fetched);

/// <summary><c>data verify</c>.</summary>
internal sealed record DataVerifyDocument(
    IReadOnlyList<VerifiedFile> Files, int Damaged, IReadOnlyList<string> Warnings);

/// <summary>What was found of a file.</summary>
internal sealed record VerifiedFile(string Dataset, string Path, string? Place, string Status);
