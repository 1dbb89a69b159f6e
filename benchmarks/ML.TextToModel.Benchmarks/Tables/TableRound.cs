using System.Text;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>One split of one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Name">The split's name, such as <c>0</c> or <c>small-0</c>.</param>
/// <param name="File">The split as CSV.</param>
/// <param name="Fit">Rows to fit to.</param>
/// <param name="Validation">Rows to choose settings by; none in the protocol of small tables.</param>
/// <param name="Known">Both together.</param>
/// <param name="Test">Rows to score on.</param>
/// <param name="TestRows">Their places in the table's sample.</param>
internal sealed record TableRound(
    StudyTable Table, string Name, string File, TableSample Fit, TableSample Validation, TableSample Known,
    TableSample Test, int[] TestRows)
{
    private const int SmallRows = 2_000;

    private static readonly string[] s_parts = ["fit", "validation", "test"];

    /// <summary>Tells data and split of this round from any others.</summary>
    public string Key => StudyTable.Hash(Encoding.UTF8.GetBytes(Table.Key + System.IO.File.ReadAllText(File)));

    /// <summary>60 % to fit to, 20 % to choose by, 20 % to score on.</summary>
    public static TableRound Full(BenchmarkContext context, StudyTable table, int index) => Open(
        context, table, $"{index}", _ => TableSplit.OfProtocol(table.Name, table.Sample.Labels, index));

    /// <summary>Half to fit to and half to score on, of at most 2,000 rows.</summary>
    public static TableRound Small(BenchmarkContext context, StudyTable table, int index) =>
        Open(context, table, $"small-{index}", rng =>
        {
            double half = Math.Min(1, (double)SmallRows / table.Sample.Rows) / 2;
            int[][] parts = TableSplit.Stratified(table.Sample.Labels, [half, half, 1 - 2 * half], rng);
            return [parts[0], [], parts[1]];
        });

    private static TableRound Open(BenchmarkContext context, StudyTable table, string name, Func<Rng, int[][]> draw)
    {
        string file = $"{table.Name}-{name}.csv";
        string path = context.Options.Splits is { } folder
            ? Path.Combine(Directory.CreateDirectory(folder).FullName, file)
            : Artifacts.Path(context, Path.Combine("tables", "splits", file));
        if (!System.IO.File.Exists(path))
            SplitFile.Write(path, table.Sample, s_parts, draw(new Rng(1).Split(table.Name).Split(name)));
        int[][] parts = SplitFile.Read(path, table.Sample, s_parts);
        TableSample Of(params int[][] rows) => table.Sample.Subset([.. rows.SelectMany(r => r).Order()]);
        return new(
            table, name, path, Of(parts[0]), Of(parts[1]), Of(parts[0], parts[1]), Of(parts[2]), parts[2]);
    }
}
