using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>The requirement of images. All are counted, some are decoded.</summary>
internal static class ImageRequirement
{
    private const int DecodedFirst = 64, DecodedEvery = 50, DecodedMost = 512;

    public static TaskRequirement Of(ImageData images, CancellationToken cancel)
    {
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        Dictionary<(int Width, int Height), int> sizes = [];
        long rows = 0, unlabelled = 0;
        int decoded = 0, damaged = 0;
        foreach (ImageSample sample in images.Samples)
        {
            cancel.ThrowIfCancellationRequested();
            if (sample.Label is null) unlabelled++;
            else counts[sample.Label] = counts.GetValueOrDefault(sample.Label) + 1;
            bool look = rows < DecodedFirst || rows % DecodedEvery == 0 && decoded < DecodedMost;
            rows++;
            if (!look) continue;
            decoded++;
            try
            {
                RgbImage image = sample.Decode();
                sizes[(image.Width, image.Height)] = sizes.GetValueOrDefault((image.Width, image.Height)) + 1;
            }
            catch (DecodingException)
            {
                damaged++;
            }
        }
        if (rows == 0) throw new ModelInputException($"{images.Name}: there are no images.");
        (int width, int height) = sizes.OrderByDescending(size => size.Value).ThenBy(size => size.Key)
            .Select(size => size.Key).FirstOrDefault();
        bool labelled = counts.Count > 0;
        return new()
        {
            Modality = Modality.Image,
            Task = labelled ? TaskKind.Classification : TaskKind.Unknown,
            Classes = [.. counts.Keys.Select(name => new ClassRequirement(name))],
            Inputs = new() { Width = width, Height = height },
            Data = new()
            {
                Rows = rows, Skipped = damaged, Unlabelled = labelled ? unlabelled : 0, Counts = counts,
                Imbalance = labelled ? TableRequirement.Imbalance(counts.Values) : null,
            },
            Origins = Origins(labelled),
            Remarks = damaged == 0 ? [] : [$"Of {decoded} images that were decoded, {damaged} are damaged."],
        };
    }

    /// <summary>Where the fields of data other than tables come from.</summary>
    internal static Dictionary<string, Origin> Origins(bool labelled)
    {
        Dictionary<string, Origin> origins = new()
        {
            [RequirementFields.Modality] = new(RequirementSource.Data),
            [RequirementFields.Inputs] = new(RequirementSource.Data),
            [RequirementFields.Data] = new(RequirementSource.Data),
        };
        if (labelled)
            origins[RequirementFields.Classes] = origins[RequirementFields.Task] = new(RequirementSource.Data);
        return origins;
    }
}
