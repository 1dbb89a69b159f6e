using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>Draws samples of what the user has, evenly over the classes.</summary>
internal static class SampleDraw
{
    /// <summary>Samples in the order in which they may be sent; how many fit is found out later.</summary>
    /// <param name="input">What the user has.</param>
    /// <param name="profiled">Which column is the label, and which are not to be looked at.</param>
    /// <param name="options">How many, how long, and whether masked.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">The input cannot be read.</exception>
    public static List<LlmSample> Of(
        TaskInput input, TaskRequirement profiled, LlmOptions options, CancellationToken cancel)
    {
        List<LlmSample> samples = [];
        if (options.MaxSamples == 0) return samples;
        if (input.Table is { } table) samples.AddRange(OfTable(table, profiled, options, cancel));
        if (input.Texts is { } texts) samples.AddRange(OfTexts(texts, options, cancel));
        if (input.Images is { } images && options.MaxImages > 0)
            samples.AddRange(OfImages(images, options, cancel));
        return samples;
    }

    /// <summary>The columns that samples show, in file order, and the label's; -1 without one.</summary>
    private static (int[] Shown, int Label) Columns(TableReader reader, TaskRequirement profiled, LlmOptions options)
    {
        Dictionary<string, ColumnRole> roles = [];
        foreach (ColumnRequirement column in profiled.Inputs.Columns) roles.TryAdd(column.Name, column.Role);
        int label = profiled.Label is null
            ? reader.LabelIndex
            : reader.Columns.ToList().FindIndex(column => column.Name == profiled.Label);
        int[] shown =
        [
            .. Enumerable.Range(0, reader.Columns.Count)
                .Where(i => i != label)
                .Where(i => roles.TryGetValue(reader.Columns[i].Name, out ColumnRole role)
                    ? role == ColumnRole.Input
                    : reader.Columns[i].Kind != ColumnKind.IdLike)
                .Take(options.MaxColumns),
        ];
        return (shown, label);
    }

    /// <summary>
    /// Samples of the table as the profiler read it: a file in which quotes are characters like others has another
    /// number of rows where they are not.
    /// </summary>
    private static IEnumerable<LlmSample> OfTable(
        TableData table, TaskRequirement profiled, LlmOptions options, CancellationToken cancel)
    {
        TableOptions asked = table.Options with
        {
            BadRows = BadRows.Report,
            Kinds = profiled.Inputs.Columns.ToDictionary(column => column.Name, _ => ColumnKind.Text),   // as they are
        };
        (StratifiedSample<LlmSample> drawn, long rows) = Drawn(table with { Options = asked });
        if (asked.Quoted is null && profiled.Data is { } data && data.Rows != rows)
        {
            (StratifiedSample<LlmSample> other, long others) =
                Drawn(table with { Options = asked with { Quoted = false } });
            if (others == data.Rows) drawn = other;
        }
        return drawn.InTurn();

        (StratifiedSample<LlmSample>, long) Drawn(TableData data) => OfRows(data, profiled, options, cancel);
    }

    private static (StratifiedSample<LlmSample> Drawn, long Rows) OfRows(
        TableData table, TaskRequirement profiled, LlmOptions options, CancellationToken cancel)
    {
        StratifiedSample<LlmSample> drawn = new(options.MaxSamples, options.Seed);
        using TableReader reader = table.Read();
        (int[] shown, int label) = Columns(reader, profiled, options);
        long rows = 0;
        string Prepare(string text) => SampleText.Prepare(text, options.MaxFieldLength, options.Mask);
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            TableRow row = reader.Row;
            if (row.Error is not null) continue;
            rows++;
            string? name = label < 0 ? null : row.Text(label);
            drawn.Add(name, () => new LlmSample(
                [
                    .. shown.Where(i => !row.IsMissing(i)).Select(i => KeyValuePair.Create(
                        Prepare(reader.Columns[i].Name), Prepare(row.Text(i)!))),
                ],
                name is null ? null : Prepare(name), default));
        }
        return (drawn, rows);
    }

    private static IEnumerable<LlmSample> OfTexts(TextData texts, LlmOptions options, CancellationToken cancel)
    {
        StratifiedSample<LlmSample> drawn = new(options.MaxSamples, options.Seed);
        string Prepare(string text) => SampleText.Prepare(text, options.MaxFieldLength, options.Mask);
        foreach (TextSample text in texts.Samples)
        {
            cancel.ThrowIfCancellationRequested();
            drawn.Add(text.Label, () => new LlmSample(
                text.Second is { } second
                    ? [new("text_a", Prepare(text.Text)), new("text_b", Prepare(second))]
                    : [new("text", Prepare(text.Text))],
                text.Label is null ? null : Prepare(text.Label), default));
        }
        return drawn.InTurn();
    }

    private static IEnumerable<LlmSample> OfImages(ImageData images, LlmOptions options, CancellationToken cancel)
    {
        StratifiedSample<LlmSample?> drawn = new(options.MaxImages, options.Seed);
        foreach (ImageSample image in images.Samples)
        {
            cancel.ThrowIfCancellationRequested();
            drawn.Add(image.Label, () => OfImage(image, options));
        }
        return drawn.InTurn().OfType<LlmSample>().Take(options.MaxImages);
    }

    /// <summary>The image made small, without anything that a camera wrote beside it; null for a damaged one.</summary>
    private static LlmSample? OfImage(ImageSample image, LlmOptions options)
    {
        RgbImage pixels;
        try
        {
            pixels = image.Decode();
        }
        catch (DecodingException)
        {
            return null;
        }
        double scale = Math.Min(1, (double)options.MaxImageSide / Math.Max(pixels.Width, pixels.Height));
        int Side(int side) => Math.Max(1, (int)Math.Round(side * scale));
        RgbImage small = ImageResizing.Fit(pixels, Side(pixels.Width), Side(pixels.Height), ImageFit.Stretch);
        string? label = image.Label is null
            ? null
            : SampleText.Prepare(image.Label, options.MaxFieldLength, options.Mask);
        return new LlmSample([], label, PngEncoder.Encode(small));
    }
}
