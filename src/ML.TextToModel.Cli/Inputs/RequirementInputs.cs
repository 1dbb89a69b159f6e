using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>What the user named as data, for a requirement generator.</summary>
internal static class RequirementInputs
{
    /// <summary>Adds a table, images or a known data set to an input.</summary>
    /// <param name="input">What else the user gave.</param>
    /// <param name="data">A file, a folder, or the name of a data set; null for none.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="ModelInputException">There is no such thing.</exception>
    public static TaskInput With(TaskInput input, string? data, DataChoices options)
    {
        if (data is null) return input;
        bool exists = File.Exists(data) || Directory.Exists(data);
        if (!exists && NamedImages.IsName(data))
        {
            Lazy<ImageSet> set = NamedImages.Find(data, options.Split ?? ImageSplit.Train);
            return input with { Images = ImageData.Of(set.Value, data) };
        }
        InputFile.CheckExists(data);
        return InputFile.IsImages(data)
            ? input with { Images = ImageData.Of(data) }
            : input with { Table = TableData.Of(data, options.Table) };
    }

    /// <summary>Classes as a requirement has them.</summary>
    public static IReadOnlyList<ClassRequirement> Classes(string? list, string? file) =>
        list is null && file is null
            ? []
            : [.. (file is null ? ClassTexts.Split(list!) : ClassTexts.Read(file))
                .Select(one => new ClassRequirement(one.Name, one.Description))];

    /// <summary>A requirement without its label where a table lacks that column, as one of rows without labels does.
    /// </summary>
    /// <param name="requirement">The requirement.</param>
    /// <param name="data">The table, or images.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="warn">Is told of it.</param>
    /// <exception cref="ModelInputException">The table cannot be read.</exception>
    public static TaskRequirement WithoutAbsentLabel(
        TaskRequirement requirement, string data, TableOptions options, Action<string> warn)
    {
        if (requirement.Label is not { } label || !File.Exists(data) || InputFile.IsImages(data)) return requirement;
        using (TableReader reader = TableReader.Open(data, options with { BadRows = BadRows.Report }))
            if (reader.Columns.Any(column => column.Name == label)) return requirement;
        warn($"{data} has no column '{label}': its rows count as rows without labels.");
        return requirement with
        {
            Label = null,
            Inputs = requirement.Inputs with
            {
                Columns = [.. requirement.Inputs.Columns.Where(column => column.Role != ColumnRole.Label)],
            },
        };
    }

    /// <summary>
    /// An edited requirement, whose fields are now the user's word: those that say something, but for what was counted.
    /// </summary>
    /// <exception cref="RequirementException">The file is no requirement.</exception>
    public static TaskRequirement Edited(string path)
    {
        TaskRequirement read = RequirementJson.Load(path);
        Dictionary<string, Origin> origins = new(read.Origins);
        Said(RequirementFields.Sentence, read.Sentence.Length > 0);
        Said(RequirementFields.Modality, read.Modality != Modality.Unknown);
        Said(RequirementFields.Task, read.Task != TaskKind.Unknown);
        Said(RequirementFields.Classes, read.Classes.Count > 0);
        Said(RequirementFields.Descriptions, read.Classes.Any(one => one.Description is not null));
        Said(RequirementFields.Label, read.Label is not null);
        Said(RequirementFields.Inputs, read.Inputs.Columns.Count + read.Inputs.Texts.Count > 0);
        Said(RequirementFields.Budget, read.Budget != new ModelBudget());
        return read with { Origins = origins };

        void Said(string field, bool says)
        {
            if (says) origins[field] = new(RequirementSource.User);
        }
    }
}
