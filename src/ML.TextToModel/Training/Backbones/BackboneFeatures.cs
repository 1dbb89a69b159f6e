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
/// The features of an image set through a backbone, computed once, for training heads. Images of another size than the
/// backbone's are resized.
/// </summary>
public sealed class BackboneFeatures
{
    private const int ImagesAtOnce = 256;   // between two looks at the cancellation
    private const string Name = "features", Key = "fingerprint";

    private readonly float[] _values;

    private BackboneFeatures(float[] values, int length, ImageSet images)
    {
        (_values, Length) = (values, length);
        (Labels, ClassNames) = (images.Labels, images.ClassNames);
    }

    /// <summary>The number of features of an image.</summary>
    public int Length { get; }

    /// <summary>The number of images.</summary>
    public int Count => Labels.Count;

    /// <summary>The class of each image, an index into <see cref="ClassNames"/>.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>All features, image after image.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The features of one image.</summary>
    public ReadOnlySpan<float> Row(int image) => _values.AsSpan(image * Length, Length);

    /// <summary>Computes the features of all images, on all threads.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it.</exception>
    public static BackboneFeatures Of(Backbone backbone, ImageSet images, CancellationToken cancel = default)
    {
        float[] values = new float[checked(images.Count * backbone.FeatureLength)];
        for (int start = 0; start < images.Count; start += ImagesAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            ExtractJob job = new(backbone, images, start, values);
            Workers.Run(Math.Min(ImagesAtOnce, images.Count - start), ref job);
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
        string path, Backbone backbone, ImageSet images, CancellationToken cancel = default)
    {
        string fingerprint = Fingerprint(backbone, images);
        int[] shape = [images.Count, backbone.FeatureLength];
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
        BackboneFeatures features = Of(backbone, images, cancel);
        SafetensorsWriter.Write(
            path, [SafetensorsTensor.Float32(Name, features._values, shape)],
            new Dictionary<string, string> { [Key] = fingerprint });
        return features;
    }

    /// <summary>Examples of tasks over these features.</summary>
    /// <param name="tasks">The classes of each task; null for one task of all.</param>
    /// <exception cref="ArgumentException">
    /// A task has no images, or names a class twice or one that is not there.
    /// </exception>
    public IExampleSource Examples(IReadOnlyList<IReadOnlyList<int>>? tasks = null) =>
        new FeatureExamples(this, new ClassTasks([.. Labels], ClassNames.Count, tasks));

    private static string Fingerprint(Backbone backbone, ImageSet images)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(backbone.Spec, ClassifierJson.Default.BackboneSpec));
        hash.AppendData(MemoryMarshal.AsBytes(backbone.Weights));
        hash.AppendData(images.Images);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A part is one image.</summary>
    private readonly struct ExtractJob(Backbone backbone, ImageSet images, int start, float[] values) : IParallelJob
    {
        [ThreadStatic] private static float[]? t_row;

        public void Run(int part)
        {
            int image = start + part, length = backbone.FeatureLength;
            if (t_row is null || t_row.Length != backbone.RowLength) t_row = new float[backbone.RowLength];
            ReadOnlySpan<byte> planes = Resized(images.Image(image));
            for (int i = 0; i < t_row.Length; i++) t_row[i] = planes[i];
            backbone.Extract(t_row, values.AsSpan(image * length, length));
        }

        private ReadOnlySpan<byte> Resized(ReadOnlySpan<byte> planes)
        {
            (int height, int width) = (backbone.Spec.Height, backbone.Spec.Width);
            if (height == ImageSet.Side && width == ImageSet.Side) return planes;
            byte[] resized = new byte[backbone.RowLength];
            ImageResizing.Resize(RgbImage.OfPlanes(ImageSet.Side, ImageSet.Side, planes), width, height)
                .ToPlanes(resized);
            return resized;
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
                features.Row(tasks.Examples(task)[examples[i]]).CopyTo(inputs[(i * features.Length)..]);
        }
    }
}
