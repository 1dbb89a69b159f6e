using FsCheck;
using FsCheck.Fluent;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors.Tests.Kernels;

public sealed unsafe class ConvolutionTests
{
    private static readonly ConvolutionShape s_plain = new(
        Tasks: 1, SharedInput: false, Batch: 2, Height: 9, Width: 11, InChannels: 5, OutChannels: 7,
        KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: 1, Groups: 1);

    public static TheoryData<string> Levels => new(KernelLevels.Names);

    [Theory, MemberData(nameof(Levels))]
    public void Kernels_strides_and_paddings_agree_with_the_reference(string level)
    {
        foreach (int kernel in (int[])[1, 3, 5])
        {
            foreach (int stride in (int[])[1, 2, 3])
            {
                foreach (int padding in (int[])[0, 1, 2])
                {
                    Check(level, s_plain with
                    {
                        KernelHeight = kernel, KernelWidth = kernel, Stride = stride, Padding = padding,
                    });
                }
            }
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void Channels_on_both_sides_of_a_register_work(string level)
    {
        foreach (int inputs in (int[])[1, 3, 16, 17])
        {
            foreach (int outputs in (int[])[1, 15, 16, 32, 33, 70])
            {
                Check(level, s_plain with { InChannels = inputs, OutChannels = outputs, Height = 6, Batch = 1 });
            }
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void Images_of_odd_sizes_and_windows_of_odd_shapes_work(string level)
    {
        Check(level, s_plain with { Height = 1, Width = 1 });
        Check(level, s_plain with { Height = 3, Width = 40 });
        Check(level, s_plain with { Height = 40, Width = 3, Stride = 2 });
        Check(level, s_plain with { KernelHeight = 1, KernelWidth = 5, Padding = 2 });
        Check(level, s_plain with { KernelHeight = 5, KernelWidth = 2, Padding = 0, Stride = 2 });
        Check(level, s_plain with { KernelHeight = 1, KernelWidth = 1, Padding = 0, Stride = 3 });
        Check(level, s_plain with { KernelHeight = 9, KernelWidth = 11, Padding = 0 });
        Check(level, s_plain with { KernelHeight = 2, KernelWidth = 2, Padding = 2, Stride = 2 });
    }

    [Theory, MemberData(nameof(Levels))]
    public void Groups_and_depthwise_work(string level)
    {
        Check(level, s_plain with { InChannels = 6, OutChannels = 4, Groups = 2 });
        Check(level, s_plain with { InChannels = 6, OutChannels = 9, Groups = 3, Stride = 2 });
        Check(level, s_plain with { InChannels = 48, OutChannels = 96, Groups = 3, Height = 5 });
        foreach (int channels in (int[])[1, 7, 16, 33, 48])
        {
            foreach (int stride in (int[])[1, 2])
            {
                Check(level, s_plain with
                {
                    InChannels = channels, OutChannels = channels, Groups = channels, Stride = stride,
                });
            }
        }
        Check(level, s_plain with { InChannels = 5, OutChannels = 10, Groups = 5 });
    }

    [Theory, MemberData(nameof(Levels))]
    public void Tasks_have_weights_of_their_own(string level)
    {
        foreach (bool shared in (bool[])[false, true])
        {
            ConvolutionShape s = s_plain with { Tasks = 3, SharedInput = shared };
            Check(level, s);
            Check(level, s with { Stride = 2, OutChannels = 16 });
            Check(level, s with { InChannels = 10, OutChannels = 10, Groups = 10 });
        }
    }

    [Theory, MemberData(nameof(Levels))]
    public void The_small_image_network_agrees_with_the_reference(string level)
    {
        Check(level, new ConvolutionShape(1, false, 2, 32, 32, 3, 16, 3, 3, Stride: 2, Padding: 1, Groups: 1));
        Check(level, new ConvolutionShape(1, false, 2, 16, 16, 16, 32, 3, 3, Stride: 1, Padding: 1, Groups: 1));
    }

    [Theory, MemberData(nameof(Levels))]
    public void Random_shapes_agree_with_the_reference(string level)
    {
        var shapes =
            from tasks in Gen.Choose(1, 2)
            from shared in Gen.Elements(false, true)
            from batch in Gen.Choose(1, 3)
            from height in Gen.Choose(4, 12)
            from width in Gen.Choose(4, 20)
            from groups in Gen.Choose(1, 3)
            from inputs in Gen.Choose(1, 9)
            from outputs in Gen.Choose(1, 20)
            from kernelHeight in Gen.Choose(1, 4)
            from kernelWidth in Gen.Choose(1, 4)
            from stride in Gen.Choose(1, 3)
            from padding in Gen.Choose(0, 3)
            select new ConvolutionShape(tasks, shared, batch, height, width, inputs * groups, outputs * groups,
                kernelHeight, kernelWidth, stride, padding, groups);
        Prop.ForAll(shapes.ToArbitrary(), s => Check(level, s)).QuickCheckThrowOnFailure();
    }

    internal static (GuardedFloats X, GuardedFloats W, GuardedFloats Y) Operands(in ConvolutionShape s) => (
        GuardedFloats.Random((s.SharedInput ? 1 : s.Tasks) * s.Batch * s.Height * s.Width * s.InChannels, 1),
        GuardedFloats.Random(s.Tasks * s.OutChannels * (s.InChannels / s.Groups) * s.KernelHeight * s.KernelWidth, 2),
        GuardedFloats.Random(s.Tasks * s.Batch * s.OutHeight * s.OutWidth * s.OutChannels, 3));

    private static void Check(string level, ConvolutionShape s)
    {
        (GuardedFloats x, GuardedFloats w, GuardedFloats y) = Operands(s);
        (GuardedFloats gx, GuardedFloats gw, _) = Operands(s);
        GuardedFloats gy = y.Copy();
        Reference reference = new(s, x, w, gy);
        KernelSet kernels = KernelLevels.ByName(level);

        Convolution.Forward(s, x.Pointer, w.Pointer, y.Pointer, kernels);
        Compare($"{level} y of {s}", reference.Y, y);
        Convolution.InputGradient(s, gy.Pointer, w.Pointer, gx.Pointer, kernels);
        Compare($"{level} gx of {s}", reference.InputGradient, gx);
        Convolution.WeightGradient(s, x.Pointer, gy.Pointer, gw.Pointer, kernels);
        Compare($"{level} gw of {s}", reference.WeightGradient, gw);
    }

    private static void Compare(string what, Sum[] expected, GuardedFloats actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(actual.Span[i] - expected[i].Value) <= expected[i].Tolerance))
                Assert.Fail($"{what}: [{i}] is {actual.Span[i]}, not {expected[i].Value} ± {expected[i].Tolerance}.");
        }
        actual.AssertMarginsUntouched();
    }

    /// <summary>A sum in double, with the bound on the error of any order of summation in float.</summary>
    private struct Sum
    {
        private double _size;
        private int _terms;

        public double Value { get; private set; }

        public readonly double Tolerance => (_terms + 2) * _size * (1.0 / (1 << 24));

        public void Add(double term)
        {
            Value += term;
            _size += Math.Abs(term);
            _terms++;
        }
    }

    /// <summary>The formula in double precision; (x, w, gy) give y and both gradients.</summary>
    private sealed class Reference
    {
        public Reference(ConvolutionShape s, GuardedFloats x, GuardedFloats w, GuardedFloats gy)
        {
            Y = new Sum[gy.Length];
            InputGradient = new Sum[x.Length];
            WeightGradient = new Sum[w.Length];
            int inputs = s.InChannels / s.Groups;
            int outputs = s.OutChannels / s.Groups;
            int cell = 0;
            for (int task = 0; task < s.Tasks; task++)
            for (int image = 0; image < s.Batch; image++)
            for (int oy = 0; oy < s.OutHeight; oy++)
            for (int ox = 0; ox < s.OutWidth; ox++)
            for (int o = 0; o < s.OutChannels; o++, cell++)
            for (int c = 0; c < inputs; c++)
            for (int ky = 0; ky < s.KernelHeight; ky++)
            for (int kx = 0; kx < s.KernelWidth; kx++)
            {
                int iy = oy * s.Stride + ky - s.Padding;
                int ix = ox * s.Stride + kx - s.Padding;
                if (iy < 0 || iy >= s.Height || ix < 0 || ix >= s.Width) continue;
                int channel = o / outputs * inputs + c;
                int n = s.SharedInput ? image : task * s.Batch + image;
                int pixel = ((n * s.Height + iy) * s.Width + ix) * s.InChannels + channel;
                int weight = (((task * s.OutChannels + o) * inputs + c) * s.KernelHeight + ky) * s.KernelWidth + kx;
                Y[cell].Add((double)w.Span[weight] * x.Span[pixel]);
                InputGradient[pixel].Add((double)w.Span[weight] * gy.Span[cell]);
                WeightGradient[weight].Add((double)x.Span[pixel] * gy.Span[cell]);
            }
        }

        public Sum[] Y { get; }

        public Sum[] InputGradient { get; }

        public Sum[] WeightGradient { get; }
    }
}
