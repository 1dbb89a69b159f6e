using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Audits;

/// <summary>
/// How far p-models are from one another: the root mean square of the differences of their parameters, each in units
/// of its tensor's root mean square over a zoo, so that 1 is as far as from zero. Shared tensors and class rows are
/// measured apart, as rows can be compared for one class at a time only.
/// </summary>
public sealed class ParameterDistance
{
    private readonly (ParameterSlot Slot, double Unit)[] _shared, _rows;
    private readonly int _classes;

    /// <summary>Takes the units from a zoo of at least one p-model.</summary>
    public ParameterDistance(ZooSample zoo)
    {
        _classes = zoo.Spec.Classes;
        ILookup<bool, (ParameterSlot, double)> slots =
            zoo.Spec.Layout.Slots.ToLookup(slot => slot.PerClass, slot => (slot, Unit(zoo, slot)));
        (_shared, _rows) = ([.. slots[false]], [.. slots[true]]);
    }

    /// <summary>The distance of two parameter vectors in the tensors that are no class rows.</summary>
    public double Shared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        int count = 0;
        foreach ((ParameterSlot slot, double unit) in _shared)
        {
            sum += Squares(slot.Of(a), slot.Of(b)) / (unit * unit);
            count += slot.Count;
        }
        return Math.Sqrt(sum / count);
    }

    /// <summary>The distance of two rows.</summary>
    /// <param name="a">Parameters.</param>
    /// <param name="placeInA">The place of the row's class among theirs.</param>
    /// <param name="b">Other parameters.</param>
    /// <param name="placeInB">The place of its class there.</param>
    public double Row(ReadOnlySpan<float> a, int placeInA, ReadOnlySpan<float> b, int placeInB)
    {
        double sum = 0;
        int count = 0;
        foreach ((ParameterSlot slot, double unit) in _rows)
        {
            int length = slot.Count / _classes;
            sum += Squares(
                slot.Of(a).Slice(placeInA * length, length), slot.Of(b).Slice(placeInB * length, length))
                / (unit * unit);
            count += length;
        }
        return Math.Sqrt(sum / count);
    }

    /// <summary>The Euclidean distance of two vectors over the length of the first.</summary>
    public static double Relative(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double length = 0;
        foreach (float value in a) length += (double)value * value;
        return Math.Sqrt(Squares(a, b) / length);
    }

    private static double Squares(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double squares = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = a[i] - b[i];
            squares += difference * difference;
        }
        return squares;
    }

    /// <summary>The root mean square of a tensor over the zoo; 1 for one that is zero everywhere.</summary>
    private static double Unit(ZooSample zoo, ParameterSlot slot)
    {
        double squares = 0;
        foreach ((_, float[] parameters) in zoo.Entries)
            foreach (float value in slot.Of(parameters.AsSpan())) squares += (double)value * value;
        return squares == 0 ? 1 : Math.Sqrt(squares / ((double)zoo.Entries.Count * slot.Count));
    }
}
