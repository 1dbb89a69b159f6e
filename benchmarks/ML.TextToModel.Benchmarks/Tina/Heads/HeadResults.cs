using System.Text.Json;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>What a method reached on each task, and with which settings.</summary>
internal sealed record HeadResult(double[] Accuracies, string Settings);

/// <summary>Results by name, kept in a file, so that a later run goes on from them.</summary>
internal sealed class HeadResults(string path)
{
    private readonly SortedDictionary<string, HeadResult> _results = File.Exists(path)
        ? JsonSerializer.Deserialize<SortedDictionary<string, HeadResult>>(File.ReadAllText(path))!
        : [];

    public HeadResult Get(string name, Func<HeadResult> measure)
    {
        if (_results.TryGetValue(name, out HeadResult? result)) return result;
        _results[name] = result = measure();
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(_results));
        File.Move(path + ".new", path, overwrite: true);
        return result;
    }
}
