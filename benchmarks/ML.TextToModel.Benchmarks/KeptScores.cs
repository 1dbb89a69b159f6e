using System.Text.Json;

namespace ML.TextToModel.Benchmarks;

/// <summary>
/// Figures of tasks by a name and the first task of a chunk, kept in a file of artifacts, so that a later run resumes.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class KeptScores(string path)
{
    private readonly SortedDictionary<string, SortedDictionary<int, double[]>> _scores = File.Exists(path)
        ? JsonSerializer.Deserialize<SortedDictionary<string, SortedDictionary<int, double[]>>>(File.ReadAllText(path))!
        : [];

    public bool Has(string name, int first) =>
        _scores.TryGetValue(name, out SortedDictionary<int, double[]>? own) && own.ContainsKey(first);

    /// <summary>The figures of all tasks of a name that are there, in order.</summary>
    public double[] All(string name) => _scores.TryGetValue(name, out SortedDictionary<int, double[]>? own)
        ? [.. own.Values.SelectMany(values => values)]
        : [];

    public void Set(string name, int first, double[] values)
    {
        if (!_scores.TryGetValue(name, out SortedDictionary<int, double[]>? own)) _scores[name] = own = [];
        own[first] = values;
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(_scores));
        File.Move(path + ".new", path, overwrite: true);
    }
}
