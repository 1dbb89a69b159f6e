using System.Security.Cryptography;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>A known table, and a CSV copy of just the rows and columns that every method gets.</summary>
/// <param name="Name">The name of the data set.</param>
/// <param name="Sample">Its labelled rows.</param>
/// <param name="CsvFile">
/// The copy: <see cref="RowColumn"/>, the features, <see cref="LabelColumn"/>; empty where missing.
/// </param>
/// <param name="Key">Tells copies apart.</param>
internal sealed record StudyTable(string Name, TableSample Sample, string CsvFile, string Key)
{
    /// <summary>The place of a row in the original file.</summary>
    public const string RowColumn = "row";

    public const string LabelColumn = "label";

    /// <summary>The names of the columns that hold categories.</summary>
    public IEnumerable<string> Categorical => Sample.Columns.Where((_, i) => Sample.Categories[i] is not null);

    public static StudyTable Load(BenchmarkContext context, UciTable table)
    {
        TableSample sample = table.Load();
        string file = Artifacts.Path(context, Path.Combine("tables", "data", table.Name + ".csv"));
        Write(file, sample);
        return new(table.Name, sample, file, Hash(File.ReadAllBytes(file)));
    }

    /// <summary>The text of a category, or null where it is missing.</summary>
    public static string? Category(TableSample sample, int column, float value) =>
        float.IsNaN(value) ? null : sample.Categories[column]![(int)value];

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    private static void Write(string file, TableSample sample)
    {
        using CsvWriter writer = new(File.Create(file));
        writer.WriteRow([RowColumn, .. sample.Columns, LabelColumn]);
        for (int row = 0; row < sample.Rows; row++)
        {
            writer.Write(sample.SourceRows[row]);
            ReadOnlySpan<float> values = sample.Row(row);
            for (int i = 0; i < values.Length; i++)
            {
                if (sample.Categories[i] is null) writer.Write(values[i]);
                else writer.Write(Category(sample, i, values[i]));
            }
            writer.Write(sample.Classes[sample.Labels[row]]);
            writer.EndRow();
        }
    }
}
