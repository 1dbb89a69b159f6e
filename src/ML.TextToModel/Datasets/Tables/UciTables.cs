namespace ML.TextToModel.Datasets;

/// <summary>A table of the UCI machine learning archive that is known by name.</summary>
public sealed class UciTable
{
    private readonly string[] _files;
    private readonly TableOptions _options;

    internal UciTable(string name, string[] files, TableOptions options) =>
        (Name, _files, _options) = (name, files, options);

    /// <summary>Its name, that of its folder.</summary>
    public string Name { get; }

    /// <summary>The class of a label as it stands in the file.</summary>
    internal Func<string, string> ClassOf { get; init; } = label => label;

    /// <summary>Classes of fewer rows are left out.</summary>
    internal int MinClassRows { get; init; } = 1;

    /// <summary>Whether its files are there.</summary>
    /// <param name="root">The data root; default: those of <see cref="KnownDatasets.Roots"/>.</param>
    public bool IsPresent(string? root = null) => Folder(root) is not null;

    /// <summary>Loads its labelled rows.</summary>
    /// <param name="root">The data root; default: those of <see cref="KnownDatasets.Roots"/>.</param>
    /// <exception cref="TableException">Its files are absent or damaged.</exception>
    public TableSample Load(string? root = null)
    {
        string folder = Folder(root) ?? throw new TableException(TableFault.NotFound, Name, 0,
            $"the table was not found; set {KnownDatasets.RootVariable} to the folder that holds tabular/{Name}.");
        return TableSample.From(
            [.. _files.Select(file => Table.Load(Path.Combine(folder, file), _options))], ClassOf, MinClassRows);
    }

    private string? Folder(string? root) =>
        (root is null ? KnownDatasets.Roots : [root]).Select(r => Path.Combine(r, "tabular", Name))
        .FirstOrDefault(folder => _files.All(file => File.Exists(Path.Combine(folder, file))));
}

/// <summary>The ten UCI tables on which ModelGPT was evaluated (arXiv 2402.12408, section 4).</summary>
public static class UciTables
{
    /// <summary>
    /// iris; heart-disease (whether there is any); wine; adult (train and test rows); wdbc (without the id); car;
    /// wine-quality (red and white, without qualities of fewer than 10 rows); dry-bean; rice; bank-marketing.
    /// </summary>
    public static IReadOnlyList<UciTable> All { get; } =
    [
        new("iris", ["iris.data"], new() { Label = "5" }),
        new("heart-disease", ["processed.cleveland.data"], new() { Label = "14" })
        {
            ClassOf = label => label == "0" ? "absent" : "present",
        },
        new("wine", ["wine.data"], new() { Label = "1" }),
        new("adult", ["adult.data.gz", "adult.test.gz"], new() { Label = "15" })
        {
            ClassOf = label => label.TrimEnd('.'),
        },
        new("wdbc", ["wdbc.data"], new() { Label = "2", Ignore = ["1"] }),
        new("car", ["car.data"], new() { Label = "7" }),
        new("wine-quality", ["winequality-red.csv", "winequality-white.csv"], new() { Label = "quality" })
        {
            MinClassRows = 10,
        },
        new("dry-bean", ["Dry_Bean_Dataset.arff.gz"], new() { Label = "Class" }),
        new("rice", ["Rice_Cammeo_Osmancik.arff"], new() { Label = "8", HasHeader = false }),
        new("bank-marketing", ["bank-full.csv.gz"], new() { Label = "y" }),
    ];
}
