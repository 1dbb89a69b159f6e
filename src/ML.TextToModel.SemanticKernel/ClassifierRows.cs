using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;

namespace ML.TextToModel.SemanticKernel;

/// <summary>A row as a classifier takes it, or why it cannot be used.</summary>
internal sealed record ClassifierRow(string Place, float[] Values, string? Error);

/// <summary>The rows of a table, found by the names of their columns, or the images of a folder or file.</summary>
internal static class ClassifierRows
{
    /// <summary>The rows, read one by one.</summary>
    /// <exception cref="ModelInputException">The classifier does not take such data.</exception>
    public static IEnumerable<ClassifierRow> Read(string path, FittedClassifier model)
    {
        bool images = IsImages(path);
        if (model.Preprocessing is TablePreprocessing table && !images) return OfTable(path, table);
        if (model.Preprocessing is TextPreprocessing texts && !images) return OfTexts(path, texts, model.RowLength);
        if (model.Preprocessing.ImageSize(model.Spec.InputShape) is var (height, width) && images)
            return OfImages(path, height, width);
        throw new ModelInputException(
            $"The classifier does not take {(images ? "images" : "tables")}: {Path.GetFileName(path)}.");
    }

    /// <summary>Whether a path is a folder, a zip or an image.</summary>
    public static bool IsImages(string path) => Directory.Exists(path) || ImageFolderReader.Accepts(path);

    private static IEnumerable<ClassifierRow> OfTable(string path, TablePreprocessing table)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        Dictionary<string, float>?[] categories =
        [
            .. table.Columns.Select(column => (column as CategoricalEncoding)?.Categories.Index()
                .ToDictionary(category => category.Item, category => (float)category.Index)),
        ];
        using TableReader reader = Open(path, names, new TableOptions
        {
            Kinds = table.Columns.ToDictionary(column => column.Name, Kind),
            DateStyles = table.Columns.OfType<DateEncoding>().Where(date => date.Style is not null)
                .ToDictionary(date => date.Name, date => date.Style!),
        });
        int[] columns = [.. names.Select(reader.IndexOf)];
        while (reader.Read())
        {
            float[] values = new float[columns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                values[i] = categories[i] is not { } known ? reader.Row.Number(columns[i])
                    : reader.Row.Text(columns[i]) is { } text && known.TryGetValue(text, out float index) ? index
                    : float.NaN;
            }
            yield return new($"line {reader.Row.Line}", values, reader.Row.Error);
        }
    }

    private static IEnumerable<ClassifierRow> OfTexts(string path, TextPreprocessing texts, int length)
    {
        WordTextEncoder encoder = WordTextEncoder.ShippedAs(texts.EncoderPrint);
        string[] names = TextColumns(path, texts);
        using TableReader reader = Open(
            path, names, new TableOptions { Kinds = names.ToDictionary(name => name, _ => ColumnKind.Text) });
        int[] columns = [.. names.Select(reader.IndexOf)];
        while (reader.Read())
        {
            float[] values = new float[length];
            string? error = reader.Row.Error;
            try
            {
                if (error is null)
                    TextFeatures.Write(encoder, [.. columns.Select(i => reader.Row.Text(i) ?? "")], values);
            }
            catch (ModelInputException e)
            {
                error = e.Message;   // no word in it
            }
            yield return new($"line {reader.Row.Line}", values, error);
        }
    }

    /// <summary>The columns of that name or, where they are called otherwise, as many columns of text.</summary>
    private static string[] TextColumns(string path, TextPreprocessing texts)
    {
        using TableReader reader = TableReader.Open(
            path, new TableOptions { HeaderNames = [.. texts.Columns], BadRows = BadRows.Report });
        string[] found =
            [.. reader.Columns.Where(column => column.Kind == ColumnKind.Text).Select(column => column.Name)];
        return found.Length == texts.Columns.Count && texts.Columns.Except(found).Any() ? found : [.. texts.Columns];
    }

    /// <summary>Reads some columns of a table, in the kinds that the options tell.</summary>
    private static TableReader Open(string path, string[] names, TableOptions options)
    {
        options = options with { HeaderNames = names, BadRows = BadRows.Report };
        string[] found;
        using (TableReader reader = TableReader.Open(
            path, new TableOptions { HeaderNames = names, BadRows = BadRows.Report }))
            found = [.. reader.Columns.Select(column => column.Name)];
        string[] missing = [.. names.Except(found)];
        if (missing.Length > 0)
            throw new ModelInputException(
                $"{Path.GetFileName(path)} lacks columns of the classifier: {string.Join(", ", missing)}.");
        return TableReader.Open(path, options with { Ignore = [.. found.Except(names)] });
    }

    private static ColumnKind Kind(ColumnEncoding column) => column switch
    {
        CategoricalEncoding => ColumnKind.Categorical,
        DateEncoding => ColumnKind.Date,
        NumericEncoding { IsBoolean: true } => ColumnKind.Boolean,
        _ => ColumnKind.Numeric,
    };

    private static IEnumerable<ClassifierRow> OfImages(string path, int height, int width)
    {
        byte[] planes = new byte[RgbImage.Channels * height * width];
        using ImageFolderReader reader = ImageFolderReader.Open(path, new() { BadFiles = BadRows.Report });
        while (reader.Read())
        {
            if (reader.Image is { } image) ImageResizing.Fit(image, width, height, ImageFit.Crop).ToPlanes(planes);
            yield return new(reader.Place, [.. planes.Select(value => (float)value)], reader.Error);
        }
    }
}
