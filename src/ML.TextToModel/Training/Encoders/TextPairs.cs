using ML.TextToModel.Datasets;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Draws pairs of texts that belong together: two views of a synset (a name, the definition, an example; the name or
/// definition of what it is a kind of, the name of another of that kind), two sentences of GLUE, or the halves of one.
/// </summary>
internal sealed class TextPairs
{
    private const double FirstNameShare = 0.5, UpShare = 0.4, HalvesShare = 0.5, NameShare = 0.7;
    private const double FrequencyPower = 0.75, MostFrequent = 100;
    private const int Tries = 8, FewestWordsToHalve = 6;

    private static readonly HashSet<string> s_things =
    [
        "noun.Tops", "noun.animal", "noun.artifact", "noun.body", "noun.food", "noun.object", "noun.person",
        "noun.phenomenon", "noun.plant", "noun.shape", "noun.substance",
    ];

    private readonly TextCorpus _corpus;
    private readonly EncoderTrainingOptions _options;
    private readonly int[][][] _names, _examples;
    private readonly int[][] _definitions;
    private readonly int[][] _kinds;   // the places of what is directly a kind of a synset
    private readonly double[][] _shares;   // how common a synset is among the senses of each of its names
    private readonly int[] _things;
    private readonly WeightedChoice _thing;
    private readonly (int[] A, int[] B)[] _sentences;
    private readonly (int[] A, int[] B, float Score)[] _scored;

    public TextPairs(
        TextCorpus corpus, WordNetPaths paths, WordFrequencies frequencies, TokenizedTexts texts,
        EncoderTrainingOptions options)
    {
        CommonSenses senses = new(corpus.Synsets, paths);
        (_corpus, _options) = (corpus, options);
        int count = corpus.Synsets.Count;
        (_names, _examples, _definitions, _kinds) =
            (new int[count][][], new int[count][][], new int[count][], new int[count][]);
        List<int>[] kinds = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (int i = 0; i < count; i++)
        {
            Synset synset = corpus.Synsets[i];
            bool heldOut = corpus.HeldOut.Contains(i);
            _names[i] = [.. synset.Members.Select(texts.Tokens)];
            _definitions[i] = heldOut ? [] : texts.Tokens(synset.Definition);
            _examples[i] = heldOut ? [] : Tokens(synset.Examples);
            foreach (int hypernym in synset.Hypernyms) kinds[hypernym].Add(i);
        }
        _shares =
        [
            .. corpus.Synsets.Select(
                (synset, i) => Enumerable.Range(0, synset.Members.Count).Select(m => senses.Share(i, m)).ToArray()),
        ];
        for (int i = 0; i < count; i++) _kinds[i] = [.. kinds[i]];
        _things = [.. Enumerable.Range(0, count).Where(IsThing)];
        _thing = new(_things.Select(i => Math.Pow(
            Math.Min(MostFrequent, frequencies.OfRarest(corpus.Synsets[i].Members[0])), FrequencyPower)));
        _sentences = [.. corpus.Pairs.Select(pair => (texts.Tokens(pair.A), texts.Tokens(pair.B)))];
        _scored = [.. corpus.Scored.Select(pair => (texts.Tokens(pair.A), texts.Tokens(pair.B), pair.Score))];

        bool IsThing(int i) => s_things.Contains(corpus.Synsets[i].Lexfile) && _names[i] is [{ Length: > 0 }, ..];

        int[][] Tokens(IReadOnlyList<string> of) => [.. of.Select(texts.Tokens).Where(tokens => tokens.Length > 0)];
    }

    private enum View { Name, Definition, Example, KindName, KindDefinition, SiblingName }

    /// <summary>Whether there are synsets of things one can see.</summary>
    public bool HasThings => _things.Length > 0;

    /// <summary>Whether there are scored sentences.</summary>
    public bool HasScored => _scored.Length > 0;

    /// <summary>A pair, and what it is about: no two pairs about the same may be told apart.</summary>
    public (int[] A, int[] B, int About) Draw(Rng rng)
    {
        double u = rng.NextDouble();
        if (u < _options.SentenceShare && _sentences.Length > 0) return DrawSentences(rng);
        bool thing = u < _options.SentenceShare + _options.ThingShare && _things.Length > 0;
        while (true)
        {
            int synset = thing ? _things[_thing.Draw(rng)] : rng.NextInt(_names.Length);
            for (int i = 0; i < Tries; i++)
            {
                View a = DrawView(rng.NextDouble() * 0.73), b = DrawView(rng.NextDouble());
                int[]? first = Text(synset, a, rng), second = Text(synset, b, rng);
                if (first is null || second is null || first.AsSpan().SequenceEqual(second)) continue;
                return rng.NextInt(2) == 0 ? (first, second, synset) : (second, first, synset);
            }
        }
    }

    /// <summary>A thing by one of its names or, more rarely, by its definition.</summary>
    public (int[] Text, int Synset) DrawThing(Rng rng)
    {
        while (true)
        {
            int synset = _things[_thing.Draw(rng)];
            View view = rng.NextDouble() < NameShare ? View.Name : View.Definition;
            if (Text(synset, view, rng) is { } text) return (text, synset);
        }
    }

    /// <summary>Two sentences and how alike they are.</summary>
    public (int[] A, int[] B, float Score) DrawScored(Rng rng) => _scored[rng.NextInt(_scored.Length)];

    private static View DrawView(double u) => u switch
    {
        < 0.40 => View.Name,
        < 0.65 => View.Definition,
        < 0.73 => View.Example,
        < 0.85 => View.KindName,
        < 0.90 => View.KindDefinition,
        _ => View.SiblingName,
    };

    private (int[], int[], int) DrawSentences(Rng rng)
    {
        int place = rng.NextInt(_sentences.Length), about = _names.Length + place;
        (int[] a, int[] b) = _sentences[place];
        int[] longer = a.Length > b.Length ? a : b;
        if (longer.Length < FewestWordsToHalve || rng.NextDouble() >= HalvesShare) return (a, b, about);
        int[] order = [.. longer];
        rng.Shuffle(order.AsSpan());
        return (order[..(order.Length / 2)], order[(order.Length / 2)..], about);
    }

    private int[]? Text(int synset, View view, Rng rng)
    {
        switch (view)
        {
            case View.Name: return Name(synset, rng);
            case View.Definition: return OrNone(_definitions[synset]);
            case View.Example: return Any(_examples[synset], rng);
        }
        int? above = Above(synset, rng);
        if (above is not { } kind) return null;
        return view switch
        {
            View.KindName => Name(kind, rng),
            View.KindDefinition => OrNone(_definitions[kind]),
            _ => Name(_kinds[kind][rng.NextInt(_kinds[kind].Length)], rng),
        };
    }

    /// <summary>What a synset is a kind of: directly, or with falling chances further up.</summary>
    private int? Above(int synset, Rng rng)
    {
        int? above = null;
        do
        {
            IReadOnlyList<int> hypernyms = _corpus.Synsets[above ?? synset].Hypernyms;
            if (hypernyms.Count == 0) break;
            above = hypernyms[rng.NextInt(hypernyms.Count)];
        }
        while (rng.NextDouble() < UpShare);
        return above;
    }

    private int[]? Name(int synset, Rng rng)
    {
        int[][] names = _names[synset];
        if (names.Length == 0) return null;
        int name = rng.NextDouble() < FirstNameShare ? 0 : rng.NextInt(names.Length);
        return rng.NextDouble() < _shares[synset][name] ? OrNone(names[name]) : null;
    }

    private static int[]? Any(int[][] texts, Rng rng) => texts.Length == 0 ? null : texts[rng.NextInt(texts.Length)];

    private static int[]? OrNone(int[] text) => text.Length == 0 ? null : text;
}
