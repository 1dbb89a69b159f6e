using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>The features of the training images of each class, from which image prompts are drawn.</summary>
internal sealed class PromptFeatures
{
    private const int StartPrompts = 3, StartImages = 5;

    private readonly BackboneFeatures _features;
    private readonly float _noise;
    private readonly int[][] _ofClass;

    /// <summary>Sorts the images by class.</summary>
    /// <param name="features">Those of all images.</param>
    /// <param name="noise">
    /// Times the difference of two images drawn among all, over √2: added to the features of each image of a prompt.
    /// </param>
    public PromptFeatures(BackboneFeatures features, float noise = 0)
    {
        (_features, _noise) = (features, noise / MathF.Sqrt(2));
        ILookup<int, int> images = features.Labels.Index().ToLookup(image => image.Item, image => image.Index);
        _ofClass = [.. Enumerable.Range(0, features.ClassNames.Count).Select(c => images[c].ToArray())];
    }

    /// <summary>The number of features.</summary>
    public int Length => _features.Length;

    /// <summary>
    /// For each class of each task the mean features of 1 to <paramref name="most"/> of its images, (T, C, features).
    /// </summary>
    public Tensor Draw(int[][] tasks, int most, Rng rng)
    {
        int size = tasks[0].Length;
        Tensor means = Tensor.Zeros([tasks.Length, size, Length]);
        for (int i = 0; i < tasks.Length * size; i++)
            AddMean(tasks[i / size][i % size], 1 + rng.NextInt(most), rng, means.AsSpan().Slice(i * Length, Length));
        return means;
    }

    /// <summary>
    /// Starts the conditions of images: as a regression of those of names on mean features of a few images.
    /// </summary>
    /// <param name="network">The network, which takes images.</param>
    /// <param name="conditions">The condition of each class's name, one after the other.</param>
    /// <param name="known">The classes that the regression may see.</param>
    /// <param name="rng">Decides the images.</param>
    public void Start(TinaNetwork network, float[] conditions, IReadOnlyList<int> known, Rng rng)
    {
        int length = network.Options.ConditionLength;
        int[] classes = [.. known.SelectMany(c => Enumerable.Repeat(c, StartPrompts))];
        float[] features = new float[classes.Length * Length];
        for (int i = 0; i < classes.Length; i++)
            AddMean(classes[i], StartImages, rng, features.AsSpan(i * Length, Length));
        TinaStart.FitImages(
            network, features, [.. classes.SelectMany(c => conditions[(c * length)..((c + 1) * length)])]);
    }

    /// <summary>Adds the mean features of some images of a class, with repetitions and noise.</summary>
    private void AddMean(int ofClass, int count, Rng rng, Span<float> sum)
    {
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> image = _features.Row(_ofClass[ofClass][rng.NextInt(_ofClass[ofClass].Length)]);
            for (int k = 0; k < sum.Length; k++) sum[k] += image[k] / count;
            if (_noise == 0) continue;
            ReadOnlySpan<float> one = _features.Row(rng.NextInt(_features.Count));
            ReadOnlySpan<float> other = _features.Row(rng.NextInt(_features.Count));
            for (int k = 0; k < sum.Length; k++) sum[k] += _noise * (one[k] - other[k]) / count;
        }
    }
}
