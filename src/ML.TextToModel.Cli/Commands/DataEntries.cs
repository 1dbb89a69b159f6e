using System.CommandLine;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The names of known data sets on the command line.</summary>
internal static class DataEntries
{
    public static Argument<string[]> Argument(ArgumentArity arity, string description) =>
        new("name") { Description = description, HelpName = "NAME", Arity = arity };

    /// <summary>The option that names the folder of data.</summary>
    public static Option<string?> Root() => new("--root")
    {
        Description = $"The folder of data. Default: {KnownDatasets.RootVariable}, or the user's own.",
        HelpName = "DIR",
    };

    /// <exception cref="ModelInputException">A name is none of a known data set.</exception>
    public static IReadOnlyList<DataEntry> Find(IEnumerable<string> names) => [.. names.Distinct().Select(Find)];

    private static DataEntry Find(string name)
    {
        IEnumerable<string> known = DataCatalog.All.Select(entry => entry.Name);
        return DataCatalog.All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ModelInputException($"'{name}' is no known data set.{Nearest.Hint(name, known)} " +
                $"There are {string.Join(", ", known)}.");
    }
}
