using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

public sealed class TablePreprocessingTests
{
    private static readonly string[] s_colours = ["red", "green", "blue"];

    [Fact]
    public void Numbers_are_standardised_after_far_outliers_are_clamped()
    {
        // Quartiles 2 and 7: what is beyond 7 + 3 · 5 = 22 counts as 22.
        NumericEncoding encoding = NumericEncoding.Fit("x", [1, 2, 3, 4, 5, 6, 7, 1e9f]);
        Assert.Equal((1, 22), (encoding.Low, encoding.High));
        double[] clamped = [1, 2, 3, 4, 5, 6, 7, 22];
        double mean = clamped.Average(), deviation = Math.Sqrt(clamped.Average(v => (v - mean) * (v - mean)));
        Assert.Equal(mean, encoding.Mean, 1e-5);
        Assert.Equal(deviation, encoding.Deviation, 1e-5);
        float[] feature = new float[1];
        encoding.Encode(-5, feature);
        Assert.Equal((1 - mean) / deviation, feature[0], 1e-5);
    }

    [Theory]
    [InlineData(new float[] { 3, 3, 3 }, 0)]
    [InlineData(new float[] { 1e8f, 1e8f, 1.00000008e8f }, 0)]      // nothing but rounding
    [InlineData(new float[] { 3, 3, float.NaN }, 1)]                // who lacks it says something
    [InlineData(new float[] { 3, 4, float.PositiveInfinity }, 2)]
    [InlineData(new float[] { float.NaN, float.NaN, float.NaN }, 0)]
    public void A_column_that_is_the_same_everywhere_makes_no_feature(float[] values, int width) =>
        Assert.Equal(width, NumericEncoding.Fit("x", values).Width);

    [Fact]
    public void Missing_numbers_are_the_mean_and_are_marked()
    {
        NumericEncoding encoding = NumericEncoding.Fit("x", [1, 3, float.NaN, float.NaN]);
        float[] present = new float[2], missing = new float[2];
        encoding.Encode(3, present);
        encoding.Encode(float.NaN, missing);
        Assert.Equal([1, -1], present);
        Assert.Equal([0, 1], missing);
    }

    [Fact]
    public void Categories_are_marked_and_unknown_ones_are_like_the_mean_of_none()
    {
        CategoricalEncoding encoding = CategoricalEncoding.Fit("c", s_colours, [0, 0, 1, 1, 2, 2, 2, 2]);
        Assert.Equal([2, 0, 1], encoding.Marked);
        float[] green = new float[3], unknown = new float[3];
        encoding.Encode(1, green);
        encoding.Encode(float.NaN, unknown);
        float rare = MathF.Sqrt(0.25f * 0.75f);
        Closeness.AssertClose([-1, -0.25f / rare, 0.75f / rare], green, 1e-6);
        Closeness.AssertClose([-1, -0.25f / rare, -0.25f / rare], unknown, 1e-6);
    }

    [Fact]
    public void Two_categories_make_one_feature()
    {
        CategoricalEncoding encoding = CategoricalEncoding.Fit("c", s_colours[..2], [0, 1, 1, 0]);
        float[] features = new float[1];
        encoding.Encode(0, features);
        Assert.Equal([1], features);
        encoding.Encode(1, features);
        Assert.Equal([-1], features);
    }

