namespace ML.TextToModel.PModels;

/// <summary>
/// Where the values of a backbone lie in one block of floats while an image goes through it: a value's place is used
/// again once nothing takes it any more. A clamp of what only it takes happens in its place, with the step before.
/// </summary>
internal sealed class BackbonePlan
{
    private readonly int[] _offsets, _owners;

    public BackbonePlan(BackboneSpec spec)
    {
        _owners = [.. Enumerable.Range(0, spec.Shapes.Count)];
        Clamps = new ClampStep?[spec.Steps.Count];
        IsDone = new bool[spec.Steps.Count];
        JoinClamps(spec);
        _offsets = new int[spec.Shapes.Count];
        Place(spec);
    }

    /// <summary>Floats of the block.</summary>
    public int Length { get; private set; }

    /// <summary>The clamp that a step does in passing, if any.</summary>
    public IReadOnlyList<ClampStep?> Clamps { get; }

    /// <summary>Whether a step is done by one before it.</summary>
    public IReadOnlyList<bool> IsDone { get; }

    /// <summary>Where a value begins.</summary>
    public int Offset(int value) => _offsets[_owners[value]];

    private void JoinClamps(BackboneSpec spec)
    {
        int[] uses = new int[spec.Shapes.Count];
        foreach (int value in spec.Steps.SelectMany(step => step.Inputs)) uses[value]++;
        for (int i = 0; i < spec.Steps.Count; i++)
        {
            if (spec.Steps[i] is not ClampStep { Input: > 0 } clamp || uses[clamp.Input] != 1) continue;
            int before = clamp.Input - 1;
            if (spec.Steps[before] is not (ConvolutionStep or AddStep)) continue;
            ((ClampStep?[])Clamps)[before] = clamp;
            ((bool[])IsDone)[i] = true;
            _owners[i + 1] = clamp.Input;
        }
    }

    /// <summary>Gives each value, in the order of the steps, the first gap between the values alive then.</summary>
    private void Place(BackboneSpec spec)
    {
        int[] lastUse = new int[spec.Shapes.Count];
        for (int i = 0; i < spec.Steps.Count; i++)
            foreach (int value in spec.Steps[i].Inputs) lastUse[_owners[value]] = i;
        lastUse[_owners[^1]] = spec.Steps.Count;   // the features are read at the end
        List<int> alive = [];   // by offset
        for (int value = 0; value < _offsets.Length; value++)
        {
            if (_owners[value] != value) continue;
            alive.RemoveAll(other => lastUse[other] < value - 1);   // step value - 1 makes the value
            int offset = 0, place = 0, length = (int)spec.Shapes[value].Count;
            while (place < alive.Count && _offsets[alive[place]] - offset < length)
            {
                offset = Math.Max(offset, _offsets[alive[place]] + (int)spec.Shapes[alive[place]].Count);
                place++;
            }
            alive.Insert(place, value);
            _offsets[value] = offset;
            Length = Math.Max(Length, offset + length);
        }
    }
}
