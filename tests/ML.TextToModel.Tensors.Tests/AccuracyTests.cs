using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.Tensors.Tests;

/// <summary>Functions over all floats against double precision, in units of the last place (ulp).</summary>
public sealed class AccuracyTests
{
    private const float SmallestNormal = 1.17549435e-38f;

    private static readonly float[] s_inputs =
        [.. Special(), .. Range(-110, 95, 60_001), .. Range(0.4f, 2.5f, 60_001), .. AllExponents()];

    public static TheoryData<string> Levels => EngineSettings.LevelNames;

    [Theory, MemberData(nameof(Levels))]
    public void Exp_is_within_1_25_ulp(string level) => AssertUlp(level, UnaryKernel.Exp, Math.Exp, 1.25);

    [Theory, MemberData(nameof(Levels))]
    public void Log_is_within_2_ulp(string level) => AssertUlp(level, UnaryKernel.Log, Math.Log, 2);

    [Theory, MemberData(nameof(Levels))]
    public void Square_root_and_reciprocal_are_rounded_correctly(string level)
    {
        AssertUlp(level, UnaryKernel.Sqrt, Math.Sqrt, 0.5);
        AssertUlp(level, UnaryKernel.Reciprocal, x => 1 / x, 0.5);
    }

    [Theory, MemberData(nameof(Levels))]
    public void Relu_keeps_NaN(string level) => AssertUlp(level, UnaryKernel.Relu, x => Math.Max(x, 0), 0);

    // Where the exponential of -x is infinite the sigmoid, under 3e-39 there, becomes 0.
    [Theory, MemberData(nameof(Levels))]
    public void Sigmoid_is_within_2_25_ulp(string level) =>
        AssertUlp(
            level, UnaryKernel.Sigmoid, x => float.IsInfinity((float)Math.Exp(-x)) ? 0 : 1 / (1 + Math.Exp(-x)), 2.25);

    [Theory, MemberData(nameof(Levels))]
    public void Gelu_is_right_within_1e_6_of_its_input(string level)
    {
        float[] x = [.. s_inputs.Where(float.IsFinite)], y = new float[x.Length];
        EngineSettings.Level(level).Unary(UnaryKernel.Gelu, x, y);
        for (int i = 0; i < x.Length; i++)
        {
            double exact = 0.5 * x[i] * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x[i] + 0.044715 * Math.Pow(x[i], 3))));
            Assert.True(Math.Abs(y[i] - exact) <= 1e-6 * Math.Abs(x[i]) + float.Epsilon,
                $"gelu({x[i]:R}) is {y[i]:R}, not {exact:R}.");
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void Maxima_of_numbers_and_NaN_are_NaN(string level)
    {
        KernelSet kernels = EngineSettings.Level(level);
        for (int length = 1; length < 40; length++)
        {
            float[] x = new float[length], y = new float[length];
            Assert.Equal(0, kernels.Max(x));
            x[length / 2] = float.NaN;
            Assert.Equal(float.NaN, kernels.Max(x));
            kernels.MaxRows([.. new float[length], .. x, .. new float[length]], 3, length, y);
            Assert.Equal(x, y);
        }
        Assert.Equal(float.NegativeInfinity, kernels.Max([]));
    }

    private static void AssertUlp(string level, UnaryKernel f, Func<double, double> exact, double allowed)
    {
        float[] y = new float[s_inputs.Length];
        EngineSettings.Level(level).Unary(f, s_inputs, y);
        double worst = 0;
        int at = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double error = Closeness.UlpError(exact(s_inputs[i]), y[i]);
            if (error > worst) (worst, at) = (error, i);
        }
        Assert.True(worst <= allowed,
            $"{f}({s_inputs[at]:R}) is {y[at]:R}, not {exact(s_inputs[at]):R}: {worst:G3} ulp off.");
    }

    private static float[] Special() =>
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, SmallestNormal, -SmallestNormal, 1,
        MathF.BitDecrement(1),
        MathF.BitIncrement(1), -1, 88.72283f, 88.72284f, 104, -87.33655f, -103.28f, -103.97f, -103.98f, -104, -105,
        1e10f, -1e10f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private static IEnumerable<float> Range(float from, float to, int count) =>
        Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1));

    private static IEnumerable<float> AllExponents()
    {
        for (long bits = int.MinValue; bits <= int.MaxValue; bits += 65_521)
            yield return BitConverter.Int32BitsToSingle((int)bits);
    }
}
