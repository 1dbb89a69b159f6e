using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

public sealed class BackboneFeaturesTests
{
    private static readonly ImageSet s_images = DrawnImages.Draw(4, new Rng(1));

    // Small images of 5×7 pixels, to which the set's are resized.
    private static readonly Backbone s_backbone =
        ((BackbonePreprocessing)SmallModels.BackboneClassifier().Preprocessing).Backbone!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Rows_are_the_features_of_the_resized_images()
    {
        BackboneFeatures features = BackboneFeatures.Of(s_backbone, s_images, cancel: Cancel);
        Assert.Equal((s_images.Count, 4), (features.Count, features.Length));
        byte[] planes = new byte[3 * 5 * 7];
        float[] expected = new float[4];
        foreach (int image in (int[])[0, 7, s_images.Count - 1])
        {
            ImageResizing.Resize(RgbImage.OfPlanes(32, 32, s_images.Image(image)), 7, 5).ToPlanes(planes);
            s_backbone.Extract([.. planes.Select(value => (float)value)], expected);
            Assert.Equal(expected, features.Row(image).ToArray());
        }
    }

    [Fact]
    public void Examples_of_a_task_are_those_of_its_classes()
    {
        BackboneFeatures features = BackboneFeatures.Of(s_backbone, s_images, cancel: Cancel);
        IExampleSource examples = features.Examples([[2, 0], [1]]);
        Assert.Equal((2, 8, 4), (examples.Tasks, examples.Count(0), examples.Count(1)));
        float[] row = new float[4];
        for (int i = 0; i < 8; i++)
        {
            examples.Fill(0, [i], null, row);
            int image = Enumerable.Range(0, features.Count).First(n => features.Row(n).SequenceEqual(row));
            Assert.Equal(examples.Label(0, i) == 0 ? 2 : 0, s_images.Labels[image]);
        }
        LinearSpec head = new() { Inputs = 4, Classes = 2 };
        ClassifierTraining training = new(
            head, head.Initialize(new Rng(1)), new TaskSelection(examples, 0), new() { Epochs = 3, BatchSize = 4 }, 1);
        while (training.Step < training.TotalSteps) training.Advance();
        Assert.All(training.Vector(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_file_is_used_again_for_the_same_backbone_and_images_only()
    {
        using TemporaryFile file = T2mFiles.Temporary("features.safetensors");
        float[] first = BackboneFeatures.Cached(file.Path, s_backbone, s_images, cancel: Cancel).Values.ToArray();
        File.SetLastWriteTimeUtc(file.Path, DateTime.UnixEpoch);
        Assert.Equal(first, BackboneFeatures.Cached(file.Path, s_backbone, s_images, cancel: Cancel).Values.ToArray());
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file.Path));
        float[] weights = s_backbone.Weights.ToArray();
        weights[0] += 1;
        Backbone other = new(s_backbone.Spec, weights);
        Assert.NotEqual(first, BackboneFeatures.Cached(file.Path, other, s_images, cancel: Cancel).Values.ToArray());
        ImageSet some = s_images.Select([3, 1]);
        Assert.Equal(
            BackboneFeatures.Of(s_backbone, some, cancel: Cancel).Values.ToArray(),
            BackboneFeatures.Cached(file.Path, s_backbone, some, cancel: Cancel).Values.ToArray());
    }

    [Fact]
    public void Examples_with_random_changes_are_images_and_mirror_images()
    {
        BackboneFeatures features = BackboneFeatures.Of(s_backbone, s_images, mirrored: true, Cancel);
        Assert.Equal(
            BackboneFeatures.Of(s_backbone, s_images, cancel: Cancel).Values.ToArray(), features.Values.ToArray());
        byte[] planes = new byte[3 * 5 * 7];
        float[] mirrored = new float[4];
        ImageResizing.Resize(RgbImage.OfPlanes(32, 32, s_images.Image(2)), 7, 5).ToPlanes(planes);
        s_backbone.Extract(
            [.. Enumerable.Range(0, planes.Length).Select(i => (float)planes[i / 7 * 7 + 6 - i % 7])], mirrored);
        IExampleSource all = features.Select([2, 3]).Examples();
        List<float[]> seen = [];
        Rng rng = new(5);
        int place = Enumerable.Range(0, 2).Single(i => all.Label(0, i) == s_images.Labels[2]);
        for (int i = 0; i < 40; i++)
        {
            float[] row = new float[4];
            all.Fill(0, [place], rng, row);
            seen.Add(row);
        }
        Assert.All(seen, row => Assert.True(
            row.AsSpan().SequenceEqual(mirrored) || row.AsSpan().SequenceEqual(features.Row(2))));
        Assert.InRange(seen.Count(row => row.AsSpan().SequenceEqual(mirrored)), 8, 32);
    }

    [Fact]
    public void It_can_be_stopped() => Assert.Throws<OperationCanceledException>(
        () => BackboneFeatures.Of(s_backbone, s_images, cancel: new CancellationToken(canceled: true)));
}
