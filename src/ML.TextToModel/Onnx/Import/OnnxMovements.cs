using ML.TextToModel.PModels;

namespace ML.TextToModel.Onnx;

/// <summary>Pad and Slice: their axes are (N, C, H, W), or (N, C) of vectors; the backbone's are lines, columns and
/// channels.</summary>
internal static class OnnxMovements
{
    // Where an axis of the graph stands among a backbone's; -1 for the batch.
    private static readonly int[] s_image = [-1, 2, 0, 1], s_vector = [-1, 2];

    public static GraphValue Pad(OnnxNode node, BackboneBuilder values)
    {
        GraphValue x = values.Value(node.Input(0));
        if (node.Text("mode", "constant") != "constant") throw node.Unsupported("pads with other numbers than zeros");
        if (node.OptionalInput(2) is not null && node.Singles(2, values).Values is not [0])
            throw node.Unsupported("pads with other numbers than zeros");
        if (node.OptionalInput(3) is not null) throw node.Unsupported("names its axes");
        int[] pads = node.Integers(1, values), places = Places(x);
        if (pads.Length != 2 * places.Length) throw node.BadShape($"has {pads.Length} pads");
        if (pads.Any(pad => pad < 0)) throw node.Unsupported("cuts off by a negative padding");
        int[] before = new int[3], after = new int[3];
        for (int axis = 0; axis < places.Length; axis++)
        {
            (int first, int last) = (pads[axis], pads[axis + places.Length]);
            if (places[axis] >= 0) (before[places[axis]], after[places[axis]]) = (first, last);
            else if (first != 0 || last != 0) throw node.Unsupported("pads the batch");
        }
        return values.Add(node, new PadStep(x.Number, before, after), [x]);
    }

    public static GraphValue Slice(OnnxNode node, BackboneBuilder values)
    {
        GraphValue x = values.Value(node.Input(0));
        int[] starts = node.Integers(1, values), ends = node.Integers(2, values), places = Places(x);
        int[] axes = node.OptionalIntegers(3, values) ?? [.. Enumerable.Range(0, starts.Length)];
        int[] steps = node.OptionalIntegers(4, values) ?? [.. starts.Select(_ => 1)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw node.BadShape("has not as many starts as ends, axes and steps");
        int[] first = new int[3], step = [1, 1, 1], size = x.Shape.Sizes;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = axes[i] < 0 ? axes[i] + places.Length : axes[i];
            if (axis <= 0 || axis >= places.Length) throw node.Unsupported($"slices the axis {axes[i]}");
            if (steps[i] < 1) throw node.Unsupported("slices backwards");
            int place = places[axis], length = size[place];
            if (first[place] != 0 || step[place] != 1) throw node.Unsupported("slices an axis twice");
            int start = Math.Clamp(starts[i] < 0 ? starts[i] + length : starts[i], 0, length);
            int end = Math.Clamp(ends[i] < 0 ? ends[i] + length : ends[i], 0, length);
            (first[place], step[place]) = (start, steps[i]);
            size[place] = Math.Max(end - start + steps[i] - 1, 0) / steps[i];
        }
        return values.Add(node, new SliceStep(x.Number, first, step, size), [x]);
    }

    private static int[] Places(GraphValue x) => x.IsVector ? s_vector : s_image;
}
