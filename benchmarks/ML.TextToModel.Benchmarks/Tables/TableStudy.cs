using ML.TextToModel.Datasets;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>The tables, their splits, the methods, and the figures found so far, which several checks share.</summary>
internal sealed class TableStudy
{
    private const int Splits = 5, SmallTableRows = 5_000;

    private static readonly string[] s_quick = ["iris", "heart-disease", "wine", "car"];

    private readonly Dictionary<(string Method, string Table, string Round), TableFigures> _figures = [];
    private readonly Dictionary<string, FittedClassifier> _classifiers = [];
    private readonly Dictionary<(string Table, string Round), TableRound> _rounds = [];
    private readonly SklearnMethods _peers;
    private readonly int _splits;

    public TableStudy(BenchmarkContext context)
    {
        Context = context;
        _splits = context.Options.Rounds ?? context.Choose(1, Splits);
        Tables =
        [
            .. UciTables.All.Where(table => Wanted(context.Options, table) && table.IsPresent())
                .Select(table => StudyTable.Load(context, table)),
        ];
        string? absent = null;
        try
        {
            Checkpoint = CopyOfCheckpoint(context);
            Generator = Checkpoint is null ? InContextGenerator.Shipped : InContextGenerator.Load(Checkpoint);
            WarmUp();
        }
        catch (ModelInputException e)
        {
            absent = e.Message;
        }
        Generators = new GeneratorMethods(Generator, absent, context.Cancel);
        _peers = new SklearnMethods(context);
        (Majority, Logistic, Forest, Boosting) = (
            Benchmarks.Tables.Majority.Create(), _peers.Create("logistic regression"),
            _peers.Create("random forest"), _peers.Create("gradient boosting"));
    }

    public BenchmarkContext Context { get; }

    /// <summary>Those that are here and were asked for.</summary>
    public IReadOnlyList<StudyTable> Tables { get; }

    /// <summary>Whether the run has all tables and splits of the protocol.</summary>
    public bool Complete => Tables.Count == UciTables.All.Count && _splits >= Splits;

    /// <summary>The checkpoint in use; null for the shipped one.</summary>
    public string? Checkpoint { get; }

    public InContextGenerator? Generator { get; }

    public GeneratorMethods Generators { get; }

    public TableMethod Majority { get; }

    public TableMethod Logistic { get; }

    public TableMethod Forest { get; }

    public TableMethod Boosting { get; }

    /// <summary>The methods of the main table.</summary>
    public IReadOnlyList<TableMethod> Methods => field ??=
    [
        Majority, ModelGptMlp.Create("ModelGPT's MLP, linear", activation: false, Context.Cancel),
        ModelGptMlp.Create("ModelGPT's MLP, ReLU", activation: true, Context.Cancel),
        Generators.Alone, Generators.Default, Logistic, Forest, Boosting,
    ];

    /// <summary>The splits of the main protocol.</summary>
    public IEnumerable<TableRound> Rounds(StudyTable table) =>
        Enumerable.Range(0, _splits).Select(i => Round(table, $"{i}", () => TableRound.Full(Context, table, i)));

    /// <summary>The tables of the small-table protocol.</summary>
    public IEnumerable<StudyTable> SmallTables => Tables.Where(table => table.Sample.Rows <= SmallTableRows);

    /// <summary>The splits of the small-table protocol.</summary>
    public IEnumerable<TableRound> SmallRounds(StudyTable table) =>
        Enumerable.Range(0, _splits).Select(i => Round(table, $"small-{i}", () => TableRound.Small(Context, table, i)));

    /// <summary>The figures of a method on a round, from this run or, of kept methods, an earlier one.</summary>
    /// <exception cref="PeerAbsentException">The method cannot run here.</exception>
    public TableFigures Of(TableMethod method, TableRound round)
    {
        (string, string, string) key = (method.Name, round.Table.Name, round.Name);
        if (_figures.TryGetValue(key, out TableFigures? known)) return known;
        if (method.Absent is { } why) throw new PeerAbsentException(why);
        Context.Cancel.ThrowIfCancellationRequested();
        string file = Artifacts.Path(
            Context, Path.Combine("tables", "predictions", round.Table.Name, $"{round.Name}-{method.FileName}.csv"));
        TablePredictions? predictions = method.Kept ? TablePredictions.Read(file, round) : null;
        if (predictions is null)
        {
            Context.Log($"{round.Table.Name}, split {round.Name}: {method.Name}");
            predictions = method.Predict(round);
            predictions.Write(file, round);
        }
        return _figures[key] = TableFigures.Of(round, predictions);
    }

    /// <summary>The classifier that the defaults make of the first split's known rows.</summary>
    public FittedClassifier Classifier(StudyTable table)
    {
        if (!_classifiers.TryGetValue(table.Name, out FittedClassifier? classifier))
        {
            classifier = new TableGenerator(Generator!).Generate(Rounds(table).First().Known, null, Context.Cancel);
            _classifiers.Add(table.Name, classifier);
        }
        return classifier;
    }

    /// <summary>The first calls compile, and compile again when they are many; they are not to be timed.</summary>
    private void WarmUp()
    {
        const int calls = 10;
        if (Tables.MinBy(table => table.Sample.Rows) is not { } smallest) return;
        for (int i = 0; i < calls; i++)
            new TableGenerator(Generator!).Generate(smallest.Sample, null, Context.Cancel);
    }

    private static bool Wanted(BenchmarkOptions options, UciTable table) =>
        (options.Tables ?? (options.Quick ? s_quick : null))?.Contains(table.Name) ?? true;

    /// <summary>A training may rewrite its checkpoint: the whole run takes one and the same.</summary>
    private static string? CopyOfCheckpoint(BenchmarkContext context)
    {
        if (context.Options.Generator is not { } file) return null;
        if (!File.Exists(file)) throw new ModelInputException($"There is no checkpoint {file}.");
        string copy = Artifacts.Path(context, Path.Combine("tables", "generator.safetensors"));
        if (Path.GetFullPath(file) != Path.GetFullPath(copy)) File.Copy(file, copy, overwrite: true);
        return copy;
    }

    private TableRound Round(StudyTable table, string name, Func<TableRound> open)
    {
        if (!_rounds.TryGetValue((table.Name, name), out TableRound? round))
            _rounds.Add((table.Name, name), round = open());
        return round;
    }
}
