using System.Diagnostics;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina;

/// <summary>
/// Grows a network into a wider or deeper one that computes the same (Net2Net, Chen et al. 2016, section 2;
/// bert2BERT, Chen et al. 2022). Channels, whole heads and hidden units are copied, and what reads one
/// reads a share of each of its copies. Shares are random, as copies with equal or proportional shares would learn the
/// same for ever. New blocks come after the old ones, and their gates are zero.
/// </summary>
internal static class TinaGrowth
{
    // What an axis of a weight counts, and whether the weight makes that or reads it.
    private enum Axis
    {
        Other,
        Channels,
        ReadChannels,
        Hidden,
        ReadHidden,
    }

    /// <summary>Why one network cannot grow into another, one sentence each; empty if it can.</summary>
    /// <param name="from">The sizes of the one, without faults.</param>
    /// <param name="to">The sizes of the other, without faults.</param>
    public static IEnumerable<string> Faults(TinaOptions from, TinaOptions to)
    {
        if (to.Tokens != from.Tokens) yield return $"Its token layout is {from.Tokens}, not {to.Tokens}.";
        foreach ((string name, int before, int after) in new[]
        {
            ("chunk size", from.ChunkSize, to.ChunkSize),
            ("condition length", from.ConditionLength, to.ConditionLength),
            ("number of hidden units of the base", from.BaseHidden, to.BaseHidden),
            ("rank of adapters", from.AdapterRank, to.AdapterRank),
            ("number of time channels", from.TimeInputs, to.TimeInputs),
        })
            if (after != before) yield return $"Its {name} is {before} and cannot become {after}.";
        if (from.ImageFeatures > 0 && to.ImageFeatures != from.ImageFeatures)
            yield return $"It takes {from.ImageFeatures} features of an image, not {to.ImageFeatures}.";
        if (to.MergedText != from.MergedText) yield return "It merges class texts, or the other does.";
        if (from.Tokens == TokenLayout.Chunked && to.MaxClasses != from.MaxClasses)
            yield return $"It is for {from.MaxClasses} classes, not {to.MaxClasses}.";
        // Only if each channel is copied equally often does layer normalisation see the same mean and variance.
        if (to.Width % from.Width != 0)
            yield return $"Its width is {from.Width}, of which {to.Width} is no multiple.";
        else if (to.Width / to.Heads != from.Width / from.Heads)
            yield return $"Its heads have {from.Width / from.Heads} channels, not {to.Width / to.Heads}.";
        if (to.Hidden < from.Hidden) yield return $"It has {from.Hidden} hidden channels, more than {to.Hidden}.";
        if (to.Layers < from.Layers) yield return $"It has {from.Layers} blocks, more than {to.Layers}.";
    }

    /// <summary>A network of its own that computes the same, but for rounding.</summary>
    /// <param name="network">Stays as it is.</param>
    /// <param name="sizes">The sizes of the new one.</param>
    /// <param name="rng">Decides shares, and new blocks behind their gates.</param>
    /// <exception cref="ModelInputException">The sizes are not such that it can grow to them.</exception>
    public static TinaNetwork Grow(TinaNetwork network, TinaOptions sizes, Rng rng)
    {
        string[] faults = [.. sizes.Faults()];
        if (faults.Length == 0) faults = [.. Faults(network.Options, sizes)];
        if (faults.Length > 0)
            throw new ModelInputException("This network cannot grow so. " + string.Join(' ', faults));
        TinaNetwork grown = new(sizes, network.Spec, network.Scale, rng.Split("new"));
        foreach ((string name, Tensor weight) in network.Parameters)
            Grow(name, weight, network.Options, sizes, rng.Split(name)).CopyTo(grown.Parameters[name].AsSpan());
        return grown;
    }

    private static float[] Grow(string name, Tensor weight, TinaOptions from, TinaOptions to, Rng rng)
    {
        float[] values = weight.ToArray();
        int inner = weight.Count;
        foreach ((int index, Axis axis) in AxesOf(name).Index())
        {
            inner /= weight.Shape[index];
            values = axis switch
            {
                Axis.Channels => Copied(values, inner, from.Width, to.Width),
                Axis.ReadChannels => Shared(values, inner, from.Width, to.Width, rng),
                Axis.Hidden => Copied(values, inner, from.Hidden, to.Hidden),
                Axis.ReadHidden => Shared(values, inner, from.Hidden, to.Hidden, rng),
                _ => values,
            };
        }
        return values;
    }

    private static string WithoutBlock(string name) =>
        name.StartsWith("blocks.", StringComparison.Ordinal) ? name.Split('.', 3)[2] : name;

    /// <summary>The axes of a weight from the first to the last that grows.</summary>
    private static Axis[] AxesOf(string name) => WithoutBlock(name) switch
    {
        "base.chunks" or "base.hidden.weight" or "base.hidden.bias" or "base.row.weight" or "base.row.bias"
            or "chunk_decoder.bias" or "row_decoder.bias" or "image_condition.weight"
            or "image_condition.bias" => [],
        "chunk_encoder.weight" or "chunk_encoder.bias" => [Axis.Other, Axis.Other, Axis.Channels],
        "chunk_decoder.weight" or "row_decoder.weight" => [Axis.Other, Axis.ReadChannels],
        "class_positions" => [Axis.Other, Axis.Channels],
        "absent_class" or "condition.weight" or "condition.bias" or "row_encoder.weight" or "row_encoder.bias"
            or "time.first.weight" or "time.first.bias" or "time.second.bias" or "modulation.bias"
            or "attention.query.bias" or "attention.key_value.bias" or "attention.output.bias" or "hidden.second.bias"
            or "last_modulation.bias" => [Axis.Channels],
        "time.second.weight" or "modulation.weight" or "attention.query.weight" or "attention.key_value.weight"
            or "attention.output.weight" or "last_modulation.weight" => [Axis.Channels, Axis.ReadChannels],
        "hidden.first.weight" => [Axis.Hidden, Axis.ReadChannels],
        "hidden.first.bias" => [Axis.Hidden],
        "hidden.second.weight" => [Axis.Channels, Axis.ReadHidden],
        _ => throw new UnreachableException($"How {name} grows is not known."),
    };

    /// <summary>
    /// Values (…, from, inner) → (…, to, inner) with unit i of the new ones that which had the number i modulo from. An
    /// axis of several parts, such as keys and values, is copied part by part.
    /// </summary>
    private static float[] Copied(float[] values, int inner, int from, int to)
    {
        float[] copies = new float[values.Length / from * to];
        for (int row = 0; row < copies.Length / inner; row++)
            values.AsSpan((row / to * from + row % to % from) * inner, inner).CopyTo(copies.AsSpan(row * inner));
        return copies;
    }

    /// <summary>
    /// The same, where the copies of each value are random shares of it, which for two copies are from a quarter to
    /// three quarters.
    /// </summary>
    private static float[] Shared(float[] values, int inner, int from, int to, Rng rng)
    {
        const double least = 0.5, most = 1.5;
        float[] shares = Copied(values, inner, from, to);
        double[] parts = new double[(to + from - 1) / from];
        for (int start = 0; start < shares.Length; start += to * inner)
            for (int first = 0; first < from * inner; first++)
            {
                int copies = 0;
                double sum = 0;
                for (int i = first; i < to * inner; i += from * inner)
                    sum += parts[copies++] = rng.NextUniform(least, most);
                for (int copy = 0; copy < copies; copy++)
                    shares[start + first + copy * from * inner] *= (float)(parts[copy] / sum);
            }
        return shares;
    }
}
