using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.Generators;

/// <summary>Labelled texts, or pairs of them, as numbers.</summary>
/// <param name="Columns">The columns of the texts.</param>
/// <param name="Sample">Their numbers (<see cref="TextFeatures"/>) and labels.</param>
/// <param name="LeftOut">Labelled rows that are left out, as a text of theirs has no word.</param>
public sealed record EncodedTexts(IReadOnlyList<string> Columns, TableSample Sample, int LeftOut)
{
    /// <summary>Encodes the labelled rows of a table.</summary>
    /// <param name="table">The table; <see cref="Table.LabelIndex"/> names the label.</param>
    /// <param name="columns">The column of the texts, or the two of the pairs; read as texts or categories.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">A column is missing, or no row has both texts and a label.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static EncodedTexts From(
        Table table, IReadOnlyList<string> columns, ITextEncoder encoder, CancellationToken cancel = default)
    {
        string?[] labels = table.Texts(table.LabelIndex);
        string?[][] texts = [.. columns.Select(column => table.Texts(table.IndexOf(column)))];
        int width = TextFeatures.Length(encoder, columns.Count), leftOut = 0;
        List<float> values = [];
        List<string> found = [];
        float[] row = new float[width];
        for (int i = 0; i < labels.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (labels[i] is not { } label) continue;
            if (TryWrite(encoder, [.. texts.Select(column => column[i] ?? "")], row))
            {
                values.AddRange(row);
                found.Add(label);
            }
            else leftOut++;
        }
        if (found.Count == 0) throw new ModelInputException($"{table.File}: no row has both a label and texts.");
        string[] classes = [.. found.Distinct().Order(StringComparer.Ordinal)];
        TableSample sample = TableSample.Of(
            [.. Enumerable.Range(0, width).Select(i => $"{i}")], [.. values], classes,
            [.. found.Select(label => Array.IndexOf(classes, label))]);
        return new(columns, sample, leftOut);
    }

    private static bool TryWrite(ITextEncoder encoder, string[] texts, float[] row)
    {
        try
        {
            TextFeatures.Write(encoder, texts, row);
            return true;
        }
        catch (ModelInputException)
        {
            return false;   // no word in it, or too long
        }
    }
}
