using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina;

/// <summary>The parameters of B p-models as tokens.</summary>
/// <param name="Chunks">(B, chunks, chunk size), the last chunk of a layer filled up with zeros.</param>
/// <param name="Rows">(B, C, row length), what belongs to each class; (B, 1, 0) if chunks hold it.</param>
internal readonly record struct TokenValues(Tensor Chunks, Tensor Rows)
{
    /// <summary>Applies a function to both.</summary>
    public TokenValues Select(Func<Tensor, Tensor> function) => new(function(Chunks), function(Rows));

    /// <summary>Applies a function to both parts of two.</summary>
    public TokenValues Zip(TokenValues other, Func<Tensor, Tensor, Tensor> function) =>
        new(function(Chunks, other.Chunks), function(Rows, other.Rows));
}

/// <summary>
/// Cuts the parameter vector of a p-model into tokens, and puts it together again. A chunk lies within one layer, whose
/// weights and biases follow each other (Tina, arXiv 2405.14132, section 2.2).
/// </summary>
internal sealed class ParameterTokens
{
    private readonly PModelSpec _spec;
    private readonly List<(int Start, int Length, int Chunks)> _layers = [];
    private readonly List<(ParameterSlot Slot, int Length)> _rows = [];

    /// <summary>Plans the tokens.</summary>
    /// <param name="spec">The p-model; how many classes it has does not change chunks or the length of rows.</param>
    /// <param name="chunkSize">Parameters of a chunk.</param>
    /// <param name="classRows">Whether what belongs to single classes becomes rows rather than chunks.</param>
    public ParameterTokens(PModelSpec spec, int chunkSize, bool classRows)
    {
        (_spec, ChunkSize) = (spec, chunkSize);
        foreach (IGrouping<string, ParameterSlot> layer in spec.Layout.Slots
            .Where(slot => !classRows || !slot.PerClass).GroupBy(slot => slot.Name[..slot.Name.LastIndexOf('.')]))
        {
            int length = layer.Sum(slot => slot.Count);
            _layers.Add((layer.First().Offset, length, (length + chunkSize - 1) / chunkSize));
        }
        if (classRows)
            _rows.AddRange(spec.Layout.Slots.Where(slot => slot.PerClass).Select(s => (s, s.Count / spec.Classes)));
    }

    /// <summary>Parameters of a chunk.</summary>
    public int ChunkSize { get; }

    /// <summary>Chunks of a p-model.</summary>
    public int Chunks => _layers.Sum(layer => layer.Chunks);

    /// <summary>Parameters that belong to one class; 0 where chunks hold them.</summary>
    public int RowLength => _rows.Sum(row => row.Length);

    /// <summary>Vectors (B, parameters) → tokens. Gradients flow through.</summary>
    public TokenValues Split(Tensor vectors)
    {
        int batch = vectors.Shape[0];
        IEnumerable<Tensor> chunks = _layers.Select(layer => vectors.Narrow(1, layer.Start, layer.Length)
            .Pad((0, 0), (0, layer.Chunks * ChunkSize - layer.Length)).Reshape(batch, layer.Chunks, ChunkSize));
        IEnumerable<Tensor> rows = _rows.Select(row =>
            vectors.Narrow(1, row.Slot.Offset, row.Slot.Count).Reshape(batch, _spec.Classes, row.Length));
        return new(
            _layers.Count == 0 ? Tensor.Zeros([batch, 0, ChunkSize]) : Tensor.Concat(1, [.. chunks]),
            RowLength == 0 ? Tensor.Zeros([batch, 1, 0]) : Tensor.Concat(2, [.. rows]));
    }

    /// <summary>Undoes <see cref="Split"/>; what fills up chunks is dropped.</summary>
    public Tensor Join(TokenValues values)
    {
        int batch = values.Chunks.Shape[0], chunk = 0, column = 0;
        SortedDictionary<int, Tensor> parts = [];
        foreach ((int start, int length, int count) in _layers)
        {
            Tensor layer = values.Chunks.Narrow(1, chunk, count).Reshape(batch, count * ChunkSize);
            parts.Add(start, layer.Narrow(1, 0, length));
            chunk += count;
        }
        foreach ((ParameterSlot slot, int length) in _rows)
        {
            parts.Add(slot.Offset, values.Rows.Narrow(2, column, length).Reshape(batch, slot.Count));
            column += length;
        }
        return Tensor.Concat(1, [.. parts.Values]);
    }

    /// <summary>
    /// A number per parameter as tokens: that of its tensor, by the slot's place in the layout. Filled-up places get 1.
    /// </summary>
    public TokenValues OfSlots(IReadOnlyList<float> perSlot)
    {
        float[] vector = new float[_spec.Layout.Count];
        for (int i = 0; i < perSlot.Count; i++) _spec.Layout.Slots[i].Of(vector.AsSpan()).Fill(perSlot[i]);
        return Split(Tensor.From(vector, [1, vector.Length])).Select(static values =>
        {
            foreach (ref float value in values.AsSpan())
                if (value == 0) value = 1;
            return values;
        });
    }
}
