using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Training;

/// <summary>
/// The features of an image set through a backbone, computed once, for training heads: of the images and, where asked
/// for, of their mirror images. Images of another size than the backbone's are resized.
/// </summary>
public sealed class BackboneFeatures : ITaskExamples
{
    private const int ImagesAtOnce = 256;   // between two looks at the cancellation
    private const string Name = "features", Key = "fingerprint";

    private readonly float[] _values;   // of the images, then of their mirror images
    private readonly ClassTasks _all;

    private BackboneFeatures(float[] values, int length, ImageSet images)
        : this(values, length, images.Labels, images.ClassNames) { }

    private BackboneFeatures(float[] values, int length, int[] labels, IReadOnlyList<string> classNames)
    {
        (_values, Length, Labels, ClassNames) = (values, length, labels, classNames);
        IsMirrored = values.Length > (long)labels.Length * length;
        _all = new ClassTasks(labels, classNames.Count, tasks: null);
    }

    /// <summary>The number of features of an image.</summary>
    public int Length { get; }

    /// <summary>The number of images.</summary>
    public int Count => Labels.Count;

    /// <summary>The class of each image, an index into <see cref="ClassNames"/>.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Whether there are features of mirror images too.</summary>
    public bool IsMirrored { get; }

    /// <summary>The features of all images, one after the other.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count * Length);

    /// <summary>The features of one image.</summary>
    public ReadOnlySpan<float> Row(int image) => Row(image, mirrored: false);

    /// <summary>Computes the features of all images, on all threads.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="images">The images.</param>
    /// <param name="mirrored">Whether to compute those of the mirror images too; examples then are either.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it.</exception>
    public static BackboneFeatures Of(
        Backbone backbone, ImageSet images, bool mirrored = false, CancellationToken cancel = default)
    {
        int rows = images.Count * (mirrored ? 2 : 1);
        float[] values = new float[checked(rows * backbone.FeatureLength)];
        for (int start = 0; start < rows; start += ImagesAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            ExtractJob job = new(backbone, images, start, values);
            Workers.Run(Math.Min(ImagesAtOnce, rows - start), ref job);
        }
        return new BackboneFeatures(values, backbone.FeatureLength, images);
    }

    /// <summary>
    /// The same, kept in a safetensors file: read from there where it holds the features of this backbone and these
    /// images, else computed and written to it.
    /// </summary>
    /// <exception cref="TensorFileException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it.</exception>
    public static BackboneFeatures Cached(
        string path, Backbone backbone, ImageSet images, bool mirrored = false, CancellationToken cancel = default)
    {
        string fingerprint = Fingerprint(backbone, images, mirrored);
        int[] shape = [images.Count * (mirrored ? 2 : 1), backbone.FeatureLength];
        if (File.Exists(path))
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault(Key) == fingerprint)
            {
                file.Expect(Name, shape);
                float[] values = new float[shape[0] * shape[1]];
                file.ReadSingles(Name, values);
                return new BackboneFeatures(values, backbone.FeatureLength, images);
            }
        }
        BackboneFeatures features = Of(backbone, images, mirrored, cancel);
        SafetensorsWriter.Write(
            path, [SafetensorsTensor.Float32(Name, features._values, shape)],
            new Dictionary<string, string> { [Key] = fingerprint });
        return features;
    }

    /// <summary>The features of some of the images, in that order; of the same classes.</summary>
    public BackboneFeatures Select(IReadOnlyList<int> images)
    {
        int rows = images.Count * (IsMirrored ? 2 : 1);
        float[] values = new float[rows * Length];
        for (int i = 0; i < rows; i++)
            Row(images[i % images.Count], mirrored: i >= images.Count).CopyTo(values.AsSpan(i * Length));
        return new BackboneFeatures(values, Length, [.. images.Select(i => Labels[i])], ClassNames);
    }

    /// <summary>Examples of tasks over these features.</summary>
    /// <param name="tasks">The classes of each task; null for one task of all.</param>
    /// <exception cref="ArgumentException">
    /// A task has no images, or names a class twice or one that is not there.
    /// </exception>
    public IExampleSource Examples(IReadOnlyList<IReadOnlyList<int>>? tasks = null) =>
        new FeatureExamples(this, tasks is null ? _all : _all.With(tasks));

    IExampleSource ITaskExamples.With(IReadOnlyList<IReadOnlyList<int>> tasks) => Examples(tasks);

    private ReadOnlySpan<float> Row(int image, bool mirrored) =>
        _values.AsSpan(((mirrored ? Count : 0) + image) * Length, Length);

    private static string Fingerprint(Backbone backbone, ImageSet images, bool mirrored)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(backbone.Spec, ClassifierJson.Default.BackboneSpec));
        hash.AppendData(MemoryMarshal.AsBytes(backbone.Weights));
        hash.AppendData(images.Images);
        hash.AppendData([(byte)(mirrored ? 1 : 0)]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A part is one image or mirror image.</summary>
    private readonly struct ExtractJob(Backbone backbone, ImageSet images, int start, float[] values) : IParallelJob
    {
        [ThreadStatic] private static float[]? t_row;

        public void Run(int part)
        {
            (int mirrored, int image) = Math.DivRem(start + part, images.Count);
            (int height, int width, int length) = (backbone.Spec.Height, backbone.Spec.Width, backbone.FeatureLength);
            if (t_row is null || t_row.Length != backbone.RowLength) t_row = new float[backbone.RowLength];
            ReadOnlySpan<byte> planes = ImageResizing.Planes(images.Image(image), width, height);
            for (int i = 0; i < t_row.Length; i++)
                t_row[i] = planes[mirrored == 0 ? i : i - 2 * (i % width) + width - 1];
            backbone.Extract(t_row, values.AsSpan((start + part) * length, length));
        }
    }

    private sealed class FeatureExamples(BackboneFeatures features, ClassTasks tasks) : IExampleSource
    {
        public int Tasks => tasks.Count;

        public Shape InputShape => [features.Length];

        public int Count(int task) => tasks.Examples(task).Length;

        public int Label(int task, int example) => tasks.Labels(task)[example];

        public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs)
        {
            for (int i = 0; i < examples.Length; i++)
            {
                bool mirrored = augmentation is not null && features.IsMirrored && augmentation.NextInt(2) == 1;
                features.Row(tasks.Examples(task)[examples[i]], mirrored).CopyTo(inputs[(i * features.Length)..]);
            }
        }
    }
}
