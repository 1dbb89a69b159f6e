namespace ML.TextToModel.Tensors.Autograd;

/// <summary>The gradients of a node's inputs, in their order; null where there is none.</summary>
internal readonly struct InputGradients
{
    private readonly Tensor? _first, _second, _third;
    private readonly Tensor[]? _all;

    public InputGradients(Tensor? first, Tensor? second = null, Tensor? third = null)
    {
        _first = first;
        _second = second;
        _third = third;
    }

    public InputGradients(Tensor[] all) => _all = all;

    public Tensor? this[int index] => _all is not null ? _all[index] : index switch
    {
        0 => _first,
        1 => _second,
        _ => _third,
    };

    public static implicit operator InputGradients(Tensor? only) => new(only);

    public static implicit operator InputGradients((Tensor? First, Tensor? Second) pair) =>
        new(pair.First, pair.Second);

    public static implicit operator InputGradients((Tensor? First, Tensor? Second, Tensor? Third) triple) =>
        new(triple.First, triple.Second, triple.Third);

    public static implicit operator InputGradients(Tensor[] all) => new(all);
}