    [Fact]
    public void Many_categories_share_a_mark_and_tell_how_common_they_are()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"c{i}")];
        // Later ones are common.
        float[] values = [.. Enumerable.Range(0, 2000).Select(i => (float)(int)Math.Sqrt(5 * i))];
        CategoricalEncoding encoding = CategoricalEncoding.Fit("c", names, values);
        Assert.Equal(CategoricalEncoding.MostMarks + 2, encoding.Width);
        float[] common = new float[encoding.Width], rare = new float[encoding.Width];
        encoding.Encode(99, common);
        encoding.Encode(1, rare);
        Assert.True(common[^1] > 0 && rare[^1] < 0);
        Assert.True(rare[^2] > common[^2]);
    }

    [Fact]
    public void Features_of_training_rows_have_mean_0_and_deviation_1()
    {
        const int rows = 400;
        Rng rng = new(3);
        float[] raw = new float[rows * 3];
        for (int i = 0; i < rows; i++)
        {
            raw[3 * i] = (float)rng.NextNormal() * 7 + 100;
            raw[3 * i + 1] = rng.NextInt(3);
            raw[3 * i + 2] = rng.NextInt(4) == 0 ? float.NaN : rng.NextInt(5);
        }
        TablePreprocessing fitted = TablePreprocessing.Fit(["a", "b", "c"], [null, s_colours, null], raw);
        Assert.Equal(6, fitted.Width);
        float[] features = new float[rows * fitted.Width];
        for (int i = 0; i < rows; i++) fitted.Apply(raw.AsSpan(3 * i, 3), features.AsSpan(i * fitted.Width));
        for (int j = 0; j < fitted.Width; j++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(i => (double)features[i * fitted.Width + j])];
            Assert.Equal(0, column.Average(), 1e-4);
            // A missing number takes the mean, so such a column varies a little less.
            Assert.InRange(column.Average(v => v * v), 0.7, 1.01);
        }
    }

    [Fact]
    public void Hundreds_of_categorical_columns_get_fewer_marks_each()
    {
        const int columns = 250, rows = 60;
        string[] names = [.. Enumerable.Range(0, columns).Select(i => $"c{i}")];
        float[] raw = [.. Enumerable.Range(0, rows * columns).Select(i => (float)(i / columns % 20))];
        IReadOnlyList<string>?[] categories = [.. names.Select(_ => names[..20])];
        Assert.Equal(columns * (4 + 2), TablePreprocessing.Fit(names, categories, raw).Width);
        float[] few = [.. Enumerable.Range(0, rows).Select(i => (float)(i % 20))];
        Assert.Equal(12 + 2, TablePreprocessing.Fit(["c"], [names[..20]], few).Width);
    }

    [Fact]
    public void In_columns_of_many_categories_a_new_one_is_rare()
    {
        string[] names = [.. Enumerable.Range(0, 65).Select(i => $"c{i}")];
        float[] values = [.. Enumerable.Range(0, 65).SelectMany(i => Enumerable.Repeat((float)i, i == 64 ? 1 : 5))];
        CategoricalEncoding many = CategoricalEncoding.Fit("c", names, values);
        CategoricalEncoding fewer = CategoricalEncoding.Fit("c", names[..64], values.AsSpan()[..^1]);
        Assert.Equal(Last(many, 64), Last(many, float.NaN));
        Assert.True(Last(many, float.NaN) < Last(many, 0));
        Assert.Equal(0, Last(fewer, float.NaN));   // as it always was

        static float Last(CategoricalEncoding encoding, float value)
        {
            float[] features = new float[encoding.Width];
            encoding.Encode(value, features);
            return features[^1];
        }
    }

    [Fact]
    public void A_classifier_of_dates_and_quantiles_survives_its_file_of_version_2()
    {
        FittedClassifier classifier = SmallModels.LaterTableClassifier();
        byte[] bytes = T2mFiles.Written(classifier);
        Assert.Equal(classifier.Preprocessing, ClassifierFile.Parse(bytes).Preprocessing);
        Assert.Equal(bytes, T2mFiles.Written(ClassifierFile.Parse(bytes)));
        Assert.Contains("\\\"format\\\":2", System.Text.Encoding.UTF8.GetString(bytes));
        byte[] first = T2mFiles.Written(SmallModels.TableClassifier());
        Assert.Contains("\\\"format\\\":1", System.Text.Encoding.UTF8.GetString(first));
    }

    [Fact]
    public void A_classifier_with_a_table_survives_its_file()
    {
        TablePreprocessing preprocessing = TablePreprocessing.Fit(
            ["n", "c"], [null, s_colours], [1, 0, 2, 1, float.NaN, 2, 4, 2, 5, 1, 6, 0]);
        LinearSpec spec = new() { Inputs = preprocessing.Width, Classes = 2 };
        FittedClassifier classifier = new(spec, spec.Initialize(new Rng(1)), ["yes", "no"], preprocessing);
        string path = Path.GetTempFileName();
        try
        {
            classifier.Save(path);
            FittedClassifier read = FittedClassifier.Load(path);
            Assert.Equal(preprocessing, read.Preprocessing);
            float[] first = new float[2], second = new float[2];
            classifier.Predict([3, 2], first);
            read.Predict([3, 2], second);
            Assert.Equal(first, second);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Damaged_encodings_are_named()
    {
        string[] faults =
        [
            .. new TablePreprocessing(
            [
                new NumericEncoding("a", 0, 1, 2, 1, 0), new NumericEncoding("b", 0, 1, 0.5f, -1, 2),
                new CategoricalEncoding("c", ["x"], [0.5f, 2], [3]), new CategoricalEncoding("c", [], [], []),
                new QuantileEncoding("q", [1], [], -1), new QuantileEncoding("r", [1, 1], [0, float.NaN], 0),
                new DateEncoding("d", 0, 1, 2, 1, 0, [new DateCycle(0, 0, 1, 0, 1)]),
                new CategoricalEncoding("e", [], [], []) { Unseen = float.NaN },
            ]).Faults([1]),
        ];
        Assert.Equal(
            [
                "The range of column 'a' does not hold its mean.",
                "The deviation of column 'b' is negative or no number.",
                "The share of missing values of column 'b' is not from 0 to 1.",
                "Column 'c' has 2 shares for 1 categories.",
                "A share of column 'c' is not from 0 to 1.",
                "The marked categories of column 'c' are not different ones of its 1.",
                "Column 'q' has 1 knots and 0 values.",
                "The share of missing values of column 'q' is not from 0 to 1.",
                "The knots of column 'r' do not ascend, or a value is no number.",
                "The range of column 'd' does not hold its mean.",
                "A cycle of column 'd' has a period or deviation that is not positive, or no number.",
                "How common others are than those of column 'e' is no number.",
                "A column is named twice.",
            ], faults);
    }
}
