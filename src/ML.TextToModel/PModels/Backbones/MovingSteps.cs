using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>
/// Evenly spaced lines, columns and channels of a value: y[h, w, c] = x[start + step · (h, w, c)] on each axis.
/// </summary>
/// <param name="Input">The value it takes.</param>
/// <param name="Starts">The first line, column and channel.</param>
/// <param name="Steps">From one to the next, from 1.</param>
/// <param name="Sizes">How many, from 1.</param>
public sealed record SliceStep(
    int Input, IReadOnlyList<int> Starts, IReadOnlyList<int> Steps, IReadOnlyList<int> Sizes) : BackboneStep
{
    private const int Axes = 3;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Inputs => [Input];

    internal override string? Fault(IReadOnlyList<BackboneShape> inputs)
    {
        if (Starts.Count != Axes || Steps.Count != Axes || Sizes.Count != Axes)
            return "A slice has three starts, steps and sizes: lines, columns, channels.";
        int[] lengths = inputs[0].Sizes;
        for (int axis = 0; axis < Axes; axis++)
            if (Starts[axis] < 0 || Steps[axis] < 1 || Sizes[axis] < 1
                || Starts[axis] + (long)Steps[axis] * (Sizes[axis] - 1) >= lengths[axis])
                return $"{Sizes[axis]} entries from {Starts[axis]} on, each {Steps[axis]} further, are not in "
                    + $"{lengths[axis]}.";
        return null;
    }

    internal override BackboneShape Output(IReadOnlyList<BackboneShape> inputs) => new(Sizes[0], Sizes[1], Sizes[2]);
}

/// <summary>Zeros before and after the lines, columns and channels of a value.</summary>
/// <param name="Input">The value it takes.</param>
/// <param name="Before">Zeros above, to the left, and before the channels.</param>
/// <param name="After">Zeros below, to the right, and after the channels.</param>
public sealed record PadStep(int Input, IReadOnlyList<int> Before, IReadOnlyList<int> After) : BackboneStep
{
    private const int Axes = 3, MaxPadding = 1 << 16;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Inputs => [Input];

    internal override string? Fault(IReadOnlyList<BackboneShape> inputs)
    {
        if (Before.Count != Axes || After.Count != Axes)
            return "A padding has three numbers before and after: lines, columns, channels.";
        return Before.Concat(After).Any(count => count is < 0 or > MaxPadding)
            ? $"A padding is not from 0 to {MaxPadding}."
            : null;
    }

    internal override BackboneShape Output(IReadOnlyList<BackboneShape> inputs)
    {
        int[] sizes = [.. inputs[0].Sizes.Select((size, axis) => Before[axis] + size + After[axis])];
        return new(sizes[0], sizes[1], sizes[2]);
    }
}

/// <summary>The mean of each channel over the image: a vector.</summary>
/// <param name="Input">The value it takes.</param>
public sealed record MeanStep(int Input) : BackboneStep
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Inputs => [Input];

    internal override string? Fault(IReadOnlyList<BackboneShape> inputs) => null;

    internal override BackboneShape Output(IReadOnlyList<BackboneShape> inputs) => new(1, 1, inputs[0].Channels);
}

/// <summary>All numbers of an image as a vector, channel after channel, each row by row from the top.</summary>
/// <param name="Input">The value it takes.</param>
public sealed record FlattenStep(int Input) : BackboneStep
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Inputs => [Input];

    internal override string? Fault(IReadOnlyList<BackboneShape> inputs) =>
        inputs[0].Count > MaxSize ? $"A vector of {inputs[0].Count} numbers is too long." : null;

    internal override BackboneShape Output(IReadOnlyList<BackboneShape> inputs) => new(1, 1, (int)inputs[0].Count);
}
