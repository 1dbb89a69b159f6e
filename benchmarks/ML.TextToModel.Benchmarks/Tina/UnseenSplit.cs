using ML.TextToModel.Benchmarks.Engine;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Half of CIFAR-100's classes, which training may see, and the others: of each superclass's five classes the first,
/// third and fifth are known, or the second and fourth, in turns, so that similar classes are parted.
/// </summary>
internal static class UnseenSplit
{
    public const int TaskSize = 10;

    public static (int[] Known, int[] Unseen) Of(ImageSet images)
    {
        int[] superclass = images.Superclasses(), order = new int[superclass.Length];
        int[] seen = new int[images.CoarseNames!.Count];
        for (int c = 0; c < order.Length; c++) order[c] = seen[superclass[c]]++;
        ILookup<bool, int> known = Enumerable.Range(0, order.Length).ToLookup(c => (order[c] + superclass[c]) % 2 == 0);
        return ([.. known[true]], [.. known[false]]);
    }

    /// <summary>The images of some classes alone, with their own preprocessing.</summary>
    public static ImageData Only(ImageData data, int[] classes) =>
        new(data.Name, data.Train.OfClasses(classes), data.Test.OfClasses(classes));

    /// <summary>Tasks of ten classes, some of them unseen; all different, in random order.</summary>
    public static int[][] Tasks(int[] known, int[] unseen, int ofUnseen, int count, Rng rng)
    {
        int[][] fromUnseen = Draw(unseen, ofUnseen, "unseen"), fromKnown = Draw(known, TaskSize - ofUnseen, "known");
        return [.. fromUnseen.Zip(fromKnown, (a, b) =>
        {
            int[] task = [.. a, .. b];
            rng.Shuffle(task.AsSpan());
            return task;
        })];

        int[][] Draw(int[] classes, int size, string name) => size == 0
            ? [.. Enumerable.Repeat<int[]>([], count)]
            : [.. TaskSampler.Draw(classes.Length, size, count, rng.Split(name))
                .Select(task => task.Select(place => classes[place]).ToArray())];
    }
}
