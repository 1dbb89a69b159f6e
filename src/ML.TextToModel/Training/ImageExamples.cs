using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Images of T tasks over one image set. A task is a list of the set's classes; its examples are their images, its
/// labels the places in the list.
/// </summary>
public sealed class ImageExamples : IExampleSource, ITaskExamples
{
    private const int Side = ImageSet.Side, Channels = ImageSet.Channels, RowLength = Side * Channels;

    private readonly byte[] _pixels;   // N × 32 × 32 × 3, channels last, so that a row of an image lies in one piece
    private readonly ClassTasks _tasks;
    private readonly float[] _scale, _shift;
    private readonly bool _flip;
    private readonly int _maxShift;

    /// <summary>Cuts tasks out of an image set.</summary>
    /// <param name="images">The images.</param>
    /// <param name="tasks">The classes of each task, as indices of the set's classes; null for one task of all.</param>
    /// <param name="preprocessing">How pixels become inputs.</param>
    /// <param name="options">Which random changes training makes to the images.</param>
    /// <exception cref="ArgumentException">
    /// A task has no images, or names a class twice or one that is not there.
    /// </exception>
    /// <exception cref="ModelInputException">An option is out of range.</exception>
    public ImageExamples(
        ImageSet images, IReadOnlyList<IReadOnlyList<int>>? tasks, ImagePreprocessing preprocessing,
        TrainingOptions? options = null)
    {
        if (options?.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("The training options are wrong. " + string.Join(' ', faults));
        _pixels = ChannelsLast(images.Images);
        (_scale, _shift) = Maps(preprocessing);
        _flip = options?.Flip ?? false;
        _maxShift = options?.Shift ?? 0;
        _tasks = new ClassTasks(images.Labels, images.ClassNames.Count, tasks);
    }

    private ImageExamples(ImageExamples all, IReadOnlyList<IReadOnlyList<int>> tasks)
    {
        (_pixels, _scale, _shift) = (all._pixels, all._scale, all._shift);
        (_flip, _maxShift) = (all._flip, all._maxShift);
        _tasks = all._tasks.With(tasks);
    }

    /// <inheritdoc/>
    public int Tasks => _tasks.Count;

    /// <inheritdoc/>
    public Shape InputShape => [Side, Side, Channels];

    /// <inheritdoc/>
    public int Count(int task) => _tasks.Examples(task).Length;

    /// <inheritdoc/>
    public int Label(int task, int example) => _tasks.Labels(task)[example];

    /// <inheritdoc/>
    public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs)
    {
        for (int i = 0; i < examples.Length; i++)
        {
            ReadOnlySpan<byte> image =
                _pixels.AsSpan(_tasks.Examples(task)[examples[i]] * ImageSet.ImageBytes, ImageSet.ImageBytes);
            Span<float> input = inputs.Slice(i * ImageSet.ImageBytes, ImageSet.ImageBytes);
            bool flip = false;
            int down = 0, right = 0;
            if (augmentation is not null)
            {
                flip = _flip && augmentation.NextInt(2) == 1;
                down = augmentation.NextInt(2 * _maxShift + 1) - _maxShift;
                right = augmentation.NextInt(2 * _maxShift + 1) - _maxShift;
            }
            if (down == 0 && right == 0 && !flip) Standardise(image, input);
            else FillMoved(image, input, flip, down, right);
        }
    }

    /// <summary>Other tasks over the same images, which are not copied.</summary>
    /// <exception cref="ArgumentException">
    /// A task has no images, or names a class twice or one that is not there.
    /// </exception>
    internal ImageExamples With(IReadOnlyList<IReadOnlyList<int>> tasks) => new(this, tasks);

    IExampleSource ITaskExamples.With(IReadOnlyList<IReadOnlyList<int>> tasks) => With(tasks);

    /// <summary>The image moved down and right, black where nothing moves in, mirrored first if asked for.</summary>
    private void FillMoved(ReadOnlySpan<byte> image, Span<float> input, bool flip, int down, int right)
    {
        Span<byte> moved = stackalloc byte[RowLength];
        int from = Math.Max(0, -right), to = Math.Max(0, right), pixels = Math.Max(0, Side - Math.Abs(right));
        for (int y = 0; y < Side; y++)
        {
            moved.Clear();
            int sourceRow = y - down;
            if (sourceRow is >= 0 and < Side)
            {
                ReadOnlySpan<byte> row = image.Slice(sourceRow * RowLength, RowLength);
                if (flip)
                    for (int x = 0; x < pixels; x++)
                        row.Slice((Side - 1 - from - x) * Channels, Channels).CopyTo(moved[((to + x) * Channels)..]);
                else
                    row.Slice(from * Channels, pixels * Channels).CopyTo(moved[(to * Channels)..]);
            }
            Standardise(moved, input.Slice(y * RowLength, RowLength));
        }
    }

    private void Standardise(ReadOnlySpan<byte> pixels, Span<float> input)
    {
        float red = _scale[0], green = _scale[1], blue = _scale[2];
        float redShift = _shift[0], greenShift = _shift[1], blueShift = _shift[2];
        for (int i = 0; i + 2 < pixels.Length; i += Channels)
        {
            input[i] = pixels[i] * red + redShift;
            input[i + 1] = pixels[i + 1] * green + greenShift;
            input[i + 2] = pixels[i + 2] * blue + blueShift;
        }
    }

    private static byte[] ChannelsLast(byte[] planar)
    {
        const int plane = Side * Side;
        byte[] result = new byte[planar.Length];
        for (int image = 0; image < planar.Length; image += ImageSet.ImageBytes)
            for (int c = 0; c < Channels; c++)
                for (int i = 0; i < plane; i++)
                    result[image + i * Channels + c] = planar[image + c * plane + i];
        return result;
    }

    private static (float[] Scale, float[] Shift) Maps(ImagePreprocessing preprocessing)
    {
        float[] scale = new float[Channels], shift = new float[Channels];
        for (int c = 0; c < Channels; c++) (scale[c], shift[c]) = preprocessing.Map(c);
        return (scale, shift);
    }
}
