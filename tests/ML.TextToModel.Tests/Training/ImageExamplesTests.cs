using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class ImageExamplesTests
{
    private const int Side = ImageSet.Side, Channels = ImageSet.Channels;

    private static readonly ImagePreprocessing Preprocessing = new([0.5f, 0.4f, 0.3f], [0.2f, 0.3f, 0.4f]);

    [Fact]
    public void Without_augmentation_an_example_is_the_preprocessed_image()
    {
        ImageExamples examples = new(TinyTrainings.Images, [[3, 1]], Preprocessing, new TrainingOptions());
        Assert.Equal(8, examples.Count(0));
        for (int i = 0; i < examples.Count(0); i++)
        {
            Assert.Equal(i / 4, examples.Label(0, i));
            int image = Image(label: i < 4 ? 3 : 1, number: i % 4);
            Closeness.AssertClose(Naive(image, flip: false, down: 0, right: 0), Fill(examples, i, null), 1e-6);
        }
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 4)]
    [InlineData(true, 0)]
    [InlineData(true, 31)]
    public void Every_augmented_example_is_a_flip_and_shift_of_the_image(bool flip, int shift)
    {
        ImageExamples examples = new(
            TinyTrainings.Images, [[3, 1]], Preprocessing, new TrainingOptions { Flip = flip, Shift = shift });
        var rng = new Rng(9);
        for (int i = 0; i < 40; i++)
        {
            int example = i % 8;
            Rng draws = rng.Split((ulong)i);
            bool mirrored = flip && draws.NextInt(2) == 1;
            int down = draws.NextInt(2 * shift + 1) - shift, right = draws.NextInt(2 * shift + 1) - shift;
            int image = Image(label: example < 4 ? 3 : 1, number: example % 4);
            Closeness.AssertClose(
                Naive(image, mirrored, down, right), Fill(examples, example, rng.Split((ulong)i)), 1e-6,
                $"flip {mirrored}, down {down}, right {right}");
        }
    }

    [Fact]
    public void Flips_and_shifts_are_equally_likely()
    {
        const int draws = 6_000, shift = 2, places = 2 * shift + 1;
        // A white pixel of the image tells how it was moved: its place in the input is unique.
        var image = new byte[ImageSet.ImageBytes];
        image.AsSpan(10 * Side + 10, 1).Fill(255);
        var set = new ImageSet(image, [0], ["dot"]);
        ImageExamples examples =
            new(set, null, new ImagePreprocessing([0, 0, 0], [1, 1, 1]), new TrainingOptions { Shift = shift });
        var counts = new Dictionary<int, int>();
        var rng = new Rng(4);
        for (int i = 0; i < draws; i++)
        {
            int place = Fill(examples, 0, rng.Split((ulong)i)).AsSpan().IndexOf(1f);
            counts[place] = counts.GetValueOrDefault(place) + 1;
        }
        Assert.Equal(2 * places * places, counts.Count);
        double expected = draws / (2.0 * places * places);
        double slack = 5 * Math.Sqrt(expected);
        Assert.All(counts.Values, count => Assert.InRange(count, expected - slack, expected + slack));
    }

    [Fact]
    public void Tasks_that_cannot_be_are_refused()
    {
        Assert.StartsWith("Task 1 names a class twice, or one that is not there.",
            Assert.Throws<ArgumentException>(
                () => new ImageExamples(TinyTrainings.Images, [[0], [1, 1]], Preprocessing)).Message);
        Assert.StartsWith("Task 0 names a class twice, or one that is not there.",
            Assert.Throws<ArgumentException>(
                () => new ImageExamples(TinyTrainings.Images, [[12]], Preprocessing)).Message);
        Assert.StartsWith("Task 0 has no images.",
            Assert.Throws<ArgumentException>(
                () => new ImageExamples(TinyTrainings.Images, [[]], Preprocessing)).Message);
    }

    private static int Image(int label, int number) =>
        Enumerable.Range(0, 48).Where(i => TinyTrainings.Images.Labels[i] == label).ElementAt(number);

    private static float[] Fill(ImageExamples examples, int example, Rng? augmentation)
    {
        float[] input = new float[ImageSet.ImageBytes];
        examples.Fill(0, [example], augmentation, input);
        return input;
    }

    /// <summary>Pixel by pixel: mirrored first, then moved, black where nothing moves in, then standardised.</summary>
    private static float[] Naive(int image, bool flip, int down, int right)
    {
        ReadOnlySpan<byte> pixels = TinyTrainings.Images.Image(image);
        float[] input = new float[ImageSet.ImageBytes];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                for (int c = 0; c < Channels; c++)
                {
                    int fromY = y - down, fromX = x - right;
                    bool inside = fromY is >= 0 and < Side && fromX is >= 0 and < Side;
                    double value = inside ? pixels[(c * Side + fromY) * Side + (flip ? Side - 1 - fromX : fromX)] : 0;
                    input[(y * Side + x) * Channels + c] =
                        (float)((value / 255 - Preprocessing.Mean[c]) / Preprocessing.Deviation[c]);
                }
        return input;
    }
}
