using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.MLNet;

/// <summary>The first rows of a view as the data of a requirement, with their labels where they have some.</summary>
internal static class TaskSamples
{
    private const int MostRows = 1_000, MostImages = 20;

    /// <summary>Adds them to the user's words.</summary>
    /// <param name="task">The words.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">What the rows hold.</param>
    /// <param name="nameOf">The class of a label; null for that of a row without one.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static TaskInput AddTo(
        TaskInput task, TrainingRows rows, TextToModelOptions options, Func<int, string?> nameOf)
    {
        if (options.ImageColumnName is not null)
        {
            ImageSample[] images =
            [
                .. rows.First(MostImages).Select(row => (Decode: Decoder(row.Input), row.Label))
                    .Where(row => row.Decode is not null)
                    .Select(row => new ImageSample(nameOf(row.Label), row.Decode!)),
            ];
            return images.Length == 0 ? task : task with { Images = new ImageData(rows.Input.Name, images) };
        }
        if (options.TextColumnName is not null)
        {
            TextSample[] texts =
            [
                .. rows.First(MostRows)
                    .Select(row => new TextSample($"{((TextInput)row.Input).Value}", null, nameOf(row.Label))),
            ];
            return texts.Length == 0 ? task : task with { Texts = new TextData(rows.Input.Name, texts) };
        }
        return task with { Table = Table(rows, options.LabelColumnName, nameOf) };
    }

    /// <summary>Features as a file in memory, with a column for labels, where rows and labels may be none.</summary>
    private static TableData Table(TrainingRows rows, string label, Func<int, string?> nameOf)
    {
        IReadOnlyList<string> names = rows.Input.SlotNames();
        if (names.Contains(label)) label += " of the row";
        using MemoryStream stream = new();
        using (CsvWriter writer = new(stream))
        {
            writer.WriteRow([.. names, label]);
            foreach ((StepInput input, int found) in rows.First(MostRows))
            {
                foreach (float value in ((FloatsInput)input).Value.DenseValues()) writer.Write(value);
                writer.Write(nameOf(found)).EndRow();
            }
        }
        byte[] bytes = stream.ToArray();
        return new TableData($"{rows.Input.Name}.csv", () => new MemoryStream(bytes), new TableOptions
        {
            Format = TableFormat.Delimited, Delimiter = ',', Quoted = true, HasHeader = true, Label = label,
            Kinds = names.ToDictionary(name => name, _ => ColumnKind.Numeric),
        });
    }

    /// <summary>What decodes an image; null for a file that is not there, or pixels that are no square.</summary>
    private static Func<RgbImage>? Decoder(StepInput input)
    {
        switch (input)
        {
            case TextInput text:
                string path = text.Value.ToString();
                return File.Exists(path) ? () => ImageDecoder.Load(path) : null;
            case BytesInput file:
                byte[] bytes = [.. file.Value.DenseValues()];
                return () => ImageDecoder.Decode(bytes);
            case FloatsInput pixels:
                byte[] planes = [.. pixels.Value.DenseValues().Select(value => (byte)Math.Clamp(value, 0, 255))];
                int side = (int)Math.Sqrt(planes.Length / (double)RgbImage.Channels);
                return side * side * RgbImage.Channels == planes.Length
                    ? () => RgbImage.OfPlanes(side, side, planes)
                    : null;
            default:
                return null;
        }
    }
}
