using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Cli.Commands;

/// <summary>Makes a classifier of the labelled rows, or the labelled texts, of a table.</summary>
internal sealed record TableGeneration
{
    private const long MaxCells = 1_000_000;   // up to 32 MB of text while they are read

    public required Session Session { get; init; }

    /// <summary>The table's file.</summary>
    public required string Data { get; init; }

    /// <summary>How to read it.</summary>
    public required TableOptions Options { get; init; }

    /// <summary>A checkpoint of the in-context generator; null for the one that ships.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Whether anything is tried beside the generated network.</summary>
    public bool Refines { get; init; }

    /// <summary>Whether numbers are taken by their ranks.</summary>
    public bool Quantiles { get; init; }

    /// <summary>When to try nothing further; null for no limit.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Makes the classifier.</summary>
    /// <param name="plan">The requirement and what was chosen for it; null for the label and the defaults.</param>
    /// <returns>The classifier, the rows that it is made of, and how long reading took.</returns>
    /// <exception cref="ModelInputException">The table cannot be read, or nothing can be learned from it.</exception>
    public (FittedClassifier Classifier, int Rows, TimeSpan Read) Generate(GenerationPlan? plan)
    {
        long start = Session.Time.GetTimestamp();
        Table table = Load(plan);
        if (table.LabelIndex < 0)
            throw new ModelInputException(
                $"{Data}: say which column holds the classes, by name or number: --label COL; or, where no row has a "
                + "label, which classes there are: --classes a,b,… or --task T.");
        EncodedTexts? texts = TextColumns(table, plan) is { Count: > 0 } columns
            ? EncodedTexts.From(table, columns, WordTextEncoder.Shipped, Session.Cancel)
            : null;
        TableSample sample = texts?.Sample ?? TableSample.From(table);
        plan?.CheckClasses(sample, Data);
        if (texts is { LeftOut: > 0 }) Session.Warn($"Texts without a word were left out: {texts.LeftOut:N0}.");
        int unlabelled = table.RowCount - sample.Rows - (texts?.LeftOut ?? 0);
        if (unlabelled > 0) Session.Warn($"Rows without a label were left out: {unlabelled:N0}.");
        TimeSpan read = Session.Time.GetElapsedTime(start);

        Session.Progress.Show("generating");
        InContextGenerator generator = Checkpoint is { } file
            ? InContextGenerator.Load(file)
            : InContextGenerator.Shipped;
        TableGeneratorOptions chosen = plan?.Choice.TableOptions ?? new();
        TableGeneratorOptions generation = !Refines && chosen.InContext
            ? TableGeneratorOptions.InContextOnly with { Members = chosen.Members }
            : chosen;
        generation = generation with { Seed = Session.Seed ?? 0, Quantiles = Quantiles, Budget = Budget };
        TableGenerator tables = new(generator, Session.Time);
        FittedClassifier classifier = texts is null
            ? tables.Generate(sample, generation, Session.Cancel)
            : new TextGenerator().Generate(texts, tables, generation, Session.Cancel);
        return (classifier, sample.Rows, read);
    }

    /// <summary>Reads the table, and says which rows are not used.</summary>
    public Table Load(GenerationPlan? plan)
    {
        Session.Progress.Show($"reading {Data}");
        Table table = Table.Load(Data, GenerationPlan.Options(Options, plan?.Requirement) with
        {
            BadRows = BadRows.Report, MaxCells = MaxCells,
            Kinds = (plan?.Requirement.Inputs.Texts ?? []).ToDictionary(column => column, _ => ColumnKind.Text),
        });
        if (table.FileRowCount > table.RowCount)
            Session.Warn($"Of {table.FileRowCount:N0} rows {table.RowCount:N0} were used, drawn evenly from the file.");
        if (table.SkippedCount > 0)
            Session.Warn($"Rows that cannot be used were left out: {table.SkippedCount:N0}, the first on " +
                $"line {table.Skipped[0].Line}: {table.Skipped[0].Reason}");
        return table;
    }

    /// <summary>The texts to classify: those of the plan, or of a table with nothing beside one text or two.</summary>
    private static IReadOnlyList<string> TextColumns(Table table, GenerationPlan? plan)
    {
        if (plan is not null) return plan.Requirement.Modality == Modality.Text ? plan.Requirement.Inputs.Texts : [];
        TableColumn[] inputs =
            [.. table.Columns.Where((column, i) => i != table.LabelIndex && column.Kind != ColumnKind.IdLike)];
        return inputs.Length <= 2 && inputs.All(column => column.Kind == ColumnKind.Text)
            ? [.. inputs.Select(column => column.Name)]
            : [];
    }
}
