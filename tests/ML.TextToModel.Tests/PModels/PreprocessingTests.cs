using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

public sealed class PreprocessingTests
{
    [Fact]
    public void Images_are_scaled_standardised_and_put_channels_last()
    {
        var preprocessing = new ImagePreprocessing([0.5f, 0.4f, 0.3f], [0.25f, 0.5f, 1]);
        float[] input = new float[6];
        preprocessing.Apply([0, 255, 51, 102, 255, 0], input);   // 1 × 2 pixels: red, green, blue planes
        Closeness.AssertClose([-2, -0.4f, 0.7f, 2, 0, -0.3f], input, 1e-6);
    }

    [Fact]
    public void Image_statistics_are_those_of_doubles()
    {
        const int pixels = 35, images = 11;
        var rng = new Rng(1);
        byte[] bytes = new byte[images * 3 * pixels];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)rng.NextInt(100 + 50 * (i / pixels % 3));
        ImagePreprocessing fitted = ImagePreprocessing.Fit(bytes, pixels);
        for (int c = 0; c < 3; c++)
        {
            double[] values = [.. bytes.Where((_, i) => i / pixels % 3 == c).Select(value => value / 255.0)];
            (double mean, double deviation) = Statistics(values);
            Assert.Equal(mean, fitted.Mean[c], 1e-6);
            Assert.Equal(deviation, fitted.Deviation[c], 1e-6);
        }
    }

    [Fact]
    public void A_channel_of_one_value_keeps_its_scale()
    {
        ImagePreprocessing fitted = ImagePreprocessing.Fit([7, 7, 0, 255, 255, 255], pixels: 2);
        Assert.Equal([1, 0.5f, 1], fitted.Deviation);
        Assert.Empty(fitted.Faults([1, 2, 3]));
    }

    [Theory, InlineData(0, 1), InlineData(7, 2), InlineData(6, 0)]
    public void Bytes_that_are_no_images_are_refused(int bytes, int pixels) => Assert.StartsWith(
        $"{bytes} bytes are not images of {pixels} pixels.",
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.Fit(new byte[bytes], pixels)).Message);

    [Fact]
    public void Features_are_standardised_and_missing_or_infinite_ones_become_the_mean()
    {
        var preprocessing = new FeaturePreprocessing(["a", "b", "c", "d"], [1, 2, 3, 4], [2, 2, 2, 2]);
        float[] input = new float[4];
        preprocessing.Apply([5, float.NaN, float.NegativeInfinity, 4], input);
        Assert.Equal([2, 0, 0, 0], input);
        new FeaturePreprocessing([], [], []).Apply([5, float.NaN, float.PositiveInfinity, -4], input);
        Assert.Equal([5, 0, 0, -4], input);
    }

    [Fact]
    public void Column_statistics_are_those_of_doubles_over_the_present_numbers()
    {
        const int rows = 101, columns = 5;
        var rng = new Rng(1);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (i % columns) switch
            {
                0 => (float)rng.NextNormal(),
                1 => 1e6f + (float)rng.NextNormal(),       // a mean that is large against the deviation
                2 => rng.NextInt(3) == 0 ? float.NaN : (float)rng.NextNormal() * 1e-3f,
                3 => 42,                                   // the same everywhere
                _ => float.NaN,                            // never present
            };
        }
        values[0] = float.PositiveInfinity;
        FeaturePreprocessing fitted = FeaturePreprocessing.Fit(["a", "b", "c", "d", "e"], values);
        for (int c = 0; c < 3; c++)
        {
            (double mean, double deviation) = Statistics(
                [.. values.Where((v, i) => i % columns == c && float.IsFinite(v)).Select(v => (double)v)]);
            Assert.Equal(1, fitted.Mean[c] / mean, 1e-6);
            Assert.Equal(1, fitted.Deviation[c] / deviation, 1e-6);
        }
        Assert.Equal([42, 0], fitted.Mean.Skip(3));
        Assert.Equal([1, 1], fitted.Deviation.Skip(3));
        Assert.Empty(fitted.Faults([columns]));
    }

    [Fact]
    public void Numbers_that_are_no_rows_are_refused()
    {
        Assert.StartsWith("5 numbers are not rows of 2 columns.",
            Assert.Throws<ArgumentException>(() => FeaturePreprocessing.Fit(["a", "b"], new float[5])).Message);
        Assert.StartsWith("0 numbers are not rows of 0 columns.",
            Assert.Throws<ArgumentException>(() => FeaturePreprocessing.Fit([], [])).Message);
    }

    public static TheoryData<Preprocessing, int[], string[]> Wrong => new()
    {
        { new ImagePreprocessing([0, 0], [1, 1, 1]), [2, 2, 3], ["An image has 3 means and deviations."] },
        {
            new ImagePreprocessing([0, 0, float.NaN], [1, 0, 1]), [12],
            [
                "A mean of the preprocessing is too large for its deviation.", "The p-model does not take images.",
                "A mean of the preprocessing is not a finite number.",
                "A deviation of the preprocessing is not positive.",
            ]
        },
        {
            new ImagePreprocessing([0, 1e30f, 0], [1, 1e-30f, 1]), [2, 2, 3],
            ["A mean of the preprocessing is too large for its deviation."]
        },
        { new FeaturePreprocessing([], [], []), [2, 2, 3], ["The p-model does not take rows of numbers."] },
        { new FeaturePreprocessing(["a"], [], []), [2], ["1 columns do not fit 2 inputs."] },
        { new FeaturePreprocessing([], [1], [1]), [2], ["1 means and 1 deviations do not fit 2 inputs."] },
        { new FeaturePreprocessing([], [1, 1], [1]), [2], ["2 means and 1 deviations do not fit 2 inputs."] },
        { new FeaturePreprocessing(["a", "a"], [], []), [2], ["A column is named twice."] },
        { new FeaturePreprocessing(["a", null!], [], []), [2], ["A column has no name."] },
        {
            new FeaturePreprocessing([], [float.PositiveInfinity, 0], [float.PositiveInfinity, -1]), [2],
            ["A mean of the preprocessing is not a finite number.", "A deviation of the preprocessing is not positive."]
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Preprocessing_that_does_not_fit_is_named(Preprocessing preprocessing, int[] shape, string[] faults) =>
        Assert.Equal(faults, preprocessing.Faults(new Shape(shape)));

    private static (double Mean, double Deviation) Statistics(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}
