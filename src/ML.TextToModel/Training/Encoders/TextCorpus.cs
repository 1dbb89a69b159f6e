using ML.TextToModel.Datasets;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Two sentences and how alike they are, from 0 to 1.</summary>
public readonly record struct ScoredPair(string A, string B, float Score);

/// <summary>
/// The texts that the text encoder is trained on: WordNet, sentence pairs that belong together, and pairs with a score
/// of their likeness. The definitions and examples of some synsets are held out to test with.
/// </summary>
/// <param name="Synsets">WordNet.</param>
/// <param name="HeldOut">The places of the synsets whose definition and examples no training sees.</param>
/// <param name="Pairs">Sentences of which one follows from the other, or answers it.</param>
/// <param name="Scored">Sentences with a score.</param>
/// <param name="Tested">Sentences with a score to test with; no training sees them.</param>
public sealed record TextCorpus(
    IReadOnlyList<Synset> Synsets, IReadOnlySet<int> HeldOut, IReadOnlyList<(string A, string B)> Pairs,
    IReadOnlyList<ScoredPair> Scored, IReadOnlyList<ScoredPair> Tested)
{
    private const int HeldOutGlosses = 1_000;
    private const ulong HeldOutSeed = 0x610552;
    private const float HighestScore = 5, Alike = 4;

    /// <summary>
    /// Reads WordNet and, of GLUE, pairs of MNLI, QNLI and WNLI whose label is entailment, and the parts of STS-B
    /// to train and to develop with, from a data root. The glosses of 1,000 nouns, always the same, are held out.
    /// </summary>
    /// <param name="root">The data root; default: the first of <see cref="KnownDatasets.Roots"/> with WordNet.</param>
    /// <exception cref="ModelInputException">A file is absent or damaged.</exception>
    public static TextCorpus Load(string? root = null)
    {
        root ??= KnownDatasets.Roots.FirstOrDefault(r => File.Exists(Path.Combine(r, WordNet.File)))
            ?? throw new ModelInputException(
                $"WordNet was not found; set {KnownDatasets.RootVariable} to the folder that holds {WordNet.File}.");
        IReadOnlyList<Synset> synsets = WordNet.Load(Path.Combine(root, WordNet.File));
        List<ScoredPair> scored = StsB(root, "train.tsv");
        List<(string, string)> pairs =
        [
            .. Entailments(root, "MNLI", "train-derived.tsv.gz", "entailment"),
            .. Entailments(root, "QNLI", "subset10k-train.json.gz", "entailment"),
            .. Entailments(root, "WNLI", "train.tsv", "1"),
            .. scored.Where(pair => pair.Score >= Alike / HighestScore).Select(pair => (pair.A, pair.B)),
        ];
        return new(synsets, ChooseHeldOut(synsets), pairs, scored, StsB(root, "dev.tsv"));
    }

    /// <summary>How many texts there are, to tell one corpus from another.</summary>
    public string Describe() =>
        $"{Synsets.Count} synsets, {HeldOut.Count} held out, {Pairs.Count} pairs, {Scored.Count} scored";

    /// <summary>The pairs of a part of STS-B, scores from 0 to 1.</summary>
    private static List<ScoredPair> StsB(string root, string file) =>
    [
        .. Examples(root, "STS-B", file)
            .Select(example => new ScoredPair(example.TextA, example.TextB!, example.Score / HighestScore)),
    ];

    private static IEnumerable<(string, string)> Entailments(string root, string task, string file, string label)
    {
        int wanted = TextTask.Find(task).Classes.ToList().IndexOf(label);
        return Examples(root, task, file).Where(example => example.Label == wanted)
            .Select(example => (example.TextA, example.TextB!));
    }

    private static IReadOnlyList<TextExample> Examples(string root, string task, string file) =>
        TextSet.Load(Path.Combine(root, "text", "glue", task, file), TextTask.Find(task)).Examples;

    private static HashSet<int> ChooseHeldOut(IReadOnlyList<Synset> synsets)
    {
        int[] nouns =
        [
            .. Enumerable.Range(0, synsets.Count)
                .Where(i => synsets[i].Lexfile.StartsWith("noun.", StringComparison.Ordinal)),
        ];
        new Rng(HeldOutSeed).Shuffle(nouns.AsSpan());
        return [.. nouns.Take(Math.Min(HeldOutGlosses, nouns.Length / 10))];
    }
}
