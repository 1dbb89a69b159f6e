using ML.TextToModel.PModels;

namespace ML.TextToModel.Generators.Tina;

/// <summary>How the parameters of a p-model become tokens.</summary>
public enum TokenLayout
{
    /// <summary>
    /// One token per class, which holds its row of the last layer and its text, with an encoder and decoder shared by
    /// all classes; chunk tokens for what classes share. Any number of classes, and no order among them.
    /// </summary>
    ClassRow,

    /// <summary>
    /// Chunks of every layer, and separate tokens with positions for the texts of a limited number of classes; what is
    /// missing of them is filled up (Tina, arXiv 2405.14132, sections 2.2 and 2.3).
    /// </summary>
    Chunked,
}

/// <summary>The sizes of a <see cref="TinaNetwork"/>; a checkpoint holds them.</summary>
public sealed record TinaOptions
{
    /// <summary>How parameters become tokens. Default: one token per class.</summary>
    public TokenLayout Tokens { get; init; }

    /// <summary>Parameters of a chunk. Default 576, as in the paper.</summary>
    public int ChunkSize { get; init; } = 576;

    /// <summary>
    /// Whether the network is told only the mean of the class texts' vectors, as the paper tries as an ablation; for
    /// the chunked layout. Default false: each text has a token.
    /// </summary>
    public bool MergedText { get; init; }

    /// <summary>Numbers of a condition, which is the vector of a class's text. Default 512.</summary>
    public int ConditionLength { get; init; } = 512;

    /// <summary>The most classes of the chunked layout; the other one has no limit. Default 10.</summary>
    public int MaxClasses { get; init; } = 10;

    /// <summary>Channels of a token. Default 256.</summary>
    public int Width { get; init; } = 256;

    /// <summary>
    /// Sines and cosines of the timestep, an even number. Default 0: as many as the width. A network that has grown in
    /// width keeps its number.
    /// </summary>
    public int TimeChannels { get; init; }

    /// <summary>Hidden units that make the base of class rows more than a linear map. Default 256.</summary>
    public int BaseHidden { get; init; } = 256;

    /// <summary>
    /// Features of an image that a backbone gives, where classes can be prompted by images. Default 0: they cannot.
    /// </summary>
    public int ImageFeatures { get; init; }

    /// <summary>
    /// The rank of an adapter of features that is emitted with the rows of a linear head and multiplied into them (Hu
    /// et al. 2021, LoRA); in the layout of one token per class. Default 0: none.
    /// </summary>
    public int AdapterRank { get; init; }

    /// <summary>Blocks. Default 4.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Attention heads; they divide the width. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Hidden channels of a feed-forward part. Default 1024.</summary>
    public int Hidden { get; init; } = 1024;

    internal int TimeInputs => TimeChannels == 0 ? Width : TimeChannels;

    /// <summary>
    /// These sizes with another width, a multiple of this one, to which a trained network can grow: with more heads of
    /// the same size, and the same input of time.
    /// </summary>
    public TinaOptions WithWidth(int width) => this with
    {
        Width = width, Heads = (int)Math.Max(1, (long)Heads * width / Width), TimeChannels = TimeInputs,
    };

    /// <summary>What the network emits for a p-model: the same, or a head with an adapter.</summary>
    internal PModelSpec Emitted(PModelSpec spec) => AdapterRank > 0 && spec is LinearSpec head
        ? new AdaptedHeadSpec { Inputs = head.Inputs, Classes = head.Classes, Rank = AdapterRank }
        : spec;

    /// <summary>What is wrong with an adapter for a p-model, one sentence each; empty if nothing.</summary>
    internal IEnumerable<string> FaultsFor(PModelSpec spec)
    {
        if (AdapterRank == 0) yield break;
        if (spec is not LinearSpec) yield return $"An adapter goes with linear heads, not with {spec}.";
        else foreach (string fault in Emitted(spec).Faults()) yield return fault;
    }

    /// <summary>What is wrong with the sizes, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        const int most = 1 << 14;
        const long mostWeights = 1L << 30;
        foreach ((string name, int value) in new[]
        {
            ("chunk size", ChunkSize), ("condition length", ConditionLength), ("classes", MaxClasses),
            ("width", Width), ("layers", Layers), ("heads", Heads), ("hidden", Hidden),
            ("hidden units of the base", BaseHidden),
        })
            if (value is < 1 or > most) yield return $"The size '{name}' is {value}, not between 1 and {most}.";
        if (ImageFeatures is < 0 or > most)
            yield return $"{ImageFeatures} features of an image are not between 0 and {most}.";
        if ((long)Layers * Width * (10L * Width + 2L * Hidden) > mostWeights)
            yield return $"{Layers} layers of width {Width} have more than {mostWeights:N0} weights.";
        if (Heads > 0 && Width % Heads != 0) yield return $"{Heads} heads do not divide the width {Width}.";
        if (TimeInputs is < 0 or > most || TimeInputs % 2 != 0)
            yield return $"The number of time channels is {TimeInputs}, not even and up to {most}.";
        if (MergedText && Tokens != TokenLayout.Chunked)
            yield return "Class texts are merged in the chunked layout only.";
        if (AdapterRank is < 0 or > most)
            yield return $"The rank of the adapter is {AdapterRank}, not between 0 and {most}.";
        if (AdapterRank > 0 && Tokens != TokenLayout.ClassRow)
            yield return "Adapters are emitted in the layout of one token per class only.";
        if (!Enum.IsDefined(Tokens)) yield return $"There is no token layout {Tokens}.";
    }

    /// <summary>Weights that a network of these sizes for such p-models has at least.</summary>
    internal long LeastWeights(PModelSpec spec)
    {
        long shared = Emitted(spec).Layout.Slots.Where(slot => !slot.PerClass).Sum(slot => (long)slot.Count);
        return Layers * (long)Width * (10L * Width + 2L * Hidden) + 2 * shared * Width
            + (long)ConditionLength * (Width + ImageFeatures + (Tokens == TokenLayout.ClassRow ? BaseHidden : 0));
    }
}
