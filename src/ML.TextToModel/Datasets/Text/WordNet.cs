namespace ML.TextToModel.Datasets;

/// <summary>A sense of some words in WordNet (Miller 1995).</summary>
/// <param name="Id">Its number and part of speech, such as 02102253-n.</param>
/// <param name="Lexfile">The lexicographers' file that it stands in, such as noun.animal.</param>
/// <param name="Members">The words and terms that have this sense.</param>
/// <param name="Definition">What it means.</param>
/// <param name="Examples">Sentences or phrases with it.</param>
/// <param name="Hypernyms">The places in the list of the senses that this one is a kind of.</param>
public sealed record Synset(
    string Id, string Lexfile, IReadOnlyList<string> Members, string Definition, IReadOnlyList<string> Examples,
    IReadOnlyList<int> Hypernyms);

/// <summary>
/// Reads WordNet from a TSV file without quoting with the columns synset, lexfile, members (parted by |), definition,
/// examples (parted by |) and hypernyms (parted by commas).
/// </summary>
public static class WordNet
{
    /// <summary>The file within a data root.</summary>
    public const string File = "text/wordnet/glosses-derived.tsv.gz";

    private static readonly string[] s_columns =
        ["synset", "lexfile", "members", "definition", "examples", "hypernyms"];

    private static readonly TableOptions s_options =
        new() { Delimiter = '\t', Quoted = false, HasHeader = true, MissingMarks = [], BadRows = BadRows.Throw };

    /// <summary>Reads a file, packed by gzip or not.</summary>
    /// <returns>The synsets in file order.</returns>
    /// <exception cref="ModelInputException">
    /// The file is no such table, names a synset twice, or a hypernym that is not in it.
    /// </exception>
    public static IReadOnlyList<Synset> Load(string path)
    {
        List<Synset> synsets = [];
        List<string[]> hypernyms = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        using TableReader reader = TableReader.Open(TableReader.OpenFile(path), s_options, path, declaredOnly: true);
        int[] columns = [.. s_columns.Select(reader.IndexOf)];
        while (reader.Read())
        {
            string[] cells = [.. columns.Select(column => reader.Row.Text(column) ?? "")];
            if (!places.TryAdd(cells[0], synsets.Count))
                throw new ModelInputException($"{path}, line {reader.Row.Line}: the synset {cells[0]} is there twice.");
            synsets.Add(new(cells[0], cells[1], Split(cells[2], '|'), cells[3], Split(cells[4], '|'), []));
            hypernyms.Add(Split(cells[5], ','));
        }
        for (int i = 0; i < synsets.Count; i++)
            synsets[i] = synsets[i] with { Hypernyms = [.. hypernyms[i].Select(id => Place(synsets[i].Id, id))] };
        return synsets;

        int Place(string synset, string hypernym) => places.TryGetValue(hypernym, out int place)
            ? place
            : throw new ModelInputException($"{path}: {synset} is a kind of {hypernym}, which is not there.");
    }

    private static string[] Split(string cell, char mark) =>
        cell.Split(mark, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
