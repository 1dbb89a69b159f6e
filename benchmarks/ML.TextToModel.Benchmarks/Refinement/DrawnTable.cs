using System.Globalization;
using System.Text;
using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.InContext.Prior;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Refinement;

/// <summary>Tables of the prior as a user's file would hold them.</summary>
internal static class DrawnTable
{
    public static TableSample Draw(TablePrior prior, Rng rng, int rows)
    {
        SyntheticTable table = prior.Draw(rng, rows);
        StringBuilder csv = new();
        for (int j = 0; j < table.Columns; j++) csv.Append(CultureInfo.InvariantCulture, $"x{j},");
        csv.Append("label\n");
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < table.Columns; j++)
            {
                float value = table.Values[i * table.Columns + j];
                if (!float.IsNaN(value))
                    csv.Append(CultureInfo.InvariantCulture, $"{(table.Categories[j] > 0 ? "c" : "")}{value:R}");
                csv.Append(',');
            }
            csv.Append(CultureInfo.InvariantCulture, $"class {table.Labels[i]}\n");
        }
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv.ToString()));
        return TableSample.From(Table.Load(stream, new TableOptions { Label = "label" }));
    }
}
