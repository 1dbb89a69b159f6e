using ML.TextToModel.Datasets;

namespace ML.TextToModel.Training;

/// <summary>
/// Guesses how common the senses of a name are, which WordNet's text does not say: a sense of which there are many
/// kinds is commoner than one without (the animal "mouse" than the device), and so is one that has the name first.
/// </summary>
internal sealed class CommonSenses
{
    private const int FirstNameFactor = 2;

    private readonly IReadOnlyList<Synset> _synsets;
    private readonly WordNetPaths _paths;
    private readonly Dictionary<string, int> _most = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="synsets">WordNet.</param>
    /// <param name="paths">What is a kind of what.</param>
    public CommonSenses(IReadOnlyList<Synset> synsets, WordNetPaths paths)
    {
        (_synsets, _paths) = (synsets, paths);
        for (int i = 0; i < synsets.Count; i++)
        {
            for (int name = 0; name < synsets[i].Members.Count; name++)
            {
                string member = synsets[i].Members[name];
                _most[member] = Math.Max(_most.GetValueOrDefault(member), Weight(i, name));
            }
        }
    }

    /// <summary>How common a synset is among the senses of one of its names: 1 for the commonest, above 0.</summary>
    public double Share(int synset, int name) =>
        Weight(synset, name) / (double)_most[_synsets[synset].Members[name]];

    private int Weight(int synset, int name) => (1 + _paths.Kinds(synset)) * (name == 0 ? FirstNameFactor : 1);
}
